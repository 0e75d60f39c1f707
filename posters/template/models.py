"""What a network has made its own: the sections of its posters, and how they look."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from improvement.keeping import PutAway


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
