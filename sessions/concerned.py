"""Who is told when something happens to a whole gathering: everybody who takes part in the network today, once each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import User
from gpf.norwegian import sort_key
from networks.models import Membership, ParticipationLeader, Role
from notices.mailing import Addressee
from teams.models import Team, TeamMember

ORDER = (Role.TEAM_MEMBER, Role.SUPERVISOR, Role.LEADER, Role.COORDINATOR, Role.OBSERVER)
"""A person with several roles is told once, as the first of these."""


@dataclass(frozen=True)
class Person:
    """Somebody to tell, what she is in the network, and the teams (primary keys) she works in or answers for."""

    user: User
    role: Role
    teams: frozenset[int] = frozenset()

    @property
    def addressee(self) -> Addressee:
        return Addressee(self.user.name, self.user.email, self.user.language, self.user)


@dataclass(frozen=True)
class Group:
    """The people of one role, by name."""

    role: Role
    people: list[Person]


def read_concerned(today: date) -> list[Person]:
    """Everybody to tell in the open network, by name, in three queries.

    Members of teams that go on, leaders of organisations that take part, and supervisors, coordinators and observers
    with access today. Whoever has none any more, or only a team that has ended, is left in peace.
    """
    going_on = Team.objects.going_on(today).values("pk")
    own = _by_user(
        TeamMember.objects.filter(Q(left_on=None) | Q(left_on__gt=today), team__in=going_on).values_list(
            "membership__user_id", "team_id"
        )
    )
    led = _by_user(
        ParticipationLeader.objects.filter(
            Q(participation__withdrawn=False) | Q(participation__withdrawn_on__gt=today)
        ).values_list("user_id", "participation__teams")
    )
    found: dict[int, Person] = {}
    memberships = Membership.objects.active(today).select_related("user")
    for place in sorted(memberships, key=lambda place: ORDER.index(Role(place.role))):
        role, at_work = Role(place.role), {Role.TEAM_MEMBER: own, Role.LEADER: led}.get(Role(place.role))
        if at_work is None or place.user_id in at_work:
            teams = frozenset(at_work[place.user_id] if at_work else ())
            found.setdefault(place.user_id, Person(place.user, role, teams))
    return sorted(found.values(), key=lambda person: (sort_key(person.user.name), person.user.pk))


def grouped(people: Sequence[Person]) -> list[Group]:
    """The people under their roles, those with most to do first."""
    groups = [Group(role, [person for person in people if person.role == role]) for role in ORDER]
    return [group for group in groups if group.people]


def _by_user(rows: Iterable[tuple[int, int | None]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for user, team in rows:
        found[user] |= {team} if team else set()
    return found
