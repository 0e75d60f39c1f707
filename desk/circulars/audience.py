"""Whom a circular goes to: chosen by what people are and by what their teams have done, found when it is asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from networks.models import Membership, Role
from sessions.concerned import Person, read_concerned
from sessions.models import Assignment, Delivery, Gathering
from sessions.progress import OPEN, Facts, State, progress
from teams.models import Supervisor, Team, TeamMember

WHOM: Mapping[str, str | Promise] = {
    "everybody": _("Everybody in the network"),
    "role": _("Those with one role"),
    "teams": _("Chosen teams"),
    "supervisor": _("The teams of one supervisor"),
    "not_delivered": _("Teams that have not handed in"),
    "late": _("Teams that are late with something"),
}


@dataclass(frozen=True)
class Audience:
    """What was chosen. `only_leaders` narrows teams to who leads them; where nobody does, everybody in the team."""

    whom: str = "everybody"
    role: str = ""
    teams: tuple[int, ...] = ()
    supervisor: int | None = None
    assignment: int | None = None
    only_leaders: bool = False

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Audience":
        """The audience as a circular keeps it."""
        return cls(**{**content, "teams": tuple(content.get("teams", ()))})

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "teams": list(self.teams)}


@dataclass(frozen=True)
class Reached:
    """One person, and the team and the work that the circular's fields speak of to her."""

    user: User
    role: Role
    team: Team | None = None
    assignment: Assignment | None = None
    due: date | None = None


@dataclass(frozen=True)
class Concerned:
    """A team a circular concerns, with the day that counts for it where it is about work."""

    team: Team
    due: date | None = None


def read_audience(audience: Audience, today: date) -> list[Reached]:
    """Everybody it reaches, by name, once each. A fixed number of queries. Needs the network's scope.

    Who has no access today, or only a team that has ended, is not among them.
    """
    people = read_concerned(today)
    if audience.whom == "everybody":
        own = _teams_of(people)
        return [_reached(person, own) for person in people]
    if audience.whom == "role":
        own = _teams_of(people)
        return [_reached(person, own) for person in people if person.role == audience.role]
    assignment = _assignment(audience)
    concerned = {each.team.pk: each for each in _concerned(audience, assignment, today)}
    leaders = _leaders(concerned, today) if audience.only_leaders else {}
    found = []
    for person in people:
        mine = sorted(person.teams & concerned.keys()) if person.role == Role.TEAM_MEMBER else []
        mine = [team for team in mine if person.user.pk in leaders.get(team, {person.user.pk})]
        if mine:
            each = concerned[mine[0]]
            found.append(Reached(person.user, person.role, each.team, assignment, each.due))
    return found


def _reached(person: Person, teams: Mapping[int, Team]) -> Reached:
    return Reached(person.user, person.role, next((teams[pk] for pk in sorted(person.teams) if pk in teams), None))


def _teams_of(people: Iterable[Person]) -> dict[int, Team]:
    return Team.objects.in_bulk({pk for person in people for pk in person.teams})


def _assignment(audience: Audience) -> Assignment | None:
    if audience.assignment is None:
        return None
    return Assignment.objects.select_related("gathering").filter(pk=audience.assignment).first()


def _concerned(audience: Audience, assignment: Assignment | None, today: date) -> list[Concerned]:
    teams = Team.objects.taking_part(today).order_by("sort_name", "pk")
    if audience.whom == "teams":
        return [Concerned(team) for team in teams.filter(pk__in=audience.teams)]
    if audience.whom == "supervisor":
        guided = Supervisor.objects.filter(
            Q(until=None) | Q(until__gt=today), since__lte=today, membership=audience.supervisor
        )
        return [Concerned(team) for team in teams.filter(pk__in=guided.values("team"))]
    if audience.whom == "not_delivered":
        return _behind(teams, [assignment] if assignment else [], today, OPEN)
    cancelled = Q(gathering__state=Gathering.State.CANCELLED)
    everything = Assignment.objects.filter(due__lt=today).exclude(cancelled)
    return _behind(teams, list(everything), today, frozenset({State.LATE}))


def _behind(
    teams: Iterable[Team], assignments: Sequence[Assignment], today: date, states: frozenset[State]
) -> list[Concerned]:
    """The teams for which one of these is so, with the first day."""
    rows = Delivery.objects.filter(assignment__in=assignments)
    facts = {(row.team_id, row.assignment_id): Facts(row.state, row.begun, row.exempt, row.extended_to) for row in rows}
    found = []
    for team in teams:
        so_far = [
            progress(facts.get((team.pk, each.pk)), due=each.due, today=today, joined_on=team.joined_on)
            for each in assignments
        ]
        days = [each.due for each in so_far if each.state in states]
        if days:
            found.append(Concerned(team, min(days)))
    return found


def _leaders(teams: Iterable[int], today: date) -> dict[int, set[int]]:
    """Who leads which of the teams (users' keys), and has access today."""
    here = Q(left_on=None) | Q(left_on__gt=today)
    active = Membership.objects.active(today).filter(role=Role.TEAM_MEMBER)
    rows = TeamMember.objects.filter(
        here, team__in=list(teams), function=TeamMember.Function.LEADER, membership__in=active
    )
    found: dict[int, set[int]] = {}
    for team, user in rows.values_list("team_id", "membership__user_id"):
        found.setdefault(team, set()).add(user)
    return found
