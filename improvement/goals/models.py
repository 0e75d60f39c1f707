"""Needs, goals, changes, and the rounds in which a team tries them. Each link is a row, so that a missing one shows."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gpf.tenancy import TenantModel
from improvement.keeping import PutAway
from teams.models import Team, TeamMember


class Need(TenantModel, PutAway):
    """What users or services need to be better, found in interviews, in figures or in practice."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="needs")
    text = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        base_manager_name = "with_put_away"
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class Goal(TenantModel, PutAway):
    """What the team wants to reach: how much, for whom, by when."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        CHOSEN = "chosen", _("chosen")
        REACHED = "reached", _("reached")
        DROPPED = "dropped", _("no longer worked on")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="goals")
    text = models.CharField(max_length=200)
    how_much = models.CharField(max_length=160, blank=True)
    for_whom = models.CharField(max_length=160, blank=True)
    by_when = models.DateField(null=True, blank=True)
    effect_goals = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True, help_text="1–5")
    hph_steps = ArrayField(models.CharField(max_length=10), default=list, blank=True, help_text="hph0–hph6, daily")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    outcome = models.TextField(blank=True, help_text="what became of it")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        base_manager_name = "with_put_away"
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class GoalNeed(TenantModel):
    """The goal answers the need."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="need_links")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="goal_links")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["goal", "need"], name="one_link_per_goal_and_need")]

    def __str__(self) -> str:
        return f"{self.goal} ← {self.need}"


class GoalPoints(TenantModel):
    """How many of her points a member gives a goal. The sum over the members says what comes first."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="points")
    member = models.ForeignKey(TeamMember, on_delete=models.CASCADE, related_name="+")
    points = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["goal", "member"], name="points_once_per_member")]

    def __str__(self) -> str:
        return f"{self.goal}: {self.points}"


class Change(TenantModel, PutAway):
    """A change the team tries: for which goals, for which need, by whom."""

    class State(models.TextChoices):
        IDEA = "idea", _("idea")
        TRYING = "trying", _("being tried")
        IN_USE = "in_use", _("in use")
        STOPPED = "stopped", _("stopped")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="changes")
    text = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    need = models.ForeignKey(Need, on_delete=models.SET_NULL, null=True, blank=True, related_name="changes")
    responsible = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.IDEA)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        base_manager_name = "with_put_away"
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class ChangeGoal(TenantModel):
    """The change is to move the goal."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="change_links")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "goal"], name="one_link_per_change_and_goal")
        ]

    def __str__(self) -> str:
        return f"{self.change} → {self.goal}"


class PdsaRound(TenantModel):
    """One round of trying a change: plan, do, study, act, and what was learned."""

    class Decision(models.TextChoices):
        ADOPT = "adopt", _("take it into use")
        ADAPT = "adapt", _("adjust and try again")
        ABANDON = "abandon", _("let it go")

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    plan = models.TextField(blank=True)
    do = models.TextField(blank=True)
    study = models.TextField(blank=True)
    act = models.TextField(blank=True)
    learned = models.CharField(max_length=300, blank=True, help_text="in a sentence, for the plan and the chart")
    decision = models.CharField(max_length=8, choices=Decision, blank=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["change", "number"], name="one_pdsa_round_per_number"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(starts_on=None) | Q(ends_on__gte=F("starts_on")), name="pdsa_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.change} {self.number}"
