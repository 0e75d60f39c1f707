"""Addresses of private notes."""

from django.urls import path

from supervision.notes import views

TEAM = "nettverk/<slug:network_slug>/team/<slug:team_slug>/"

urlpatterns = [
    path(f"{TEAM}notater/", views.notes, name="notes"),
    path(f"{TEAM}notater/<int:note_pk>/fjern/", views.remove, name="note_remove"),
]
