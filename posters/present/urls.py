"""Addresses of what is shown to a room, under the network's own."""

from django.urls import path

from posters.present import label_views, views

urlpatterns = [
    path("plakater/vis/<int:gathering_number>/", views.present, name="present"),
    path("plakater/vis/<int:gathering_number>/team/<slug:team_slug>/", views.present_poster, name="present_poster"),
    path("plakater/ark/<int:rendering_pk>/", views.sheet, name="sheet"),
    path("plakater/ark/<int:rendering_pk>/liten/", views.sheet_small, name="sheet_small"),
    path("plakater/merkelapper/<int:gathering_number>/", label_views.labels, name="labels"),
    path("team/<slug:team_slug>/plakat/<int:gathering_number>/qr/", label_views.qr_code, name="qr"),
]
