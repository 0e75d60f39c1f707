"""Reading registrations: behind the personal link, and for the network's coordinators. All need the network's scope."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from documents.models import LibraryDocument
from networks.models import Change, Network
from sessions.models import Gathering
from signup.models import Invitee, RegisteredPerson, Registration
from signup.registration_fields import concerns, is_answered

State = Registration.State


def read_gatherings(network: Network) -> list[Gathering]:
    """The network's gatherings that are not cancelled, in order of time."""
    found = Gathering.objects.filter(network=network).exclude(state=Gathering.State.CANCELLED)
    return sorted(found, key=lambda gathering: (gathering.when or date.max, gathering.number or 0, gathering.pk))


def first_gathering(network: Network) -> Gathering | None:
    """The next of the network's own gatherings that a team that begins today can come to."""
    planned = Gathering.objects.filter(network=network, kind=Gathering.Kind.NETWORK, state=Gathering.State.PLANNED)
    coming = planned.filter(Q(ends_on__gte=timezone.localdate()) | Q(starts_on=None))
    return coming.order_by("starts_on", "number").first()


def coming_gatherings(network: Network) -> list[Gathering]:
    """The gatherings of any kind that have days and are not over, in order of time."""
    planned = Gathering.objects.filter(network=network, state=Gathering.State.PLANNED, starts_on__isnull=False)
    return list(planned.filter(ends_on__gte=timezone.localdate()).order_by("starts_on", "pk"))


def has_begun(network: Network, today: date) -> bool:
    """Whether the first gathering has been."""
    first = Gathering.objects.filter(network=network, kind=Gathering.Kind.NETWORK, number=1)
    return any(
        gathering.state == Gathering.State.HELD or (gathering.starts_on is not None and gathering.starts_on <= today)
        for gathering in first.exclude(state=Gathering.State.CANCELLED)
    )


def read_package() -> list[LibraryDocument]:
    """The preparation package of the network that is open."""
    return list(LibraryDocument.objects.filter(in_package=True).select_related("document"))


# Behind the link


def registrations_of(invitee: Invitee) -> QuerySet[Registration]:
    """What the organisation has registered in this round, in the order it was begun."""
    return Registration.objects.filter(invitee=invitee).select_related("copy").order_by("number")


# For coordinators


@dataclass(frozen=True)
class Row:
    """A registration in the list: the people are at hand, and what there is to talk about in few words."""

    registration: Registration
    leader: str
    concerns: list[str]
    is_answered: bool

    @property
    def when(self) -> datetime:
        """When it last went somewhere."""
        registration = self.registration
        decided = registration.decided_at if registration.state != State.SUBMITTED else None
        return decided or registration.submitted_at or registration.saved_at


@dataclass(frozen=True)
class Group:
    """Registrations that stand in one place. `note` says what that means."""

    state: str
    title: str
    rows: list[Row] = field(default_factory=list)


def read_groups() -> list[Group]:
    """The registrations of the network that is open, what waits first; groups without any are left out."""
    leaders = Prefetch("people", RegisteredPerson.objects.filter(position=0))
    found = Registration.objects.select_related("invitee__organisation", "invitee__round", "team", "decided_by")
    rows = [_row(registration) for registration in found.exclude(state=State.DRAFT).prefetch_related(leaders)]
    titles = {
        State.SUBMITTED: _("Waits for your answer"),
        State.ASKED: _("Asked back: waits for them"),
        State.WAITING: _("On the waiting list"),
        State.ACCEPTED: _("Accepted"),
        State.DECLINED: _("Declined"),
    }
    groups = [
        Group(state, title, sorted((row for row in rows if row.registration.state == state), key=lambda row: row.when))
        for state, title in titles.items()
    ]
    return [group for group in groups if group.rows]


def read_drafts() -> list[Registration]:
    """What is being written and not sent: only whose it is and when it was saved is for coordinators."""
    found = Registration.objects.filter(state=State.DRAFT).select_related("invitee__organisation")
    return list(found.order_by("-saved_at"))


def _row(registration: Registration) -> Row:
    leader = next(iter(registration.people.all()), None)
    return Row(registration, leader.name if leader else "", concerns(registration), is_answered(registration))


@dataclass(frozen=True)
class Event:
    """Something that happened to a registration."""

    at: datetime
    words: str
    who: User | None
    text: str = ""


def read_history(registration: Registration) -> list[Event]:
    """When it was sent and what was decided, oldest first: from the record the database keeps."""
    changes = Change.objects.filter(
        network=registration.network_id, table=Registration._meta.db_table, row=registration.pk, after__has_key="state"
    ).order_by("pk")
    rows = [change for change in changes if change.after["state"] != State.DRAFT]
    people = User.objects.in_bulk({change.actor_id for change in rows if change.actor_id})
    words = {
        State.SUBMITTED: _("sent the registration"),
        State.ASKED: _("asked back"),
        State.WAITING: _("put it on the waiting list"),
        State.ACCEPTED: _("accepted the team"),
        State.DECLINED: _("declined"),
    }
    return [
        Event(
            at=change.at,
            words=str(words[State(change.after["state"])]),
            who=people.get(change.actor_id) if change.actor_id else None,
            text=_answer(change, rows[: number + 1]),
        )
        for number, change in enumerate(rows)
    ]


def _answer(change: Change, until: list[Change]) -> str:
    """What the coordinator wrote then. The record tells only what changed, so the same words twice are looked up."""
    if change.after["state"] == State.SUBMITTED:
        return ""
    return next((str(row.after["answer"]) for row in reversed(until) if "answer" in row.after), "")
