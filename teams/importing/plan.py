"""What a list will do, row by row, in words. Nothing is written here.

Each row is looked at after those before it, so that two rows of one person, or two leaders of one team, are seen.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.utils import parseaddr
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from gpf.norwegian import sort_key
from networks.models import Network, Participation, Role
from teams.importing import words
from teams.importing.finding import Finder, NewTeam, RefusedError, Target
from teams.importing.reading import Row
from teams.importing.standing import Known, Standing, read_standing
from teams.models import Team, TeamMember

Function = TeamMember.Function
LONGEST = {"name": 120, "title": 120, "unit": 120, "team": 120, "email": 254}


class What(StrEnum):
    """What becomes of a row."""

    INVITE = "invite"
    ROLE = "role"
    NOTHING = "nothing"
    REFUSED = "refused"


@dataclass(frozen=True)
class Step:
    """A row and what becomes of it. `words` is what a person reads; the rest is what is done."""

    row: Row
    what: What
    words: str
    email: str = ""
    role: Role = Role.TEAM_MEMBER
    function: Function = Function.MEMBER
    teams: tuple[Team | NewTeam, ...] = ()
    participation: Participation | None = None
    language: str = "nb"
    stands_as: str = ""
    """The name the address has in the network, where the list has another. It is kept."""

    @property
    def does_something(self) -> bool:
        return self.what in (What.INVITE, What.ROLE)

    @property
    def new_teams(self) -> list[NewTeam]:
        return [team for team in self.teams if isinstance(team, NewTeam)]


@dataclass(frozen=True)
class Plan:
    """Every row, in the list's order."""

    steps: list[Step] = field(default_factory=list)

    @property
    def counts(self) -> Counter[What]:
        return Counter(step.what for step in self.steps)

    @property
    def does_something(self) -> bool:
        return any(step.does_something for step in self.steps)

    @property
    def refused(self) -> list[Step]:
        return [step for step in self.steps if step.what == What.REFUSED]

    @property
    def fingerprint(self) -> str:
        """The same for the same list in a network that stands the same."""
        said = [(step.row.line, step.what, step.words, step.stands_as) for step in self.steps]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def make_plan(*, network: Network, rows: Sequence[Row], make_teams: bool) -> Plan:
    """What the list will do in the network, which must be open. `make_teams`: those that are missing are made."""
    standing = read_standing(network, rows)
    planner = _Planner(standing, Finder(standing, make_teams=make_teams))
    return Plan([planner.plan(row) for row in rows])


