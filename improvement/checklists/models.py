"""The checklists of the home-based pathway as a network or a team has adapted them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from gpf.tenancy import TenantModel
from teams.models import Team


class Checklist(TenantModel):
    """A checklist adapted by the network, or by one of its teams. Until then the product's own holds."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="checklists")
    step = models.CharField(max_length=10, help_text="hph0–hph6, daily: improvement.checklists.steps")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "team", "step"], nulls_distinct=False, name="one_checklist_per_step"
            )
        ]

    def __str__(self) -> str:
        return self.step


class ChecklistVersion(TenantModel):
    """A checklist as it was saved at one time. The newest holds."""

    checklist = models.ForeignKey(Checklist, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    content = models.JSONField(help_text="improvement.checklists.content.Content")
    note = models.CharField(max_length=200, blank=True, help_text="what was changed, and why")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["checklist", "number"], name="one_checklist_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.checklist} {self.number}"
