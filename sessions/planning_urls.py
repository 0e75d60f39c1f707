"""Addresses of planning a new network."""

from django.urls import URLPattern

app_name = "planning"

urlpatterns: list[URLPattern] = []
