"""Gatherings, the work before them, and what the teams hand in."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from gpf.tenancy import TenantModel
from networks.models import AssignmentKind
from teams.models import Team


class Gathering(TenantModel):
    """A gathering of a network. Of some old ones only the month is known, of a few nothing but that they were held."""

    class Kind(models.TextChoices):
        NETWORK = "network", _("gathering")
        EXPERIENCE = "experience", _("experience gathering")
        MEASUREMENT_WORKSHOP = "measurement_workshop", _("measurement workshop")
        CONFERENCE = "conference", _("experience conference")
        WEBINAR = "webinar", _("webinar")

    class Form(models.TextChoices):
        PHYSICAL = "physical", _("in person")
        DIGITAL = "digital", _("digital")
        HYBRID = "hybrid", _("hybrid")

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    kind = models.CharField(max_length=24, choices=Kind, default=Kind.NETWORK)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    month = models.DateField(null=True, blank=True, help_text="first of the month, where no day is known")
    title = models.CharField(
        max_length=120, blank=True, help_text="a name of its own, where the kind does not say enough"
    )
    form = models.CharField(max_length=10, choices=Form, blank=True)
    online_link = models.URLField(blank=True)
    place = models.CharField(max_length=160, blank=True)
    programme = models.TextField(_("programme of the day"), blank=True)
    programme_published_at = models.DateTimeField(null=True, blank=True, help_text="when the members were told of it")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    postponed = models.BooleanField(default=False)
    note = models.CharField(max_length=250, blank=True)
    cancelled_reason = models.CharField(max_length=250, blank=True)
    planned = models.JSONField(null=True, blank=True, help_text="as the template had it; empty: added by the network")
    calendar_sequence = models.PositiveSmallIntegerField(
        default=0, help_text="how often calendars were told of a change"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["network", "number"], condition=Q(kind="network"), name="one_gathering_per_number"
            ),
            models.CheckConstraint(
                condition=(Q(starts_on=None) & Q(ends_on=None))
                | Q(starts_on__isnull=False, ends_on__gte=F("starts_on"), month=None),
                name="gathering_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        if self.title:
            return self.title
        name = str(self.Kind(self.kind).label)  # get_kind_display takes a hundred times as long
        return f"{name} {self.number}" if self.number else name

    @property
    def when(self) -> date | None:
        """The first day, or the first of the month where only that is known: to sort by."""
        return self.starts_on or self.month

    @property
    def shown_programme(self) -> str:
        """The programme once it is published: what others than the coordinators read."""
        return self.programme if self.programme_published_at else ""


class GatheringMove(TenantModel):
    """A gathering got other days: when, by whom, why, and how many people were told."""

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="moves")
    from_starts_on = models.DateField(null=True, blank=True)
    from_ends_on = models.DateField(null=True, blank=True)
    to_starts_on = models.DateField()
    to_ends_on = models.DateField()
    reason = models.CharField(max_length=250, blank=True)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now)
    told = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-moved_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.gathering}: {self.to_starts_on:%Y-%m-%d}"


class ShownAssignments(models.Manager["Assignment"]):
    """Those the network has not hidden: what everybody but the coordinator's plan reads."""

    def get_queryset(self) -> "models.QuerySet[Assignment]":
        return super().get_queryset().filter(hidden=False)


class Assignment(TenantModel):
    """Work a team does before a gathering. `due` follows the gathering; the whole day counts.

    `planned` holds what the template said of title, guidance, kind and days_before when the network was planned, so
    that what the network has changed can be marked whatever becomes of the template; empty where it was added here.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="assignments")
    planned = models.JSONField(null=True, blank=True)
    hidden = models.BooleanField(default=False, help_text="the network does not use it")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=AssignmentKind, default=AssignmentKind.DOCUMENT)
    title_nb = models.CharField(max_length=120)
    title_nn = models.CharField(max_length=120, blank=True)
    guidance_nb = models.TextField(blank=True)
    guidance_nn = models.TextField(blank=True)
    days_before = models.PositiveSmallIntegerField(default=14)
    due = models.DateField(db_index=True)

    objects = ShownAssignments()
    with_hidden = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gathering", "slug"], name="one_assignment_per_slug"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In the reader's form of Norwegian; other readers get the network's first."""
        return self.title_nn or self.title_nb if get_language() == "nn" else self.title_nb

    @property
    def guidance(self) -> str:
        return self.guidance_nn or self.guidance_nb if get_language() == "nn" else self.guidance_nb


class Delivery(TenantModel):
    """A team's answer to an assignment. The row is made when the team begins, or a coordinator extends or exempts."""

    class State(models.TextChoices):
        OPEN = "open", _("not delivered")
        DELIVERED = "delivered", _("delivered")
        RETURNED = "returned", _("sent back")
        APPROVED = "approved", _("approved")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="deliveries")
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    begun = models.BooleanField(default=False, help_text="the team has saved something")
    delivered_at = models.DateTimeField(null=True, blank=True, help_text="the newest version")
    extended_to = models.DateField(null=True, blank=True)
    extension_reason = models.CharField(max_length=250, blank=True)
    exempt = models.BooleanField(default=False)
    exempt_reason = models.CharField(max_length=250, blank=True)
    shared_at = models.DateTimeField(null=True, blank=True, help_text="the team shows it to the network's members")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "assignment"], name="one_delivery_per_team_and_assignment"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(delivered_at__isnull=False), name="delivered_has_a_time"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["extended_to"], condition=Q(extended_to__isnull=False), name="delivery_extended"),
        ]

    def __str__(self) -> str:
        return f"{self.team}: {self.assignment}"


class DeliveryVersion(TenantModel):
    """What the team wrote and handed in at one time. A version without a time of delivery is the draft."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "number"], name="one_version_per_number"),
            models.UniqueConstraint(fields=["delivery"], condition=Q(delivered_at=None), name="one_draft_per_delivery"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery} {self.number}"


class Review(TenantModel):
    """A supervisor's or coordinator's answer to a version."""

    class Verdict(models.TextChoices):
        COMMENTED = "commented", _("commented")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("sent back")

    version = models.ForeignKey(DeliveryVersion, on_delete=models.CASCADE, related_name="reviews")
    verdict = models.CharField(max_length=10, choices=Verdict)
    text = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["reviewed_at"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(verdict="approved") | ~Q(text=""), name="comment_and_return_have_words")
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} {self.reviewed_at:%Y-%m-%d}"


class Reply(TenantModel):
    """What the team, or who guides it, says to a delivery between the answers. Everybody who reads it reads them."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    from_team = models.BooleanField(help_text="somebody in the team wrote it")

    class Meta:
        ordering: ClassVar = ["written_at"]

    def __str__(self) -> str:
        return f"{self.delivery} {self.written_at:%Y-%m-%d}"


def told_on() -> list[int]:
    """Days before the deadline on which a team is reminded; below zero: after it."""
    return [14, 3, 0, -1, -7]


class ReminderRules(TenantModel):
    """When a network reminds of a deadline, and whom besides the team when the work is late."""

    days = models.JSONField(default=told_on, help_text="before the deadline; below zero: after it")
    supervisor_after = models.PositiveSmallIntegerField(null=True, blank=True, default=7, help_text="days late")
    leader_after = models.PositiveSmallIntegerField(null=True, blank=True, default=14, help_text="days late")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["network"], name="one_set_of_reminder_rules")]

    def __str__(self) -> str:
        return str(self.network)


class CalendarFeed(models.Model):
    """A person's own calendar address. Its secret follows from the key, the person and `number`: a new number, a
    new address, and the old one is dead."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    number = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)
    fetched_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.number}"
