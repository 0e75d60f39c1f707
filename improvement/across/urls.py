"""Addresses of what teams share of their measures, under the network's own."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
