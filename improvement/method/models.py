"""The way a team works: phases, what users told, how it sees the programme's effect goals."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gpf.tenancy import TenantModel
from improvement.keeping import PutAway
from sessions.models import Gathering
from teams.models import Team


class TeamMethod(TenantModel):
    """How the team goes about it: in which of the five phases it says it is, or which other model it uses."""

    team = models.OneToOneField(Team, on_delete=models.CASCADE, related_name="method")
    phase = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1–5; empty: it has not said")
    other_model = models.CharField(max_length=160, blank=True, help_text="the team's own way, in its words")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(phase=None) | Q(phase__range=(1, 5)), name="one_of_five_phases")
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.phase or ''}"


class PhaseStep(TenantModel):
    """A step of a phase that the team says it has done. Taking the mark away is going back, and is normal."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="phase_steps")
    step = models.SlugField(help_text="improvement.method.phases")
    done_on = models.DateField(default=timezone.localdate)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["team", "step"], name="one_mark_per_team_and_step")]

    def __str__(self) -> str:
        return f"{self.team}: {self.step}"


class InterviewRound(TenantModel, PutAway):
    """So many people were asked what matters to them: never who, and never one person's answer."""

    class Asked(models.TextChoices):
        USERS = "users", _("users and patients")
        RELATIVES = "relatives", _("next of kin")
        STAFF = "staff", _("staff")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="interview_rounds")
    asked = models.CharField(max_length=10, choices=Asked, default=Asked.USERS)
    count = models.PositiveSmallIntegerField()
    from_on = models.DateField(null=True, blank=True)
    to_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=250, blank=True, help_text="how it was done, never what one person said")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        base_manager_name = "with_put_away"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_on__gte=F("from_on")) | Q(to_on=None) | Q(from_on=None), name="interviews_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.count}"


class Theme(TenantModel, PutAway):
    """What came up in several interviews, in the team's own words. It may grow into a need."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="themes")
    text = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    mentioned_by = models.PositiveSmallIntegerField(null=True, blank=True, help_text="how many said it")
    need = models.ForeignKey(
        "improvement.Need", on_delete=models.SET_NULL, null=True, blank=True, related_name="themes"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        base_manager_name = "with_put_away"
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class EffectRating(TenantModel):
    """How the team sees itself on one of the programme's five effect goals at a gathering, and why."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="effect_ratings")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="effect_ratings")
    effect_goal = models.PositiveSmallIntegerField(help_text="1–5: improvement.method.effect_goals")
    score = models.PositiveSmallIntegerField(help_text="1–5")
    sentence = models.CharField(max_length=300, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "gathering", "effect_goal"], name="one_rating_per_gathering"),
            models.CheckConstraint(
                condition=Q(effect_goal__range=(1, 5), score__range=(1, 5)), name="ratings_from_one_to_five"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.gathering} {self.effect_goal}: {self.score}"
