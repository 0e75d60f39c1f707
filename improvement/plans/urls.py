"""Addresses of plans, under the network's own."""

from django.urls import path

from improvement.plans import views

urlpatterns = [
    path("team/<slug:team_slug>/forbedringsplan/", views.plan, name="plan"),
]
