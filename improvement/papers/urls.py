"""Addresses of papers, under the network's own."""

from django.urls import path

from improvement.papers import views

urlpatterns = [
    path("papirer/<int:paper_pk>/", views.paper, name="paper"),
    path("papirer/<int:paper_pk>/fil/", views.paper_file, name="paper_file"),
]
