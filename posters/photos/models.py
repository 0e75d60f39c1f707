"""The pictures on a team's poster."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from improvement.keeping import PutAway


class Photo(PutAway, TenantModel):
    """A picture in a section of a poster, turned, scaled and stripped of what the camera wrote into it.

    It is printed when it has words for those who can not see it, and when the team has said whether there are people
    in it, and if so, that they have said yes.
    """

    class People(models.TextChoices):
        UNKNOWN = "", _("not answered yet")
        NOBODY = "nobody", _("nobody can be recognised")
        CONSENTED = "consented", _("those who can be recognised have said yes")

    poster = models.ForeignKey("posters.Poster", on_delete=models.CASCADE, related_name="photos")
    section = models.CharField(max_length=40, help_text="key of the section")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveIntegerField(help_text="pixels")
    height = models.PositiveIntegerField(help_text="pixels")
    alt = models.CharField(max_length=300, blank=True)
    people = models.CharField(max_length=10, choices=People, blank=True, default=People.UNKNOWN)
    position = models.PositiveSmallIntegerField(default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        default_manager_name = "objects"

    def __str__(self) -> str:
        return self.alt or str(self.document)

    @property
    def is_ready(self) -> bool:
        """Whether it may be printed."""
        return bool(self.alt.strip() and self.people)
