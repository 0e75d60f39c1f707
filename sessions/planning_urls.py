"""Addresses of planning a new network."""

from django.urls import path

from sessions import new_network_views

app_name = "planning"

urlpatterns = [
    path("", new_network_views.new, name="new"),
]
