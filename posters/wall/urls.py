"""Addresses of the wall and of what is said on it, under the network's own."""

from django.urls import path

from posters.wall import consent_views, note_views, views

POSTER = "team/<slug:team_slug>/plakat/<int:gathering_number>/"

urlpatterns = [
    path("plakater/", views.wall, name="wall"),
    path("plakater/samling/<int:gathering_number>/", views.wall_of, name="wall_of"),
    path("plakater/kommentarer/", note_views.let_comment_all, name="let_comment_all"),
    path(POSTER, views.poster, name="poster"),
    path(f"{POSTER}ta-med/", note_views.take_along, name="take_along"),
    path(f"{POSTER}kommentar/", note_views.comment, name="comment"),
    path(f"{POSTER}notat/<int:note_pk>/", note_views.note, name="note"),
    path(f"{POSTER}kommentarer/", note_views.let_comment, name="let_comment"),
    path(f"{POSTER}vis-alle/", consent_views.show_to_all, name="show_to_all"),
    path("team/<slug:team_slug>/ideer/", note_views.ideas, name="ideas"),
    path("team/<slug:team_slug>/ideer/<int:note_pk>/", note_views.idea, name="idea"),
]
