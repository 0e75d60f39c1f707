"""Where mail services post what became of mail. It belongs to no network."""

from django.urls import path

from notices import bounces

app_name = "mail_service"

urlpatterns = [path("hendelser/", bounces.events, name="events")]
