"""Addresses of checklists, under the network's own."""

from django.urls import path

from improvement.checklists import views

urlpatterns = [
    path("team/<slug:team_slug>/sjekklister/", views.checklists, name="checklists"),
]
