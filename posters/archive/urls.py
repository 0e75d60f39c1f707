"""Addresses of posters found again, under the network's own."""

from django.urls import path

from posters.archive import series_views, views

urlpatterns = [
    path("plakater/arkiv/", views.archive, name="archive"),
    path("team/<slug:team_slug>/plakater/", series_views.series, name="series"),
]
