"""Addresses of invitation rounds and registrations, under the network's own."""

from django.urls import URLPattern

app_name = "signup"

urlpatterns: list[URLPattern] = []
