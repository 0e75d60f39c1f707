"""A team's improvement work."""

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    """The room of interviews, needs, goals, changes, measures, plans and checklists."""

    name = "improvement"
