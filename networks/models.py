"""Programmes, organisations, networks, and who takes part in them."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gpf.norwegian import sort_key
from gpf.tenancy import TenantModel


class Programme(models.Model):
    """A national initiative that runs networks."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    owner = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A municipality, a trust, or a part of one.

    Names are no keys: a municipality is its number with the dates it was in force, a trust its organisation number;
    parts are known by their parent and name.
    """

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("municipality")
        DISTRICT = "district", _("district")
        MUNICIPAL_UNIT = "municipal_unit", _("municipal unit")
        REGIONAL_AUTHORITY = "regional_authority", _("regional health authority")
        TRUST = "trust", _("health trust")
        HOSPITAL = "hospital", _("hospital")
        HOSPITAL_UNIT = "hospital_unit", _("hospital unit")
        DEVELOPMENT_CENTRE = "development_centre", _("development centre")
        NATIONAL_BODY = "national_body", _("national body")

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    name = models.CharField(max_length=200)
    sort_name = models.CharField(max_length=400, editable=False, db_index=True)
    number = models.CharField(_("municipality number"), max_length=4, blank=True)
    orgnr = models.CharField(_("organisation number"), max_length=9, blank=True)
    county = models.CharField(max_length=80, blank=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number"], condition=Q(kind="municipality"), name="one_municipality_per_number"
            ),
            models.UniqueConstraint(fields=["orgnr"], condition=~Q(orgnr=""), name="one_organisation_per_orgnr"),
            models.CheckConstraint(
                condition=~Q(kind="municipality") | Q(number__regex=r"^\d{4}$"), name="municipality_has_number"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on


class CycleTemplate(models.Model):
    """The pattern a network is planned from."""

    slug = models.SlugField(unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="templates")
    name_nb = models.CharField(max_length=160)
    name_nn = models.CharField(max_length=160)
    preparation_months = models.PositiveSmallIntegerField(default=3)
    experience_gathering_months = models.PositiveSmallIntegerField(
        default=12, help_text="after the last gathering; 0: none is planned"
    )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """In the reader's form of Norwegian."""
        return self.name_nn or self.name_nb if get_language() == "nn" else self.name_nb


class TemplateGathering(models.Model):
    """One gathering of the pattern: its number, how long after the one before, how many days."""

    template = models.ForeignKey(CycleTemplate, on_delete=models.CASCADE, related_name="gatherings")
    number = models.PositiveSmallIntegerField()
    months_after_previous = models.PositiveSmallIntegerField(default=0)
    days = models.PositiveSmallIntegerField(default=2)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["template", "number"], name="one_template_gathering_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.number}"


class AssignmentKind(models.TextChoices):
    """What a team hands in: a word that it is done, a document, the improvement plan or the poster made here."""

    ANSWER = "answer", _("answer")
    DOCUMENT = "document", _("document")
    PLAN = "plan", _("improvement plan")
    POSTER = "poster", _("poster")


class TemplateAssignment(models.Model):
    """Homework before a gathering of the pattern, with how many days before it is due."""

    gathering = models.ForeignKey(TemplateGathering, on_delete=models.CASCADE, related_name="assignments")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=10, choices=AssignmentKind, default=AssignmentKind.DOCUMENT)
    title_nb = models.CharField(max_length=120)
    title_nn = models.CharField(max_length=120)
    guidance_nb = models.TextField(blank=True)
    guidance_nn = models.TextField(blank=True)
    days_before = models.PositiveSmallIntegerField(default=14)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gathering", "slug"], name="one_template_assignment_per_slug")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """In the reader's form of Norwegian."""
        return self.title_nn or self.title_nb if get_language() == "nn" else self.title_nb

    @property
    def guidance(self) -> str:
        return self.guidance_nn or self.guidance_nb if get_language() == "nn" else self.guidance_nb


class HealthCommunity(models.Model):
    """The partnership of a trust and its municipalities that anchors a network.

    Its municipalities are kept by number: the register is replaced as a whole, and nothing may point to it.
    """

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=160)
    sort_name = models.CharField(max_length=320, editable=False)
    trust = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="health_communities"
    )
    municipality_numbers = models.JSONField(default=list, blank=True, help_text="four digits each, in order")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on


class Network(models.Model):
    """One regional learning network with a period: the tenant."""

    class PosterSight(models.TextChoices):
        """When the other teams' posters are shown to the network's members."""

        AFTER_DEADLINE = "after_deadline", _("when the deadline has passed")
        WHEN_DELIVERED = "when_delivered", _("as soon as they are delivered")
        NEVER = "never", _("not at all")

    class WorkSight(models.TextChoices):
        """When the other teams' plans and measures are shown to the network's members."""

        WHEN_SHARED = "when_shared", _("when the team shares them")
        WHEN_DELIVERED = "when_delivered", _("as soon as they are delivered")
        NEVER = "never", _("not at all")

    class Phase(models.TextChoices):
        PLANNED = "planned", _("planned")
        RUNNING = "running", _("running")
        FOLLOW_UP = "follow_up", _("in follow-up")
        COMPLETED = "completed", _("completed")

    slug = models.SlugField(unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="networks")
    template = models.ForeignKey(CycleTemplate, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    preparation_months = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="as the template had it when the network was planned"
    )
    name = models.CharField(max_length=160)
    sort_name = models.CharField(max_length=320, editable=False)
    region = models.CharField(max_length=120, blank=True)
    round_label = models.CharField(max_length=20, blank=True, help_text="the programme's own period, as 2020-2023")
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=10, choices=Phase, default=Phase.PLANNED)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nb")
    anchored_in_health_community = models.BooleanField(null=True, blank=True, help_text="empty: not stated")
    health_community = models.ForeignKey(
        HealthCommunity, on_delete=models.PROTECT, null=True, blank=True, related_name="networks"
    )
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reopened_on = models.DateField(null=True, blank=True, help_text="from then on it is closed by hand only")
    posters_shown = models.CharField(max_length=16, choices=PosterSight, default=PosterSight.AFTER_DEADLINE)
    work_shown = models.CharField(max_length=16, choices=WorkSight, default=WorkSight.WHEN_SHARED)
    note = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(to_year__gte=F("from_year")), name="network_period_in_order")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_name = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on

    @property
    def period(self) -> str:
        return f"{self.from_year}–{self.to_year}" if self.to_year != self.from_year else str(self.from_year)


