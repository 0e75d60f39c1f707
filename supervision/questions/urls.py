"""Addresses of questions."""

from django.urls import path

from supervision.questions import views

TEAM = "nettverk/<slug:network_slug>/team/<slug:team_slug>/"

urlpatterns = [
    path(f"{TEAM}sporsmal/", views.questions, name="questions"),
    path(f"{TEAM}sporsmal/<int:question_pk>/", views.question, name="question"),
    path(f"{TEAM}sporsmal/<int:question_pk>/lukk/", views.close, name="question_close"),
]
