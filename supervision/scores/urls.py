"""Addresses of where a team stands."""

from django.urls import path

from supervision.scores import views

TEAM = "nettverk/<slug:network_slug>/team/<slug:team_slug>/"

urlpatterns = [
    path(f"{TEAM}skala/", views.scores, name="scores"),
    path(f"{TEAM}skala/<int:gathering_pk>/", views.score, name="score"),
]
