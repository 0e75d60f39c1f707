from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"

    def ready(self) -> None:
        from notices.members_only import keep_for_members

        keep_for_members(r"circular:.*")
