"""Addresses of all the posters of a gathering in one file, under the network's own."""

from django.urls import path

from posters.books import views

BOOKS = "plakater/<int:gathering_number>/samlet/"

urlpatterns = [
    path(BOOKS, views.books, name="books"),
    path(f"{BOOKS}<int:book_pk>/", views.book, name="book"),
    path(f"{BOOKS}<int:book_pk>/stopp/", views.cancel, name="cancel_book"),
    path(f"{BOOKS}<int:book_pk>/fil/", views.book_file, name="book_file"),
]
