"""Addresses of gatherings and deliveries, under the network's own."""

from django.urls import path

from sessions import views

app_name = "gatherings"

urlpatterns = [
    path("samlinger/", views.gathering_list, name="list"),
    path("samlinger/<int:gathering_pk>/", views.gathering, name="gathering"),
    path("team/<slug:team_slug>/leveringer/<int:assignment_pk>/", views.delivery, name="delivery"),
]
