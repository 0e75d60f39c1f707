"""Addresses of gatherings and deliveries, under the network's own."""

from django.urls import path

from sessions import delivery_views, views

app_name = "gatherings"

DELIVERY = "team/<slug:team_slug>/leveringer/<int:assignment_pk>/"

urlpatterns = [
    path("samlinger/", views.gathering_list, name="list"),
    path("samlinger/<int:gathering_pk>/", views.gathering, name="gathering"),
    path(DELIVERY, delivery_views.delivery, name="delivery"),
    path(f"{DELIVERY}lever/", delivery_views.hand_in, name="deliver"),
    path(f"{DELIVERY}svar/", delivery_views.answer, name="review"),
    path(f"{DELIVERY}utsettelse/", delivery_views.give_extension, name="extend"),
    path(f"{DELIVERY}fritak/", delivery_views.give_exemption, name="exempt"),
    path(f"{DELIVERY}fritak/opphev/", delivery_views.end_exemption, name="lift"),
    path(f"{DELIVERY}versjon/<int:number>/", delivery_views.file, name="file"),
]
