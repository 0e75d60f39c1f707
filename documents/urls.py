"""Addresses of the library, under the network's own."""

from django.urls import URLPattern

app_name = "documents"

urlpatterns: list[URLPattern] = []
