"""Addresses of the library, under the network's own."""

from django.urls import path

from documents import library_views as views

app_name = "documents"

urlpatterns = [
    path("bibliotek/", views.library, name="library"),
    path("bibliotek/nytt/", views.add, name="library_add"),
    path("bibliotek/<int:document_pk>/", views.file, name="library_file"),
    path("bibliotek/<int:document_pk>/endre/", views.edit, name="library_edit"),
    path("bibliotek/<int:document_pk>/flytt/", views.move, name="library_move"),
    path("bibliotek/<int:document_pk>/ta-ut/", views.remove, name="library_remove"),
    path("bibliotek/<int:document_pk>/legg-tilbake/", views.restore, name="library_restore"),
]
