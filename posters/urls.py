"""Addresses of posters, under the network's own."""

from django.urls import path

from posters import views

app_name = "posters"

urlpatterns = [
    path("plakater/", views.wall, name="wall"),
    path("plakater/fil/<int:rendering_pk>/", views.file, name="file"),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/", views.poster, name="poster"),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/skriv/", views.edit, name="edit"),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/pdf/", views.files, name="files"),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/lever/", views.deliver, name="deliver"),
]
