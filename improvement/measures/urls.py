"""Addresses of measures, under the network's own."""

from django.urls import path

from improvement.measures import views

urlpatterns = [
    path("team/<slug:team_slug>/malinger/", views.measures, name="measures"),
    path("team/<slug:team_slug>/malinger/ny/", views.measure_add, name="measure_add"),
]
