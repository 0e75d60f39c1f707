"""Addresses behind a personal link: no account is needed."""

from django.urls import URLPattern

app_name = "registration"

urlpatterns: list[URLPattern] = []
