"""Addresses of a poster that was made elsewhere."""

from django.urls import path

from posters.own import views

POSTER = "team/<slug:team_slug>/plakat/<int:gathering_number>/"

urlpatterns = [
    path(f"{POSTER}egen-fil/", views.own_file, name="own_file"),
    path(f"{POSTER}egen-fil/bort/", views.own_file_away, name="own_file_away"),
]
