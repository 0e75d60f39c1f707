"""A team's posters, the texts frozen to make files of, and the files."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from sessions.models import DeliveryVersion, Gathering
from teams.models import Team

STUCK_AFTER = timedelta(seconds=90)
"""No file takes this long: the worker that began it, or the message to it, is gone."""


class Poster(TenantModel):
    """A team's poster for one gathering: what it wrote, section by section."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="posters")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="posters")
    title = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nb")
    content = models.JSONField(default=dict, help_text="section key → text")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "gathering"], name="one_poster_per_team_and_gathering")
        ]

    def __str__(self) -> str:
        return self.title or f"{self.team}: {self.gathering}"


class Edition(TenantModel):
    """A poster as it stood when files were made of it. The same content is one edition, however often it is asked for.

    `version` is the delivery it was handed in as. `deliver_for` is who asked to hand it in once its files are made.
    """

    poster = models.ForeignKey(Poster, on_delete=models.CASCADE, related_name="editions")
    content_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    content = models.JSONField(help_text="posters.content.PosterContent")
    made_at = models.DateTimeField(default=timezone.now)
    deliver_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.OneToOneField(
        DeliveryVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="poster_edition"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poster", "content_hash"], name="one_edition_per_content")
        ]

    def __str__(self) -> str:
        return f"{self.poster} {self.made_at:%Y-%m-%d}"


class Rendering(TenantModel):
    """An edition made into a file on one paper, or on its way to be. Made once."""

    class Paper(models.TextChoices):
        A3 = "A3", "A3"
        A1 = "A1", "A1"

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        WORKING = "working", _("being made")
        READY = "ready", _("ready")
        TOO_LONG = "too_long", _("too long")
        FAILED = "failed", _("failed")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="renderings")
    paper = models.CharField(max_length=2, choices=Paper)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    too_long = models.JSONField(default=dict, help_text="section key → about how many words too many")
    unprintable = models.CharField(max_length=200, blank=True, help_text="characters that no font could draw")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["edition", "paper"], name="one_rendering_per_paper"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(document__isnull=False), name="ready_has_a_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.paper}"

    @property
    def on_its_way(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.WORKING)

    def is_stuck(self, now: datetime) -> bool:
        """Whether it has been on its way for so long that nobody can be working on it."""
        return self.on_its_way and now - (self.started_at or self.queued_at) > STUCK_AFTER
