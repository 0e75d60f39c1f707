"""Addresses of what teams share of their measures, under the network's own."""

from django.urls import path

from improvement.across import views

urlpatterns = [
    path("malinger/", views.across, name="across"),
    path("malinger/delt/<int:measure_pk>/", views.shared_measure, name="shared_measure"),
    path("malinger/<slug:key>/", views.across_measure, name="across_measure"),
    path("maleverksted/", views.workshop, name="workshop"),
]
