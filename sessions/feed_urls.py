"""A person's own calendar. It belongs to no single network."""

from django.urls import path

from sessions import feed_views

app_name = "calendar_feed"

urlpatterns = [
    path("", feed_views.own, name="own"),
    path("<str:secret>.ics", feed_views.feed, name="feed"),
]
