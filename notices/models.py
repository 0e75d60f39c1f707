"""Reminders and messages as rows, and every mail about a network that the product sends.

Notice    something to tell one person, once
Digest    the one mail a person gets on a day: it gathers her notices from all her networks
Message   what one network's part of that mail said; the outbox shows it to the network's coordinators
Pause     a network, a team or one notice is told nothing for a while
Wording   how a network words a kind of notice itself
Choice    how a person wants a kind of notice: at once, in the digest, or in the product only
Quiet     the days on which a person wants no mail
Trouble   an address that mail comes back from, or whose owner complained
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel


class Digest(models.Model):
    """The claim on a person's one mail of a day: who writes the row, or takes it over by a conditional UPDATE, sends.

    It belongs to the person and tells nothing of any network, so it stands outside the walls. A row that stays in
    SENDING is one whose sender was killed or lost the mail server's answer: it may have gone out, so it is sent again
    as the same mail under the same Message-ID, and nothing is added to it. One that is CLAIMED has not gone out.

    What becomes of the mail is noted here first (`notices.claims`); messages and notices follow (`notices.ledger`).
    """

    class State(models.TextChoices):
        CLAIMED = "claimed", _("written, its turn has not come")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        OPEN = "open", _("not sent, free to be claimed again")
        CLOSED = "closed", _("not sent, and not tried again that day")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    part = models.PositiveSmallIntegerField(default=0, help_text="0: the day's digest; from 1: what is told at once")
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.SENDING)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="claimed, and then begun")
    attempt = models.PositiveSmallIntegerField(default=0, help_text="counts the claims: who has the newest may write")
    answer = models.CharField(max_length=12, blank=True, help_text="what the mail server said to this attempt")
    code = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the mail server's number")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recipient", "day", "part"], name="one_digest_per_person_and_day")
        ]
        indexes: ClassVar = [
            models.Index(fields=["recipient"], condition=Q(state__in=["claimed", "sending"]), name="digest_being_sent"),
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
        BOUNCED = "bounced", _("came back")
        COMPLAINED = "complained", _("the recipient reported it as unwanted")

    class Failure(models.TextChoices):
        """Why a mail did not go out. The mail server's own words are not kept: they may hold anything."""

        UNREACHABLE = "unreachable", _("The mail server did not answer.")
        LOST = "lost", _("The mail server fell silent before it said whether it took the mail.")
        BUSY = "busy", _("The mail server asked us to come back later.")
        REFUSED = "refused", _("The mail server refused the mail or the address.")
        PUT_OFF = "put_off", _("The recipient’s mail server put it off. It may have come later.")

    key = models.CharField(max_length=160, blank=True, help_text="what the letter is; empty: a part of a digest")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True, help_text="of a letter")
    name = models.CharField(max_length=120, blank=True, help_text="of who gets a letter")
    reply_to = models.EmailField(blank=True, help_text="who an answer goes to; empty: nobody")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    calendar = models.TextField(blank=True, help_text="an iCalendar object that goes along")
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="when a worker took the letter")
    at_any_hour = models.BooleanField(default=False, help_text="the answer to what the recipient did a moment ago")
    send_after = models.DateTimeField(null=True, blank=True, help_text="the mail server asked to wait until then")
    attempts = models.PositiveSmallIntegerField(default=0)
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
                fields=["network", "attempts", "created_at", "id"],
                condition=Q(state__in=["queued", "sending"]) & ~Q(key=""),
                name="letter_next",
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
        SHOWN = "shown", _("shown in the product only")
        WITHDRAWN = "withdrawn", _("withdrawn: no longer true")
        MISSED = "missed", _("missed: its time had passed, and a later one says more")

    key = models.CharField(max_length=160)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    about = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="sent, shown, withdrawn or missed")
    held_at = models.DateTimeField(null=True, blank=True, help_text="a coordinator keeps it back")
    read_at = models.DateTimeField(null=True, blank=True, help_text="opened in the product, or no longer true")
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
            models.Index(
                fields=["recipient", "due_at"],
                condition=Q(read_at=None, state__in=["waiting", "claimed", "sent", "shown"]),
                name="notice_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Pause(TenantModel):
    """Nothing is told while it lasts: of the whole network, or of what is about something: {"team": 7}."""

    about = models.JSONField(default=dict, help_text="empty: the whole network")
    until = models.DateField(null=True, blank=True, help_text="the last day; empty: until somebody ends it")
    reason = models.CharField(max_length=200, blank=True)
    paused_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    paused_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network", "about"], name="one_pause_about_a_thing")]

    def __str__(self) -> str:
        return f"{self.network}: {self.about or 'all'}"


class Wording(TenantModel):
    """How a network words something itself, in both languages. `name` is one of those the kinds offer."""

    name = models.CharField(max_length=80)
    subject_nb = models.CharField(max_length=200, blank=True)
    text_nb = models.TextField(blank=True)
    subject_nn = models.CharField(max_length=200, blank=True)
    text_nn = models.TextField(blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network", "name"], name="one_wording_per_name")]

    def __str__(self) -> str:
        return self.name


class Choice(models.Model):
    """How a person wants a kind of notice. Where she has not chosen, the kind says. Hers, and of no network."""

    class Way(models.TextChoices):
        AT_ONCE = "at_once", _("mail at once")
        DIGEST = "digest", _("in the day's mail")
        PRODUCT = "product", _("here only, no mail")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=40)
    way = models.CharField(max_length=8, choices=Way)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "kind"], name="one_choice_per_kind")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.way}"


class Quiet(models.Model):
    """The days on which a person gets no mail: what is still true afterwards comes then. Hers, and of no network."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quiet")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the last day")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="quiet_days_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m-%d} – {self.ends_on:%Y-%m-%d}"


class Trouble(models.Model):
    """An address that mail comes back from, or whose owner reported it as unwanted. Of no network: of the address."""

    class Kind(models.TextChoices):
        BOUNCED = "bounced", _("mail to the address comes back")
        COMPLAINED = "complained", _("the mail was reported as unwanted")

    address = models.EmailField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    since = models.DateTimeField(default=timezone.now)
    code = models.CharField(max_length=20, blank=True, help_text="the mail service's own number or word")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(address=Lower("address")), name="trouble_in_lower_case")
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.kind}"
