"""The improvement plan as it stood at a time: written by itself, kept at each delivery."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from gpf.tenancy import TenantModel
from sessions.models import DeliveryVersion
from teams.models import Team


class PlanEdition(TenantModel):
    """A team's plan as it stood when it was handed in: its content. Files are made of that."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="plan_editions")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    content = models.JSONField(help_text="improvement.plans.content.Plan")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    version = models.OneToOneField(
        DeliveryVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="plan_edition"
    )

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "number"], name="one_plan_edition_per_number")]

    def __str__(self) -> str:
        return f"{self.team} {self.number}"
