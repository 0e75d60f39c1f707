"""Invitation rounds, the organisations invited, and the teams they register.

InvitationRound   one letter to many organisations, with the day they are asked to answer by
Invitee           one organisation in a round: whom the letter goes to, and what became of it
Registration      what an organisation says about one team it wants to take part with
RegisteredPerson  a person named in a registration
"""

from datetime import date
from enum import StrEnum
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from networks.models import Organisation
from notices.models import Message
from teams.models import Team, TeamMember


class InvitationRound(TenantModel):
    """One letter to many organisations. Its fields, in braces, are filled for each; see `signup.letters`."""

    name = models.CharField(max_length=120)
    answer_by = models.DateField()
    subject_nb = models.CharField(max_length=160)
    text_nb = models.TextField()
    subject_nn = models.CharField(max_length=160)
    text_nn = models.TextField()
    signed_by = models.CharField(max_length=250, help_text="name, title and organisation of who signs")
    remind_after = models.PositiveSmallIntegerField(
        null=True, blank=True, default=7, help_text="days after the letter; empty: not then"
    )
    remind_again = models.PositiveSmallIntegerField(
        null=True, blank=True, default=14, help_text="days after the letter; empty: not then"
    )
    remind_before = models.PositiveSmallIntegerField(
        null=True, blank=True, default=3, help_text="days before the day to answer by; empty: not then"
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class Answer(StrEnum):
    """How far an invited organisation has come."""

    NOT_SENT = "not_sent"
    QUEUED = "queued"
    FAILED = "failed"
    SENT = "sent"
    OPENED = "opened"
    BEGUN = "begun"
    REGISTERED = "registered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Invitee(TenantModel):
    """An organisation in a round, the leader the letter goes to, and her personal link.

    The link is signed and not kept (`signup.links`); a new `link_number` makes every earlier link void.
    """

    round = models.ForeignKey(InvitationRound, on_delete=models.CASCADE, related_name="invitees")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    leader_name = models.CharField(max_length=120, blank=True)
    leader_title = models.CharField(max_length=120, blank=True)
    leader_email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES[:2], default="nb")
    link_number = models.PositiveSmallIntegerField(default=1)
    expires_on = models.DateField(null=True, blank=True, help_text="the last day the link works")
    letter = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    declined_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True, help_text="the coordinator took the invitation back")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "organisation"], name="one_invitation_per_organisation_and_round")
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def link_works(self, today: date) -> bool:
        """Whether the newest link opens the form: not withdrawn, and not past its last day."""
        return self.withdrawn_at is None and (self.expires_on is None or self.expires_on >= today)


class Readiness(models.TextChoices):
    """An answer to a question about readiness."""

    NO = "no", _("no")
    PARTLY = "partly", _("partly")
    YES = "yes", _("yes")


class Registration(TenantModel):
    """A team an organisation wants to take part with. Saved as it is typed; a coordinator answers what is submitted."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being written")
        SUBMITTED = "submitted", _("waits for an answer")
        ASKED = "asked", _("asked back")
        WAITING = "waiting", _("on the waiting list")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    invitee = models.ForeignKey(Invitee, on_delete=models.CASCADE, related_name="registrations")
    number = models.PositiveSmallIntegerField(default=1, help_text="an organisation may register several teams")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)

    team_name = models.CharField(max_length=120, blank=True)
    patient_group = models.CharField(max_length=200, blank=True)
    units = models.TextField(blank=True, help_text="one a line")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES[:2], blank=True)
    leader_name = models.CharField(max_length=120, blank=True, help_text="the leader who commits")
    leader_title = models.CharField(max_length=120, blank=True)
    leader_email = models.EmailField(blank=True)
    committed_on = models.DateField(null=True, blank=True)
    reorganisation = models.CharField(max_length=6, choices=Readiness, blank=True)
    conflict = models.CharField(max_length=6, choices=Readiness, blank=True)
    other_efforts = models.CharField(max_length=6, choices=Readiness, blank=True)
    time_set_aside = models.CharField(max_length=6, choices=Readiness, blank=True)
    money_set_aside = models.CharField(max_length=6, choices=Readiness, blank=True)
    readiness_note = models.TextField(blank=True)
    written_by = models.CharField(max_length=120, blank=True, help_text="who filled it in")

    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    copy = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True, help_text="what the coordinator wrote with her decision")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations")

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["invitee", "number"], name="one_registration_per_number")
        ]

    def __str__(self) -> str:
        return self.team_name or f"{self.invitee} {self.number}"


class RegisteredPerson(TenantModel):
    """A person named in a registration, and the part she is to have in the team."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="people")
    function = models.CharField(max_length=20, choices=TeamMember.Function, default=TeamMember.Function.MEMBER)
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    title = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
