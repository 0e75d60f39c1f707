"""Addresses of the wall and of what is said on it, under the network's own."""

from django.urls import path

from posters.wall import views

POSTER = "team/<slug:team_slug>/plakat/<int:gathering_number>/"

urlpatterns = [
    path("plakater/", views.wall, name="wall"),
    path("plakater/samling/<int:gathering_number>/", views.wall_of, name="wall_of"),
    path(POSTER, views.poster, name="poster"),
]
