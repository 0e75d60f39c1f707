"""Addresses of what stands beside the networks: cycle templates, organisations, health communities."""

from django.urls import URLPattern

app_name = "networks"

urlpatterns: list[URLPattern] = []