class SupervisingBody(TenantModel):
    """The development centre or national body that supervises a network's teams."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "organisation"], name="one_supervising_body_per_network")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Participation(TenantModel):
    """An organisation in a network, for as long as it takes part."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="participations")
    joined_on = models.DateField(null=True, blank=True)
    joined_note = models.CharField(max_length=200, blank=True)
    withdrawn = models.BooleanField(default=False)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    anchored_by = models.CharField(_("the leader who committed"), max_length=120, blank=True)
    anchored_title = models.CharField(max_length=120, blank=True)
    anchored_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "organisation"], name="one_participation_per_organisation"),
            models.CheckConstraint(
                condition=Q(withdrawn=True) | Q(withdrawn_on=None), name="withdrawal_date_needs_withdrawal"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def has_withdrawn(self, day: date) -> bool:
        """Whether it is out on the day. Of some old ones no date is known: they are out."""
        return self.withdrawn and (self.withdrawn_on is None or self.withdrawn_on <= day)

    @property
    def is_out(self) -> bool:
        """Whether it has withdrawn by today."""
        return self.has_withdrawn(timezone.localdate())


class ParticipatingUnit(TenantModel):
    """A part of the organisation that takes part, where not the whole of it does."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="units")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participation", "organisation"], name="one_participating_unit")
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Role(models.TextChoices):
    """What a person is in a network. A national coordinator is one in every network without a membership."""

    COORDINATOR = "coordinator", _("coordinator")
    SUPERVISOR = "supervisor", _("supervisor")
    TEAM_MEMBER = "team_member", _("team member")
    LEADER = "leader", _("organisation leader")
    OBSERVER = "observer", _("observer")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, on: date | None = None) -> "MembershipQuerySet":
        """Those that give access on the day: access ends on the day the membership ends."""
        day = on or timezone.localdate()
        return self.filter(Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gt=day), user__is_active=True)


class Membership(TenantModel):
    """A person's role in a network. Which teams or organisation it concerns stands beside it in its own table."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    starts_on = models.DateField(default=timezone.localdate)
    ends_on = models.DateField(null=True, blank=True, help_text="the day access ends")

    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["network", "user", "role"], name="one_membership_per_role")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class ParticipationLeader(TenantModel):
    """A leader who committed an organisation to take part, and reads how its teams do."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="leaders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["participation", "user"], name="one_leader_once_per_participation")
        ]

    def __str__(self) -> str:
        return str(self.user)


class Change(TenantModel):
    """One row of a network's tables that was added, changed or removed: by whom, when, and what differed.

    Written by the database itself (`networks.recording`), so that no way of writing goes round it. What happened in one
    transaction carries the same `batch`. It outlives what it tells of: nothing here points anywhere.
    """

    class Action(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        REMOVED = "removed", _("removed")

    network = models.ForeignKey(Network, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    at = models.DateTimeField()
    batch = models.BigIntegerField(help_text="the transaction")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        related_name="+",
        help_text="empty: the product itself, or somebody without an account",
    )
    action = models.CharField(max_length=8, choices=Action)
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()
    before = models.JSONField(default=dict, help_text="what differed, as it was; the whole row where it was removed")
    after = models.JSONField(default=dict, help_text="what differed, as it became; the whole row where it was added")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["network", "-id"], name="change_newest"),
            models.Index(fields=["network", "table", "row"], name="change_of_a_row"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.action}"


class NationalCoordinator(models.Model):
    """A person at KS or FHI who coordinates every network."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="national")
    since = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return str(self.user)


class RegisterMunicipality(models.Model):
    """A municipality number of the national register, with the dates it was in force."""

    number = models.CharField(max_length=4, unique=True)
    name = models.CharField(max_length=120)
    sort_name = models.CharField(max_length=240, editable=False, db_index=True)
    county = models.CharField(max_length=80)
    valid_from = models.DateField(null=True, blank=True, help_text="empty: since before the register begins")
    valid_to = models.DateField(null=True, blank=True, help_text="last day; empty: still in force")
    successors = models.ManyToManyField("self", symmetrical=False, related_name="predecessors")

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class RegisterPopulation(models.Model):
    """Persons living in a municipality on 1 January of a year."""

    municipality = models.ForeignKey(RegisterMunicipality, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    persons = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["municipality", "year"], name="one_population_per_year")
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.year}"
