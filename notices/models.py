"""Reminders and messages as rows, and every mail the product sends."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gpf.tenancy import TenantModel


class Message(TenantModel):
    """What a person was sent about one network on one day; the outbox shows it to that network's coordinators.

    Someone in two networks gets one mail; each network keeps its own part of it, under the same Message-ID.
    """

    class State(models.TextChoices):
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    message_id = models.CharField(max_length=120)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.SENDING)
    failure = models.CharField(max_length=250, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "message_id"], name="one_part_per_message_and_network")
        ]
        indexes: ClassVar = [models.Index(fields=["network", "-created_at"])]

    def __str__(self) -> str:
        return self.subject


class Notice(TenantModel):
    """Something to tell one person, once, when its time comes and if it is still true then.

    `key` says what, whom and which kind, so that handing the same thing over twice makes one row. `about` holds what
    the kind needs to check it and word it; `kind` is registered by the room that owns it (`notices.kinds`).
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CLAIMED = "claimed", _("being sent")
        SENT = "sent", _("sent")
        WITHDRAWN = "withdrawn", _("withdrawn")
        MISSED = "missed", _("missed")
        FAILED = "failed", _("failed")

    key = models.CharField(max_length=160)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    about = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, help_text="sent, withdrawn, missed or failed")
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network", "key"], name="one_notice_per_key")]
        indexes: ClassVar = [
            models.Index(fields=["network", "due_at"], condition=Q(state="waiting"), name="notice_waiting"),
        ]

    def __str__(self) -> str:
        return self.key
