"""What is said to a poster on the wall, and posters shown to everybody."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gpf.tenancy import TenantModel
from improvement.keeping import PutAway
from teams.models import Team


class WallNote(PutAway, TenantModel):
    """What somebody wrote to a poster: "this we take with us", or a question or a word to its team.

    `team` is the team it is noted for, whose list of ideas it stands on; empty for those who work in none. One that is
    `hidden_at` has been taken down by a coordinator: its writer and the coordinators still see it.
    """

    class Kind(models.TextChoices):
        IDEA = "idea", _("This we take with us")
        COMMENT = "comment", _("To the team")

    poster = models.ForeignKey("posters.Poster", on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=8, choices=Kind)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, blank=True, related_name="ideas")
    text = models.TextField(max_length=1000)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]
        default_manager_name = "objects"

    def __str__(self) -> str:
        return self.text


class WallRules(TenantModel):
    """Whether the posters of a network can be written to."""

    is_open = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network"], name="one_wall_rules_per_network")]

    def __str__(self) -> str:
        return str(self.network)


class PublicLink(TenantModel):
    """A poster that everybody with the link may read: once its team and a coordinator have said yes, until withdrawn.

    `number` stands in the link: a new link has a new number, and the old ones are void.
    """

    poster = models.OneToOneField("posters.Poster", on_delete=models.CASCADE, related_name="public_link")
    number = models.PositiveIntegerField(default=1)
    team_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    team_at = models.DateTimeField(null=True, blank=True)
    coordinator_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    coordinator_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.poster)

    @property
    def is_public(self) -> bool:
        return bool(self.team_at and self.coordinator_at)
