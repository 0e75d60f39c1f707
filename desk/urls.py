"""The coordinator's desk."""

from django.urls import path

from desk import views
from desk.circulars import views as circulars

app_name = "desk"

CIRCULAR = "utsending/brev/<int:circular_pk>/"

urlpatterns = [
    path("utsending/", views.desk, name="desk"),
    path("utsending/til/<int:user_pk>/", views.person, name="person"),
    path("utsending/til/<int:user_pk>/brev/", views.letter, name="letter"),
    path("utsending/pause/", views.pause, name="pause"),
    path("utsending/pause/<int:pause_pk>/slutt/", views.resume, name="resume"),
    path("utsending/hold/", views.hold, name="hold"),
    path("utsending/send/", views.send, name="send"),
    path("utsending/brev/", circulars.circulars, name="circulars"),
    path("utsending/brev/nytt/", circulars.begin, name="circular_begin"),
    path(CIRCULAR, circulars.circular, name="circular"),
    path(f"{CIRCULAR}skriv/", circulars.edit, name="circular_edit"),
    path(f"{CIRCULAR}send/", circulars.send, name="circular_send"),
]
