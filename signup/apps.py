"""Inviting organisations, and their registrations."""

from django.apps import AppConfig


class SignupConfig(AppConfig):
    """The room of invitation rounds and registrations."""

    name = "signup"

    def ready(self) -> None:
        from notices.kinds import Kind, register
        from signup import registration_notices

        register(Kind(registration_notices.WAITING, tell=registration_notices.tell, while_planned=True))
