"""The address of a network's people, under the network's own."""

from django.urls import path

from teams import views

app_name = "teams"

urlpatterns = [
    path("personer/", views.people, name="people"),
]
