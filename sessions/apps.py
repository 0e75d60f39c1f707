from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """The label is "gatherings": Django's own app has "sessions"."""

    name = "sessions"
    label = "gatherings"
