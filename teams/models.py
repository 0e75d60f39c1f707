"""Improvement teams, the people in them, and those who guide them."""

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gpf.norwegian import sort_key
from gpf.tenancy import TenantModel
from networks.models import Membership, Participation


class TeamQuerySet(models.QuerySet["Team"]):
    def going_on(self, on: date | None = None) -> "TeamQuerySet":
        """The teams that have not ended on the day, of organisations that have not withdrawn."""
        day = on or timezone.localdate()
        return self.filter(
            Q(ended_on=None) | Q(ended_on__gt=day),
            Q(participation__withdrawn=False) | Q(participation__withdrawn_on__gt=day),
        )

    def taking_part(self, on: date | None = None) -> "TeamQuerySet":
        """The teams that are at work on the day: they go on, and have joined."""
        day = on or timezone.localdate()
        return self.going_on(day).filter(Q(joined_on=None) | Q(joined_on__lte=day))


class Team(TenantModel):
    """An improvement team that works for one participating organisation."""

    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=240, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="teams")
    patient_group = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES[:2], default="nb", help_text="it writes in")
    joined_on = models.DateField(null=True, blank=True, help_text="empty: from the start")
    ended_on = models.DateField(null=True, blank=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar = TeamQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network", "slug"], name="one_team_per_slug")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on

    def goes_on(self, day: date) -> bool:
        """Whether it has not ended on the day, nor its organisation withdrawn. Reads the participation."""
        ended = self.ended_on is not None and self.ended_on <= day
        return not ended and not self.participation.has_withdrawn(day)


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
    title = models.CharField(max_length=120, blank=True, help_text="her work: nurse, adviser, user representative")
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


class SupervisorQuerySet(models.QuerySet["Supervisor"]):
    def guiding(self, on: date | None = None) -> "SupervisorQuerySet":
        """Those who guide on the day; the day one ends is the first without her."""
        day = on or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


class Supervisor(TenantModel):
    """A person who guides a team, from a day on, or for a while. Who comes back to it later gets a new row."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="supervisors")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="supervised_teams")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    stands_in_for = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="stand_ins", help_text="for a while"
    )
    handed_over_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="who guided it before"
    )

    objects: ClassVar = SupervisorQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "membership", "since"], name="one_supervisor_once_per_team_and_day")
        ]

    def __str__(self) -> str:
        return str(self.membership.user)

    @property
    def last_day(self) -> date | None:
        """The last day she guides it; None for good."""
        return self.until - timedelta(days=1) if self.until else None
