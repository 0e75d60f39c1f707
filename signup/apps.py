"""Inviting organisations, and their registrations."""

from django.apps import AppConfig


class SignupConfig(AppConfig):
    """The room of invitation rounds and registrations."""

    name = "signup"

    def ready(self) -> None:
        from notices.kinds import register
        from signup import registration_notices, rounds_notices

        for kind in (registration_notices.KIND, rounds_notices.OPENED, rounds_notices.CLOSING):
            register(kind)
