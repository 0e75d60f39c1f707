"""A PDF of something in the product: asked for on a page, made in the background, made once."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from teams.models import Team

STUCK_AFTER = timedelta(seconds=60)
"""No paper takes this long: the worker that began it, or the message to it, is gone."""


class Paper(TenantModel):
    """What is to stand on paper, and the file once it is made. The same content is one paper.

    `team` says whose it is, and with that who may read it; empty: every member of the network, or, of one that is
    `for_coordinators`, only they.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", _("improvement plan")
        DIAGRAM = "diagram", _("driver diagram")
        CHECKLIST = "checklist", _("checklist")
        CHART = "chart", _("chart")
        LABELS = "labels", _("labels")
        STANDING = "standing", _("where the teams are")

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="papers")
    for_coordinators = models.BooleanField(default=False)
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=64, help_text="SHA-256 of all that decides how it looks")
    title = models.CharField(max_length=200)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    content = models.JSONField(help_text="as the kind's own renderer reads it")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "team", "for_coordinators", "key"],
                nulls_distinct=False,
                name="one_paper_per_content",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(document__isnull=False), name="ready_paper_has_a_file"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_stuck(self, now: datetime) -> bool:
        """Whether it has waited for so long that nobody can be working on it."""
        return self.state == self.State.QUEUED and now - self.queued_at > STUCK_AFTER
