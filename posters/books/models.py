"""All posters of a gathering in one file: a book to read, or files for the printer."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from sessions.models import Gathering


class Book(TenantModel):
    """A book or a print order: asked for, made in the background, fetched. The same posters are one book.

    `parts` says which poster stands in it in which order, and `missing` which teams have none, as they were when it
    was asked for. `done` counts the posters that are made.
    """

    class Kind(models.TextChoices):
        BOOK = "book", _("Poster book")
        PRINT = "print", _("Print order")

    class State(models.TextChoices):
        WORKING = "working", _("being made")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("stopped")

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="books")
    kind = models.CharField(max_length=8, choices=Kind)
    papers = models.JSONField(help_text="names of the papers, as A3")
    key = models.CharField(max_length=64, help_text="SHA-256 of all that decides what stands in it")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    parts = models.JSONField(help_text="editions in their order, with what stands in the contents")
    missing = models.JSONField(default=list, help_text="names of teams without a poster")
    state = models.CharField(max_length=10, choices=State, default=State.WORKING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now, help_text="when a part of it was last made")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gathering", "key"], name="one_book_per_content"),
            models.CheckConstraint(
                condition=~models.Q(state="ready") | models.Q(document__isnull=False), name="ready_book_has_a_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.gathering}"
