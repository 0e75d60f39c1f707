"""Addresses of answering."""

from django.urls import path

from supervision.review import views

DELIVERY = "nettverk/<slug:network_slug>/team/<slug:team_slug>/leveringer/<int:assignment_pk>/"

urlpatterns = [
    path(f"{DELIVERY}svar/", views.review, name="review"),
    path(f"{DELIVERY}svar/kladd/", views.draft, name="review_draft"),
]
