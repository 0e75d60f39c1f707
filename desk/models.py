"""What a coordinator writes to a chosen group."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gpf.tenancy import TenantModel


class Circular(TenantModel):
    """A mail to a chosen group, worded in both languages. `audience` says whom; who that is, is found when it goes."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SENT = "sent", _("sent")

    audience = models.JSONField(default=dict)
    subject_nb = models.CharField(max_length=200, blank=True)
    text_nb = models.TextField(blank=True)
    subject_nn = models.CharField(max_length=200, blank=True)
    text_nn = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    recipients = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.subject_nb or self.subject_nn
