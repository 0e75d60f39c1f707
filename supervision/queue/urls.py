"""Addresses of the queue."""

from django.urls import path

from supervision.queue import views

urlpatterns = [
    path("veiledning/", views.queue, name="queue"),
    path("veiledning/neste/", views.following, name="next"),
    path("veiledning/til-side/", views.aside, name="aside"),
]
