"""Reading everyone who is or was in a network: their roles and places, and whether they have come in."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gpf.norwegian import sort_key
from networks.models import Membership, ParticipationLeader, Role
from teams.models import Supervisor, TeamMember


class State(StrEnum):
    """How far a person has come into the network."""

    ACTIVE = "active"
    INVITED = "invited"
    EXPIRED = "expired"
    ENDED = "ended"


STATE_WORDS = {
    State.ACTIVE: _("active"),
    State.INVITED: _("invited, not yet signed in"),
    State.EXPIRED: _("the invitation has expired"),
    State.ENDED: _("ended"),
}


@dataclass(frozen=True)
class Place:
    """What a role is about: a team or an organisation, what the person does there, and when it ended."""

    name: str
    function: str = ""
    team_slug: str = ""
    participation: int = 0
    ended_on: date | None = None


@dataclass(frozen=True)
class RoleLine:
    """One role of a person, and its places."""

    membership: Membership
    places: list[Place]
    ended: bool

    @property
    def role(self) -> str:
        return str(self.membership.get_role_display())

    @property
    def open_places(self) -> list[Place]:
        return [place for place in self.places if place.ended_on is None]


@dataclass(frozen=True)
class Person:
    """A person in the network, with every role she has or had."""

    user: User
    roles: list[RoleLine]
    invited_until: datetime | None = None
    state: State = State.ACTIVE
    participations: set[int] = field(default_factory=set)

    @property
    def word(self) -> str:
        if self.state == State.EXPIRED and self.invited_until is None:
            return str(_("not invited yet"))
        return str(STATE_WORDS[self.state])

    @property
    def ended_on(self) -> date | None:
        """The day the last role ended."""
        return max((line.membership.ends_on for line in self.roles if line.membership.ends_on), default=None)

    def has(self, role: str) -> bool:
        return any(
            line.membership.role == role and (not line.ended or self.state == State.ENDED) for line in self.roles
        )


def read_people(today: date, user: User | None = None) -> list[Person]:
    """Everyone of the open network in Norwegian order, those whose access has ended last; or one of them.

    In five queries, however many they are.
    """
    rows = Membership.objects.select_related("user")
    if user is not None:
        rows = rows.filter(user=user)
    roles: dict[int, list[Membership]] = defaultdict(list)
    for row in rows:
        roles[row.user_id].append(row)
    places, within = _places(today, user)
    until = _invited_until(roles)
    people = [_person(own, places, within, until.get(key), today) for key, own in roles.items()]
    return sorted(people, key=lambda one: (one.state == State.ENDED, sort_key(str(one.user)), one.user.pk))


def _person(
    rows: list[Membership],
    places: dict[tuple[int, str], list[Place]],
    within: dict[int, set[int]],
    until: datetime | None,
    today: date,
) -> Person:
    user, order = rows[0].user, list(Role)
    lines = [
        RoleLine(row, places.get((row.user_id, row.role), []), row.ends_on is not None and row.ends_on <= today)
        for row in sorted(rows, key=lambda row: order.index(Role(row.role)))
    ]
    return Person(user, lines, until, _state(user, lines, until), within.get(user.pk, set()))


def _state(user: User, lines: list[RoleLine], until: datetime | None) -> State:
    if all(line.ended for line in lines):
        return State.ENDED
    if user.last_login is not None:
        return State.ACTIVE
    return State.INVITED if until is not None and until > timezone.now() else State.EXPIRED


def _invited_until(users: dict[int, list[Membership]]) -> dict[int, datetime]:
    """Until when the newest link of each who has never been in works."""
    waiting = [rows[0].user_id for rows in users.values() if rows[0].user.last_login is None]
    found = User.objects.filter(pk__in=waiting, invitations__used_at=None).annotate(
        until=Max("invitations__expires_at")
    )
    return dict(found.values_list("pk", "until"))


def _places(today: date, user: User | None) -> tuple[dict[tuple[int, str], list[Place]], dict[int, set[int]]]:
    """The places by user and role, and the participations each user belongs to."""
    places: dict[tuple[int, str], list[Place]] = defaultdict(list)
    within: dict[int, set[int]] = defaultdict(set)
    own = Q() if user is None else Q(membership__user=user)
    order = ("team__sort_name", "pk")
    seats = TeamMember.objects.filter(own).select_related("team", "membership").order_by(*order)
    for seat in seats:
        ended = min((day for day in (seat.left_on, seat.team.ended_on) if day and day <= today), default=None)
        function = "" if seat.function == TeamMember.Function.MEMBER else seat.get_function_display()
        place = Place(seat.team.name, function, seat.team.slug, seat.team.participation_id, ended)
        places[seat.membership.user_id, Role.TEAM_MEMBER].append(place)
    newest = Supervisor.objects.filter(own).order_by("team", "membership", "-since").distinct("team", "membership")
    guided = Supervisor.objects.filter(pk__in=newest.values("pk"))
    for guide in guided.select_related("team", "membership").order_by(*order):
        ended = guide.until if guide.until and guide.until <= today else None
        place = Place(guide.team.name, "", guide.team.slug, guide.team.participation_id, ended)
        places[guide.membership.user_id, Role.SUPERVISOR].append(place)
    leaders = ParticipationLeader.objects.filter(Q() if user is None else Q(user=user))
    for leader in leaders.select_related("participation__organisation").order_by(
        "participation__organisation__sort_name"
    ):
        place = Place(leader.participation.organisation.name, participation=leader.participation_id)
        places[leader.user_id, Role.LEADER].append(place)
    for (key, _role), found in places.items():
        within[key].update(place.participation for place in found)
    return places, within
