"""Addresses behind a personal link: no account is needed."""

from django.urls import path

from signup import form_views as views

app_name = "registration"

urlpatterns = [
    path("<str:token>/", views.front, name="form"),
    path("<str:token>/takk-nei/", views.decline, name="decline"),
    path("<str:token>/angre/", views.undo, name="undo"),
    path("<str:token>/team/<int:number>/", views.team, name="team"),
    path("<str:token>/team/<int:number>/lagre/", views.save, name="save"),
    path("<str:token>/team/<int:number>/fjern/", views.remove, name="remove"),
    path("<str:token>/team/<int:number>/kopi/", views.copy, name="copy"),
    path("<str:token>/dokument/<int:document_pk>/", views.document, name="document"),
]
