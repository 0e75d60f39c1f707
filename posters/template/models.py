"""What a network has made its own: the sections of its posters, and how they look."""

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from improvement.keeping import PutAway
from posters.sections import Section, section_from_json

STUCK_AFTER = timedelta(seconds=60)
"""No example takes this long: the worker that began it, or the message to it, is gone."""


class PosterTemplate(PutAway, TenantModel):
    """The sections a network asks for at one stage (1–4), adapted. Without one, the programme's own hold.

    Put away, it holds no longer; a poster that has words in its sections still knows their headings.
    """

    stage = models.PositiveSmallIntegerField()
    sections = models.JSONField(help_text="list of posters.sections.Section, in order")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_manager_name = "objects"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "stage"],
                condition=models.Q(put_away_at=None),
                name="one_poster_template_per_stage",
            )
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.stage}"

    @property
    def listed(self) -> tuple[Section, ...]:
        """Its sections."""
        return tuple(section_from_json(stored) for stored in self.sections)


class PosterLook(TenantModel):
    """How a network's posters look where the team has chosen nothing else."""

    class Design(models.TextChoices):
        CALM = "calm", _("Calm")
        BOLD = "bold", _("Bold")
        DATA = "data", _("Numbers first")

    class Orientation(models.TextChoices):
        PORTRAIT = "portrait", _("Upright")
        LANDSCAPE = "landscape", _("Lying")

    design = models.CharField(max_length=8, choices=Design, default=Design.CALM)
    orientation = models.CharField(max_length=10, choices=Orientation, default=Orientation.PORTRAIT)
    colour = models.CharField(max_length=7, blank=True, help_text="#rrggbb; empty: the design's own")
    logo = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    logo_width = models.PositiveIntegerField(default=0, help_text="pixels")
    logo_height = models.PositiveIntegerField(default=0, help_text="pixels")
    logo_alt = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network"], name="one_poster_look_per_network")]

    def __str__(self) -> str:
        return str(self.network)


class PosterExample(TenantModel):
    """A sheet as a template makes it, drawn to be looked at by those who edit it. The same content is drawn once."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        READY = "ready", _("ready")
        TOO_LONG = "too_long", _("too long")
        FAILED = "failed", _("failed")

    stage = models.PositiveSmallIntegerField()
    content_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    content = models.JSONField(help_text="posters.content.PosterContent")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    queued_at = models.DateTimeField(default=timezone.now)
    picture = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "stage", "content_hash"], name="one_example_per_content"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(picture__isnull=False), name="ready_example_has_a_picture"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network} {self.stage}"

    @property
    def is_waiting(self) -> bool:
        """Whether somebody may still be drawing it."""
        return self.state == self.State.QUEUED and timezone.now() - self.queued_at < STUCK_AFTER
