"""A team's posters, the texts frozen to make files of, and the files."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from posters.books.models import Book
from posters.photos.models import Photo
from posters.template.models import PosterExample, PosterLook, PosterTemplate
from posters.wall.models import PublicLink, WallNote, WallRules
from sessions.models import DeliveryVersion, Gathering
from teams.models import Team

__all__ = ["Book", "Edition", "Photo", "Poster", "PosterExample", "PosterLook", "PosterTemplate", "PosterVersion",
           "PublicLink", "Rendering", "WallNote", "WallRules"]  # fmt: skip

STUCK_AFTER = timedelta(seconds=90)
"""No file takes this long: the worker that began it, or the message to it, is gone."""


class Poster(TenantModel):
    """A team's poster for one gathering: what it wrote, section by section, or a file of its own.

    `charts` are the measures that stand in a section. `design` and `orientation` are empty where the team takes the
    network's. A poster with an `own_file` is that file, with `own_text` for those who can not read it.
    """

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="posters")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="posters")
    title = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nb")
    content = models.JSONField(default=dict, help_text="section key → text")
    charts = models.JSONField(default=dict, help_text="section key → primary keys of measures")
    design = models.CharField(max_length=8, choices=PosterLook.Design, blank=True)
    orientation = models.CharField(max_length=10, choices=PosterLook.Orientation, blank=True)
    shows_new = models.BooleanField(default=True, help_text="mark on the poster what is new since last time")
    tags = models.JSONField(default=list, help_text="words to find it by")
    own_file = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    own_text = models.TextField(blank=True)
    is_open = models.BooleanField(default=True, help_text="others may write to it on the wall")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "gathering"], name="one_poster_per_team_and_gathering")
        ]

    def __str__(self) -> str:
        return self.title or f"{self.team}: {self.gathering}"


class PosterVersion(TenantModel):
    """A poster as it stood when a person had written for a while: what she can go back to.

    `stood` holds `posters.versions.KEPT` of the poster by name.
    """

    poster = models.ForeignKey(Poster, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    stood = models.JSONField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poster", "number"], name="one_poster_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.poster} {self.number}"


class Edition(TenantModel):
    """A poster as it stood when files were made of it. The same content is one edition, however often it is asked for.

    `version` is the delivery it was handed in as. `deliver_for` is who asked to hand it in once its files are made.
    One that is not `kept` was made to be looked at while writing, and goes when the text moves on. `words` is all its
    text, to search in.
    """

    poster = models.ForeignKey(Poster, on_delete=models.CASCADE, related_name="editions")
    content_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    content = models.JSONField(help_text="posters.content.PosterContent")
    own_file = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    kept = models.BooleanField(default=True)
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
    """An edition made into a file on one paper, or on its way to be. Made once.

    The one on A3, which is made of every edition, has pictures of it too: `picture` for the screen, `thumbnail` for
    the wall.
    """

    class Paper(models.TextChoices):
        A4 = "A4", "A4"
        A3 = "A3", "A3"
        A2 = "A2", "A2"
        A1 = "A1", "A1"
        A0 = "A0", "A0"

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
    picture = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    thumbnail = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
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

    @property
    def lacks_pictures(self) -> bool:
        """Whether it was made before pictures of it were."""
        return self.state == self.State.READY and self.paper == self.Paper.A3 and self.picture_id is None

    def is_stuck(self, now: datetime) -> bool:
        """Whether it has been on its way for so long that nobody can be working on it."""
        return self.on_its_way and now - (self.started_at or self.queued_at) > STUCK_AFTER
