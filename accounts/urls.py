from django.urls import path

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("meg/", views.profile, name="profile"),
    path("sprak/", views.language, name="language"),
    path("invitasjon/<str:secret>/", views.invitation, name="invitation"),
]