class _Planner:
    """Goes through the rows, and remembers what those before will have done."""

    def __init__(self, standing: Standing, finder: Finder) -> None:
        self.standing = standing
        self.finder = finder
        self.people = dict(standing.people)
        self.lines: dict[tuple[str, Role, object], int] = {}
        self.new_leaders: dict[object, str] = {}

    def plan(self, row: Row) -> Step:
        try:
            return self._plan(row)
        except RefusedError as refused:
            return Step(row, What.REFUSED, str(refused))

    def _plan(self, row: Row) -> Step:
        _check_lengths(row)
        email = _address(row)
        role, function = self._role(row)
        target = self.finder.find(row, role)
        known = self.people.get(email)
        if known is None and not row.name:
            raise RefusedError(_("The name is missing."))
        if repeated := self._repeated(email, role, function, target):
            return Step(row, What.NOTHING, _("Says the same as line %(line)d.") % {"line": repeated})
        if role == Role.TEAM_MEMBER:
            self._check_seat(email, known, function, target)
        language = self._language(row, target)
        what, said = self._said(row, known, role, function, target)
        self._remember(row, email, role, function, target)
        return Step(
            row, what, said, email, role, function, target.teams, target.participation, language, _other(row, known)
        )

    def _role(self, row: Row) -> tuple[Role, Function]:
        if not row.role:
            if row.team:
                return Role.TEAM_MEMBER, Function.MEMBER
            raise RefusedError(_("The role is missing."))
        found = words.role(row.role)
        if found is None:
            raise RefusedError(
                _("“%(word)s” is no role here. Write for example team leader, member, supervisor or coordinator.")
                % {"word": row.role}
            )
        return found

    def _language(self, row: Row, target: Target) -> str:
        if row.language and not words.language(row.language):
            raise RefusedError(
                _("“%(word)s” is none of the languages. Write bokmål or nynorsk.") % {"word": row.language}
            )
        own = next((team.language for team in target.teams if isinstance(team, Team)), self.standing.network.language)
        return words.language(row.language) or own

    def _repeated(self, email: str, role: Role, function: Function, target: Target) -> int:
        """The line that says the same already, or 0. Another function in the same team is no repetition but a clash."""
        keys = [(email, role, place) for place in target.keys]
        lines = [self.lines.get(key, 0) for key in keys]
        if not all(lines):
            return 0
        known = self.people[email]
        for team in target.teams if role == Role.TEAM_MEMBER else ():
            if known.seats.get(_key(team)) not in (function, None):
                raise RefusedError(
                    _("Line %(line)d says that this person does something else in the team.") % {"line": max(lines)}
                )
        return max(lines)

    def _check_seat(self, email: str, known: Known | None, function: Function, target: Target) -> None:
        """A team has one leader, who is changed on the team's page and not by a list."""
        (team,) = target.teams
        leader = self._leader(team)
        if function == Function.LEADER and leader and leader[0] != email:
            raise RefusedError(
                _("%(team)s has a team leader already: %(leader)s. Change that on the team’s own page.")
                % {"team": team, "leader": leader[1]}
            )
        if function != Function.LEADER and leader and leader[0] == email:
            raise RefusedError(
                _("%(leader)s leads %(team)s. Change that on the team’s own page.")
                % {"team": team, "leader": leader[1]}
            )

    def _leader(self, team: Team | NewTeam) -> tuple[str, str] | None:
        if (key := _key(team)) in self.new_leaders:
            email = self.new_leaders[key]
            return email, self.people[email].name
        return self.standing.leaders.get(team.pk) if isinstance(team, Team) else None

    def _said(self, row: Row, known: Known | None, role: Role, function: Function, target: Target) -> tuple[What, str]:
        """What will happen, in words. What is so already is left as it is."""
        as_what = _as_what(role, function, target)
        first = _("The team %(team)s is made first.")
        made = "".join(f" {first % {'team': team}}" for team in self.finder.first(target))
        if known is None:
            return What.INVITE, _("%(name)s is invited as %(what)s.") % {"name": row.name, "what": as_what} + made
        said = {"name": known.name, "what": as_what}
        if _is_so(known, role, function, target):
            return What.NOTHING, _("%(name)s is %(what)s already.") % said
        (key,) = target.keys[:1]
        if role == Role.TEAM_MEMBER and key in known.seats:
            said["before"] = str(known.seats[key].label)
            return What.ROLE, _("%(name)s is %(before)s now, and becomes %(what)s.") % said + made
        return What.ROLE, _("%(name)s, who is in the network already, becomes %(what)s.") % said + made

    def _remember(self, row: Row, email: str, role: Role, function: Function, target: Target) -> None:
        known = self.people.setdefault(email, Known(row.name))
        known.roles.add(role)
        for key in target.keys:
            self.lines.setdefault((email, role, key), row.line)
        for team in target.teams:
            if role == Role.TEAM_MEMBER and function == Function.LEADER:
                self.new_leaders[_key(team)] = email
            if role == Role.TEAM_MEMBER:
                known.seats[_key(team)] = function
            else:
                known.guides.add(_key(team))
        if target.participation is not None:
            known.commits.add(target.participation.pk)


def _check_lengths(row: Row) -> None:
    if row.is_too_long() or any(len(getattr(row, name)) > most for name, most in LONGEST.items()):
        raise RefusedError(_("A cell of this row is too long. Is a quotation mark missing?"))


def _address(row: Row) -> str:
    """The address, also where it is written with the name before it."""
    email = parseaddr(row.email)[1].lower()
    if not row.email:
        raise RefusedError(_("The email address is missing."))
    try:
        validate_email(email)
    except ValidationError:
        raise RefusedError(_("“%(address)s” is no email address.") % {"address": row.email}) from None
    return email


def _key(team: Team | NewTeam) -> object:
    return team.pk if isinstance(team, Team) else team


def _is_so(known: Known, role: Role, function: Function, target: Target) -> bool:
    if role not in known.roles:
        return False
    teams = [_key(team) for team in target.teams]
    if role == Role.TEAM_MEMBER:
        return all(known.seats.get(team) == function for team in teams)
    if role == Role.SUPERVISOR:
        return known.guides.issuperset(teams)
    return target.participation is None or target.participation.pk in known.commits


def _other(row: Row, known: Known | None) -> str:
    """The name that stands here, where the row has another than that."""
    is_other = known is not None and row.name and sort_key(row.name) != sort_key(known.name)
    return known.name if known is not None and is_other else ""


def _as_what(role: Role, function: Function, target: Target) -> str:
    """The role with its place: "team leader in Vinje"."""
    teams = ", ".join(str(team) for team in target.teams)
    if role == Role.TEAM_MEMBER:
        return _("%(function)s in %(team)s") % {"function": function.label, "team": teams}
    if role == Role.SUPERVISOR and teams:
        return _("%(role)s for %(teams)s") % {"role": role.label, "teams": teams}
    if target.participation is not None:
        return _("%(role)s in %(organisation)s") % {"role": role.label, "organisation": target.participation}
    return str(role.label)


__all__ = ["Plan", "Step", "What", "make_plan"]
