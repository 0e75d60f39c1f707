"""Improvement teams, the people in them, and those who guide them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gpf.norwegian import sort_key
from gpf.tenancy import TenantModel
from networks.models import Membership, Participation


class Team(TenantModel):
    """An improvement team that works for one participating organisation."""

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=240, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="teams")
    patient_group = models.CharField(max_length=200, blank=True)
    joined_on = models.DateField(null=True, blank=True, help_text="empty: from the start")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network", "slug"], name="one_team_per_slug")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on


class TeamMember(TenantModel):
    """A person's place in a team."""

    class Function(models.TextChoices):
        LEADER = "leader", _("team leader")
        MEASUREMENT_LEAD = "measurement_lead", _("measurement lead")
        USER_REPRESENTATIVE = "user_representative", _("user representative")
        MEMBER = "member", _("member")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="team_places")
    function = models.CharField(max_length=20, choices=Function, default=Function.MEMBER)
    unit = models.CharField(max_length=120, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "membership"], name="one_place_per_person_in_a_team"),
            models.UniqueConstraint(
                fields=["team"], condition=Q(function="leader", left_on=None), name="one_leader_per_team"
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership.user)


class Supervisor(TenantModel):
    """A person who guides a team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="supervisors")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="supervised_teams")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "membership"], name="one_supervisor_once_per_team")
        ]

    def __str__(self) -> str:
        return str(self.membership.user)
