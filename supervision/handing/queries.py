"""Reading who guides whom: team by team under each supervisor, and the teams nobody guides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from networks.models import Membership
from teams.models import Supervisor, Team


@dataclass(frozen=True)
class Line:
    """A team under a supervisor: her row, who guides it with her, and who stands in for her, now or later."""

    row: Supervisor
    others: Sequence[str]
    stand_ins: Sequence[Supervisor]

    @property
    def team(self) -> Team:
        return self.row.team

    @property
    def last_day(self) -> date | None:
        return self.row.last_day

    @property
    def is_stand_in(self) -> bool:
        return self.row.stands_in_for_id is not None


@dataclass(frozen=True)
class Guide:
    """A supervisor and her teams: those that are hers, and those where she stands in."""

    membership: Membership
    lines: Sequence[Line] = field(default=())

    @property
    def own(self) -> list[Line]:
        return [line for line in self.lines if not line.is_stand_in]

    @property
    def for_others(self) -> list[Line]:
        return [line for line in self.lines if line.is_stand_in]


def read_guides(memberships: Sequence[Membership], today: date) -> list[Guide]:
    """These supervisors and their teams that go on. One query, however many they are."""
    rows = _rows(today)
    by_team: dict[int, list[Supervisor]] = {}
    for row in rows:
        by_team.setdefault(row.team_id, []).append(row)
    found: dict[int, list[Line]] = {}
    for row in rows:
        if row.since <= today or row.stands_in_for_id is not None:
            beside = by_team[row.team_id]
            others = [
                str(each)
                for each in beside
                if each.membership_id != row.membership_id and each.since <= today and each.stands_in_for_id is None
            ]
            stand_ins = [each for each in beside if each.stands_in_for_id == row.membership_id]
            found.setdefault(row.membership_id, []).append(Line(row, others, stand_ins))
    return [Guide(membership, found.get(membership.pk, [])) for membership in memberships]


def own_teams_of(membership: Membership, today: date) -> list[Team]:
    """The teams the supervisor guides for good, by name: those she can hand over."""
    rows = Supervisor.objects.guiding(today).filter(membership=membership, stands_in_for=None)
    teams = Team.objects.going_on(today).filter(pk__in=rows.values("team"))
    return list(teams.order_by("sort_name", "pk"))


def unguided(today: date) -> list[Team]:
    """The teams that go on and that nobody guides today, by name."""
    guided = Supervisor.objects.guiding(today).filter(membership__in=Membership.objects.active(today))
    return list(Team.objects.going_on(today).exclude(pk__in=guided.values("team")).order_by("sort_name", "pk"))


def _rows(today: date) -> list[Supervisor]:
    rows = Supervisor.objects.filter(
        Q(until=None) | Q(until__gt=today),
        membership__in=Membership.objects.active(today),
        team__in=Team.objects.going_on(today),
    )
    along = ("team", "membership__user", "stands_in_for__user", "handed_over_by__user")
    return list(rows.select_related(*along).order_by("team__sort_name", "since", "pk"))
