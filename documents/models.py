"""Uploaded and made files. A file is handed out by the room that knows who may read it, never by its address."""

from pathlib import PurePosixPath
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from gpf.tenancy import TenantModel


class Document(TenantModel):
    """A file that passed the content check and the identity-number guard."""

    file = models.FileField(max_length=200)
    name = models.CharField(max_length=200, help_text="as the person named it")
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def ending(self) -> str:
        """The ending of its name in small letters, without the dot: "pdf"."""
        return PurePosixPath(self.name).suffix.lstrip(".").lower()


class KeptLibraryDocuments(models.Manager["LibraryDocument"]):
    """Those that have not been taken out: what everybody reads."""

    def get_queryset(self) -> "models.QuerySet[LibraryDocument]":
        return super().get_queryset().filter(removed_at=None)


class LibraryDocument(TenantModel):
    """A document of the network's library. Those of the preparation package go out when a team is accepted.

    What is taken out can be put back for a while; then the nightly sweep deletes it.
    """

    title = models.CharField(max_length=160)
    about = models.CharField(max_length=250, blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    in_package = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True, help_text="taken out of the library")

    with_removed: ClassVar[models.Manager["LibraryDocument"]] = models.Manager()
    objects = KeptLibraryDocuments()

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
