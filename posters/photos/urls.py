"""Addresses of the pictures on a poster."""

from django.urls import path

from posters.photos import views

POSTER = "team/<slug:team_slug>/plakat/<int:gathering_number>/"

urlpatterns = [
    path(f"{POSTER}bilder/<slug:section>/ny/", views.add, name="photo_add"),
    path(f"{POSTER}bilder/<int:photo_pk>/", views.change, name="photo"),
    path(f"{POSTER}bilde/<slug:sha256>/", views.picture, name="photo_picture"),
]
