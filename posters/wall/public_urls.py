"""Addresses of posters that are shown to everybody: no account is needed."""

from django.urls import path

from posters.wall import public_views as views

app_name = "public_poster"

urlpatterns = [
    path("<str:token>/", views.poster, name="poster"),
    path("<str:token>/plakat.pdf", views.pdf, name="pdf"),
    path("<str:token>/ark/", views.picture, name="picture"),
    path("<str:token>/bilde/<slug:sha256>/", views.photo, name="photo"),
]
