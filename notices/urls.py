from django.urls import path

from notices import views

app_name = "notices"

urlpatterns = [
    path("utboks/", views.outbox, name="outbox"),
    path("utboks/<int:message_pk>/", views.message, name="message"),
]
