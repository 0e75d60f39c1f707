"""What a team measures, the numbers in time, and what people have decided about the limits.

A number stands on a day: the first of its period, or the day of the event. What is left out of a centre line, where a
new stretch of limits begins, and how far a baseline goes are kept as days and never as "the n-th point": a number that
comes in late must move none of them.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from gpf.tenancy import TenantModel
from improvement.goals.models import Goal
from improvement.keeping import PutAway
from teams.models import Team


class Measure(TenantModel, PutAway):
    """What is measured and how, in words that another person could measure by."""

    class Kind(models.TextChoices):
        SHARE = "share", _("share")
        COUNT = "count", _("count")
        RATE = "rate", _("rate")
        TIME_BETWEEN = "time_between", _("time between")
        VALUE = "value", _("value")

    class Direction(models.TextChoices):
        INCREASE = "increase", _("higher is better")
        DECREASE = "decrease", _("lower is better")
        NEUTRAL = "neutral", _("neither is better")

    class Role(models.TextChoices):
        OUTCOME = "outcome", _("outcome measure")
        PROCESS = "process", _("process measure")
        BALANCING = "balancing", _("balancing measure")

    class Rhythm(models.TextChoices):
        WEEK = "week", _("every week")
        FORTNIGHT = "fortnight", _("every other week")
        MONTH = "month", _("every month")
        QUARTER = "quarter", _("every quarter")
        EVENT = "event", _("each time it happens")

    class Chart(models.TextChoices):
        """As `improvement.spc` names them; empty: chosen by the kind."""

        RUN = "run", _("run chart")
        I = "i", _("I chart (single values)")  # noqa: E741  # the chart's name in the field
        MR = "mr", _("MR chart (moving range)")
        P = "p", _("P chart (share)")
        P_PRIME = "pp", _("P′ chart (share, large numbers)")
        U = "u", _("U chart (rate)")
        U_PRIME = "up", _("U′ chart (rate, large numbers)")
        C = "c", _("C chart (count)")
        G = "g", _("G chart (cases between)")
        T = "t", _("T chart (time between)")

    class Rules(models.TextChoices):
        ANHOEJ = "anhoej", _("Anhøj's rules")
        PERLA = "perla", _("Perla's rules")
        MDC = "mdc", _("Making data count")

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="measures")
    goal = models.ForeignKey(Goal, on_delete=models.SET_NULL, null=True, blank=True, related_name="measures")
    library_key = models.SlugField(
        blank=True, help_text="of improvement.measures.library; others may be compared by it"
    )
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SHARE)
    role = models.CharField(max_length=10, choices=Role, default=Role.PROCESS)
    direction = models.CharField(max_length=8, choices=Direction, default=Direction.INCREASE)
    unit = models.CharField(max_length=40, blank=True, help_text="days, falls, points")
    per = models.PositiveIntegerField(default=1, help_text="a rate is told per so many: 100, 1000")
    numerator = models.CharField(max_length=250, blank=True)
    denominator = models.CharField(max_length=250, blank=True)
    how = models.TextField(blank=True, help_text="how it is collected")
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.MONTH)
    collected_by = models.CharField(max_length=120, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True, help_text="a share in percent")
    baseline = models.CharField(max_length=250, blank=True, help_text="where it stood when the team began, in words")
    chart = models.CharField(max_length=3, choices=Chart, blank=True)
    rules = models.CharField(max_length=6, choices=Rules, default=Rules.ANHOEJ)
    shared_at = models.DateTimeField(null=True, blank=True, help_text="the team shows it to the network's members")
    ended_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        base_manager_name = "with_put_away"
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(per__gte=1), name="a_rate_is_per_something")]

    def __str__(self) -> str:
        return self.title


class Observation(TenantModel):
    """One number in time. A share or a rate has two parts, an event only its day. What is absent is empty, never 0."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="observations")
    on = models.DateField(help_text="the first day of its period, or the day of the event")
    numerator = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    denominator = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True, help_text="a count or a value")
    note = models.CharField(max_length=200, blank=True)
    excluded = models.BooleanField(default=False, help_text="drawn, and left out of centre line, limits and signals")
    excluded_reason = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    entered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "on"], name="one_number_per_period"),
            models.CheckConstraint(
                condition=Q(denominator=None) | Q(denominator__gte=0), name="no_negative_denominator"
            ),
            models.CheckConstraint(condition=Q(excluded=False) | ~Q(excluded_reason=""), name="left_out_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.on:%Y-%m-%d}"


class Correction(TenantModel):
    """A number was changed or taken away: what it was, what it became, by whom."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="corrections")
    on = models.DateField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict, help_text="empty: taken away")
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    corrected_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["-corrected_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.measure} {self.on:%Y-%m-%d}"


class LimitPeriod(TenantModel):
    """A stretch of time with one centre line and one set of limits.

    The first has no start. Its baseline ends by itself, once, on the day of its twelfth useful number
    (`baseline_through`). Every later change of limits is a person's, with her answers to the four questions.
    """

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="limit_periods")
    starts_on = models.DateField(null=True, blank=True, help_text="empty: the first")
    baseline_through = models.DateField(null=True, blank=True, help_text="empty: not yet twelve numbers")
    behaves_differently = models.BooleanField(null=True, blank=True)
    cause_known = models.BooleanField(null=True, blank=True)
    is_desirable = models.BooleanField(null=True, blank=True)
    will_continue = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=250, blank=True, help_text="what has changed, in words; it stays on the chart")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measure", "starts_on"], nulls_distinct=False, name="one_limit_period_per_start"
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None)
                | Q(
                    behaves_differently__isnull=False,
                    cause_known__isnull=False,
                    is_desirable__isnull=False,
                    will_continue__isnull=False,
                ),
                name="new_limits_have_four_answers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.starts_on or ''}"


class Annotation(TenantModel):
    """Something that happened, written on the chart. Of one measure, or of all the team has."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="annotations")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, null=True, blank=True, related_name="annotations")
    on = models.DateField()
    text = models.CharField(max_length=80)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["on", "pk"]

    def __str__(self) -> str:
        return self.text
