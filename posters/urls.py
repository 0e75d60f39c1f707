"""Addresses of posters, under the network's own."""

from django.urls import URLPattern

app_name = "posters"

urlpatterns: list[URLPattern] = []
