"""A team's improvement work."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """The room of interviews, needs, goals, changes, measures, plans and checklists."""

    name = "improvement"

    def ready(self) -> None:
        from improvement.measures import waiting
        from notices.kinds import register

        register(waiting.KIND)
