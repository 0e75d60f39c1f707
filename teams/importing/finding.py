"""Which team or organisation a row means. What is not certain is asked about, never guessed."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gpf.norwegian import sort_key
from networks.models import Participation, Role
from teams.importing.reading import Row
from teams.importing.standing import Standing
from teams.models import Team

SEVERAL = re.compile(r"\s*[;|/+]\s*")


class RefusedError(Exception):
    """The row can not be brought in. Its text says why."""


@dataclass(frozen=True)
class NewTeam:
    """A team that is made with the list. The same name in the same organisation is the same team."""

    participation_pk: int
    key: str
    name: str

    def __str__(self) -> str:
        return self.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NewTeam) and (self.participation_pk, self.key) == (other.participation_pk, other.key)

    def __hash__(self) -> int:
        return hash((self.participation_pk, self.key))


@dataclass(frozen=True)
class Target:
    """What a role is about: teams, or an organisation, or the network itself."""

    teams: tuple[Team | NewTeam, ...] = ()
    participation: Participation | None = None

    @property
    def keys(self) -> list[object]:
        """What tells two targets apart."""
        if self.teams:
            return [team.pk if isinstance(team, Team) else team for team in self.teams]
        return [("organisation", self.participation.pk) if self.participation else "network"]


class Finder:
    """Finds what the rows of one list mean."""

    def __init__(self, standing: Standing, *, make_teams: bool) -> None:
        self.standing = standing
        self.make_teams = make_teams
        self.announced: set[NewTeam] = set()
        self.taken: dict[str, NewTeam] = {}

    def find(self, row: Row, role: Role) -> Target:
        """What the row's role is about. Raises RefusedError."""
        if role in (Role.COORDINATOR, Role.OBSERVER):
            return Target()
        if role == Role.LEADER:
            return Target(participation=self._committed(row))
        organisation = self._participation(row.organisation) if row.organisation else None
        if role == Role.SUPERVISOR:
            return Target(teams=self._guided(row, organisation))
        return Target(teams=(self._team(row.team, organisation),))

    def first(self, target: Target) -> list[NewTeam]:
        """Those of the target's teams that are to be made and no row before has named."""
        found = [team for team in target.teams if isinstance(team, NewTeam) and team not in self.announced]
        self.announced.update(found)
        return found

    def _committed(self, row: Row) -> Participation:
        if row.organisation:
            return self._participation(row.organisation)
        if not row.team:
            raise RefusedError(_("Write which organisation it is."))
        team = self._team(row.team, None)
        assert isinstance(team, Team)  # a new one is only made where the organisation is named
        return team.participation

    def _guided(self, row: Row, organisation: Participation | None) -> tuple[Team | NewTeam, ...]:
        if not row.team:
            return tuple(self.standing.teams_of(organisation)) if organisation else ()
        if self.standing.team_called(row.team):
            return (self._team(row.team, organisation),)
        return tuple(self._team(name, organisation) for name in SEVERAL.split(row.team) if name)

    def _team(self, name: str, organisation: Participation | None) -> Team | NewTeam:
        if not name:
            return self._only_team(organisation)
        named = self.standing.team_called(name)
        found = [team for team in named if organisation is None or team.participation_id == organisation.pk]
        if len(found) > 1:
            raise RefusedError(_("Several teams are called %(name)s. Write the organisation too.") % {"name": name})
        if found:
            return self._at_work(found[0])
        if named:
            raise RefusedError(
                _("The team %(team)s works for %(organisation)s.")
                % {"team": named[0], "organisation": named[0].participation}
            )
        if organisation is None:
            raise RefusedError(
                _("There is no team called %(name)s. If it is to be made, write the organisation too.") % {"name": name}
            )
        return self._new_team(name, organisation)

    def _only_team(self, organisation: Participation | None) -> Team | NewTeam:
        if organisation is None:
            raise RefusedError(_("Write which team it is, or which organisation."))
        teams = self.standing.teams_of(organisation)
        if len(teams) > 1:
            raise RefusedError(
                _("%(organisation)s has several teams: %(teams)s. Write which.")
                % {"organisation": organisation, "teams": ", ".join(team.name for team in teams)}
            )
        return teams[0] if teams else self._new_team(organisation.organisation.name, organisation)

    def _new_team(self, name: str, organisation: Participation) -> NewTeam:
        new = NewTeam(organisation.pk, sort_key(name), name)
        other = self.taken.setdefault(new.key, new)
        if self.standing.team_called(name) or other != new:
            raise RefusedError(
                _("Another organisation has a team called %(name)s. Choose another name.") % {"name": name}
            )
        if not self.make_teams:
            raise RefusedError(
                _("%(organisation)s has no team called %(name)s. Tick that missing teams are to be made.")
                % {"organisation": organisation, "name": name}
            )
        return new

    def _at_work(self, team: Team) -> Team:
        if not team.goes_on(self.standing.today):
            raise RefusedError(_("The team %(team)s has ended.") % {"team": team})
        return team

    def _participation(self, words: str) -> Participation:
        found = self.standing.participations_called(words)
        if len(found) > 1:
            numbers = ", ".join(f"{row.organisation.number} ({row.organisation.county})" for row in found)
            raise RefusedError(
                _("Several are called %(name)s. Write the municipality number instead: %(numbers)s.")
                % {"name": words, "numbers": numbers}
            )
        if not found:
            raise RefusedError(self._unknown(words))
        if found[0].has_withdrawn(self.standing.today):
            raise RefusedError(_("%(organisation)s has withdrawn.") % {"organisation": found[0]})
        return found[0]

    def _unknown(self, words: str) -> str:
        heirs = self.standing.successors(words)
        if heirs:
            return _("%(name)s is now %(successors)s. Write that instead.") % {"name": words, "successors": heirs}
        return _("%(name)s does not take part in this network. Add it among the participants first.") % {"name": words}
