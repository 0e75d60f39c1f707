"""Addresses of method, under the network's own."""

from django.urls import path

from improvement.method import views

urlpatterns = [
    path("team/<slug:team_slug>/faser/", views.phases, name="phases"),
    path("team/<slug:team_slug>/intervjuer/", views.interviews, name="interviews"),
    path("team/<slug:team_slug>/intervjuer/guide/", views.guide, name="guide"),
    path("team/<slug:team_slug>/effektmal/", views.effect_goals, name="effect_goals"),
]
