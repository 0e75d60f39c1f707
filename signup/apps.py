"""Inviting organisations, and their registrations."""

from django.apps import AppConfig


class SignupConfig(AppConfig):
    """The room of invitation rounds and registrations."""

    name = "signup"
