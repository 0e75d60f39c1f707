"""Reminders and messages as rows, and every mail about a network that the product sends.

Notice    something to tell one person, once
Digest    the one mail a person gets on a day: it gathers her notices from all her networks
Message   what one network's part of that mail said; the outbox shows it to the network's coordinators
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel


class Digest(models.Model):
    """The claim on a person's one mail of a day: who writes the row, or takes it over by a conditional UPDATE, sends.

    It belongs to the person and tells nothing of any network, so it stands outside the walls. A row that stays in
    SENDING is one whose sender was killed or lost the mail server's answer: it may have gone out, so it is sent again
    as the same mail under the same Message-ID, and nothing is added to it.
    """

    class State(models.TextChoices):
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        OPEN = "open", _("not sent, free to be claimed again")
        CLOSED = "closed", _("not sent, and not tried again that day")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.SENDING)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="empty: let go, anyone may take it over")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "day"], name="one_digest_per_person_and_day")
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient"], condition=Q(state="sending"), name="digest_being_sent"),
        ]

    def __str__(self) -> str:
        return self.message_id


class Message(TenantModel):
    """A mail of a network: a person's part of a day's digest, or a letter to one address.

    Someone in two networks gets one digest; each network keeps its own part of it, under the same Message-ID. A letter
    is written once for its `key`, may go to somebody without an account, and waits in QUEUED until a worker sends it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting to be sent")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")
        WITHDRAWN = "withdrawn", _("withdrawn before it was sent")

    class Failure(models.TextChoices):
        """Why a mail did not go out. The mail server's own words are not kept: they may hold anything."""

        UNREACHABLE = "unreachable", _("The mail server did not answer.")
        LOST = "lost", _("The mail server fell silent before it said whether it took the mail.")
        BUSY = "busy", _("The mail server asked us to come back later.")
        REFUSED = "refused", _("The mail server refused the mail or the address.")

    key = models.CharField(max_length=160, blank=True, help_text="what the letter is; empty: a part of a digest")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True, help_text="of a letter")
    name = models.CharField(max_length=120, blank=True, help_text="of who gets a letter")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    calendar = models.TextField(blank=True, help_text="an iCalendar object that goes along")
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="when a worker took the letter")
    digest = models.ForeignKey(Digest, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages")
    day = models.DateField()
    message_id = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.SENDING)
    failure = models.CharField(max_length=12, choices=Failure, blank=True)
    failure_code = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the mail server's number")
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "message_id"], name="one_part_per_message_and_network"),
            models.UniqueConstraint(fields=["network", "key"], condition=~Q(key=""), name="one_letter_per_key"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["network", "-created_at", "-id"], name="message_newest"),
            models.Index(
                fields=["network", "created_at"],
                condition=Q(state__in=["queued", "sending"]) & ~Q(key=""),
                name="letter_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def to_name(self) -> str:
        """Who gets it: as the letter names her, else as she calls herself now."""
        return self.name or (self.recipient.name if self.recipient else "")

    @property
    def to_address(self) -> str:
        """The letter's own address, else the person's of today."""
        return self.address or (self.recipient.email if self.recipient else "")


class Notice(TenantModel):
    """Something to tell one person, once, when its time comes and if it is still true then.

    `key` says what, whom and which kind, so that handing the same thing over twice makes one row. `about` holds what
    the kind needs to check it and word it; `kind` is registered by the room that owns it (`notices.kinds`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        WITHDRAWN = "withdrawn", _("withdrawn: no longer true")
        MISSED = "missed", _("missed: its time had passed, and a later one says more")

    key = models.CharField(max_length=160)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    about = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="sent, withdrawn or missed")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "key"], name="one_notice_per_key"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["network", "due_at"], condition=Q(state__in=["waiting", "claimed"]), name="notice_open"
            ),
            models.Index(
                fields=["recipient", "due_at"], condition=Q(state__in=["waiting", "claimed"]), name="notice_open_person"
            ),
        ]

    def __str__(self) -> str:
        return self.key
