"""Addresses of goals, under the network's own."""

from django.urls import path

from improvement.goals import views

urlpatterns = [
    path("team/<slug:team_slug>/mal/", views.goals, name="goals"),
    path("team/<slug:team_slug>/driverdiagram/", views.diagram, name="diagram"),
]
