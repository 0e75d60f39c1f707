"""A team's posters and the files made of them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from sessions.models import Gathering
from teams.models import Team


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


class Rendering(TenantModel):
    """A poster made into a file. The same content on the same paper is made once."""

    class Paper(models.TextChoices):
        A3 = "A3", "A3"
        A1 = "A1", "A1"

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        WORKING = "working", _("being made")
        READY = "ready", _("ready")
        TOO_LONG = "too_long", _("too long")
        FAILED = "failed", _("failed")

    poster = models.ForeignKey(Poster, on_delete=models.CASCADE, related_name="renderings")
    paper = models.CharField(max_length=2, choices=Paper)
    content_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    too_long = models.JSONField(default=list, help_text="keys of sections that do not fit")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poster", "paper", "content_hash"], name="one_rendering_per_content")
        ]

    def __str__(self) -> str:
        return f"{self.poster} {self.paper}"
