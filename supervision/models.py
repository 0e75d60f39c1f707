"""Guiding teams: private notes, drafts of feedback, questions, scores, meetings with what was agreed, and reports.

A PrivateNote is for those who guide and coordinate; everything else here is for the team too.
"""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from networks.models import Participation
from sessions.models import Delivery, DeliveryVersion, Gathering
from teams.models import Team


class PrivateNote(TenantModel):
    """What those who guide and coordinate write about a team for each other. The team never reads it."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="private_notes")
    delivery = models.ForeignKey(Delivery, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    meeting = models.ForeignKey("Meeting", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.team} {self.written_at:%Y-%m-%d}"


class FeedbackDraft(TenantModel):
    """Feedback that is being written: one person's own, to one version, until she gives it."""

    version = models.ForeignKey(DeliveryVersion, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    note = models.TextField(blank=True, help_text="becomes a private note")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "author"], name="one_feedback_draft_per_author")
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.author}"


class Question(TenantModel):
    """A team asks those who guide it. It waits until it is answered, or the team has no more need of an answer."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="answered, or taken back")

    class Meta:
        ordering: ClassVar = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.team} {self.asked_at:%Y-%m-%d}"


class Answer(TenantModel):
    """One thing said to a question, by who guides the team or by the team."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField()
    from_team = models.BooleanField(default=False, help_text="somebody in the team wrote it")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.question} {self.written_at:%Y-%m-%d}"


class Aside(TenantModel):
    """A row of the queue that a supervisor has seen to: it stays away until the day, or until something new comes."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, help_text="supervision.queue.rows.Kind")
    key = models.CharField(max_length=40, help_text="the row's own")
    newest = models.DateTimeField(help_text="when the newest of it had come")
    until = models.DateField(null=True, blank=True, help_text="empty: for good")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind", "key"], name="one_aside_per_row")]

    def __str__(self) -> str:
        return f"{self.user} {self.kind} {self.key}"


class Score(TenantModel):
    """Where a team is before a gathering, on the collaborative assessment scale, as one side sees it.

    Neither side reads the other's until both are given, or the gathering has begun. A row that is not given is the
    side's own draft.
    """

    class Side(models.TextChoices):
        TEAM = "team", _("the team")
        SUPERVISOR = "supervisor", _("the supervisor")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="scores")
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="scores")
    side = models.CharField(max_length=10, choices=Side)
    value = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    reason = models.TextField(blank=True)
    next_step = models.TextField(blank=True)
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    given_at = models.DateTimeField(null=True, blank=True, help_text="empty: a draft")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "gathering", "side"], name="one_score_per_side"),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__gte=Decimal("0.5"), value__lte=Decimal("5.0")),
                name="score_on_the_scale",
            ),
            models.CheckConstraint(condition=Q(given_at=None) | Q(value__isnull=False), name="given_score_has_value"),
        ]

    def __str__(self) -> str:
        return f"{self.team} {self.gathering} {self.side}"


class Meeting(TenantModel):
    """A guidance meeting with one team or several: planned with an invitation, or written down afterwards."""

    class Form(models.TextChoices):
        PHYSICAL = "physical", _("in person")
        DIGITAL = "digital", _("digital")
        PHONE = "phone", _("by phone")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    day = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    form = models.CharField(max_length=8, choices=Form, default=Form.DIGITAL)
    place = models.CharField(max_length=160, blank=True)
    online_link = models.URLField(blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    themes = models.CharField(max_length=250, blank=True)
    summary = models.TextField(blank=True, help_text="what was talked about; the teams read it")
    follows = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="next_meetings")
    calendar_sequence = models.PositiveSmallIntegerField(default=0)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-day", "-starts_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="meeting_hours_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.themes}"


class MeetingTeam(TenantModel):
    """A team a meeting is with."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="teams")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="meetings")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["meeting", "team"], name="one_team_once_per_meeting")]

    def __str__(self) -> str:
        return str(self.team)


class MeetingPerson(TenantModel):
    """A person who was at a meeting: one of the network's, or named in writing."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    name = models.CharField(max_length=120, help_text="as she was called then")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "user"], name="one_person_once_per_meeting"),
        ]

    def __str__(self) -> str:
        return self.name


class Agreement(TenantModel):
    """What was agreed with a team, by whom and when: one of the team's own things to do."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agreements")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="agreements")
    text = models.CharField(max_length=250)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["due", "pk"]

    def __str__(self) -> str:
        return self.text


class LeaderReport(TenantModel):
    """The page an organisation's leader gets of her teams, as it was kept and sent."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="leader_reports")
    period = models.CharField(max_length=6, help_text="2026-1: the first half of the year")
    words = models.TextField(blank=True, help_text="what the sender says of what the teams need from the leader")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.participation} {self.period}"
