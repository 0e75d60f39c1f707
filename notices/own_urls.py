"""A person's own notices. They belong to no single network."""

from django.urls import path

from notices import own_views, unsubscribing

app_name = "notices_own"

urlpatterns = [
    path("", own_views.mine, name="mine"),
    path("antall/", own_views.unread, name="unread"),
    path("lest/", own_views.all_read, name="all_read"),
    path("innstillinger/", own_views.preferences, name="preferences"),
    path("<int:notice_pk>/", own_views.follow, name="follow"),
    path("avmeld/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
