"""The progress matrix: which teams have come how far with which work. The page, the CSV and the XLSX show this."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.models import AssignmentKind
from overview.gatherings import next_gathering, read_gatherings
from sessions.models import Assignment, Delivery, Gathering
from sessions.progress import DONE, Facts, Progress, State, progress
from teams.models import Supervisor, Team


@dataclass(frozen=True)
class Choice:
    """What the person has chosen to see. Keys are primary keys; None and "" mean everything."""

    state: str = ""
    gathering: int | None = None
    supervisor: int | None = None
    by_lateness: bool = False

    @property
    def narrows(self) -> bool:
        return bool(self.state or self.gathering or self.supervisor)


class Row(NamedTuple):
    """One team, with a cell for each column."""

    pk: int
    slug: str
    name: str
    organisation: str
    cells: list[Progress]


@dataclass(frozen=True)
class Matrix:
    """What is shown: columns in order of their gatherings, rows as chosen.

    `every` holds the rows before the filter by state, in order of their names.
    """

    columns: list[Assignment]
    rows: list[Row]
    every: list[Row]

    @property
    def groups(self) -> list[tuple[Gathering, int]]:
        """The gatherings over the columns, each with how many it spans."""
        found: list[tuple[Gathering, int]] = []
        for column in self.columns:
            if found and found[-1][0] == column.gathering:
                found[-1] = (column.gathering, found[-1][1] + 1)
            else:
                found.append((column.gathering, 1))
        return found


class Guide(NamedTuple):
    """A supervisor in the filter, and the teams she guides."""

    membership: int
    name: str
    teams: frozenset[int]


def at_work(teams: QuerySet[Team], today: date) -> QuerySet[Team]:
    """The teams that have not ended, of organisations that still take part."""
    return teams.filter(
        Q(ended_on=None) | Q(ended_on__gt=today),
        Q(participation__withdrawn=False) | Q(participation__withdrawn_on__gt=today),
    )


def read_guides(today: date) -> list[Guide]:
    """The network's supervisors by name, with the teams each guides today."""
    rows = (
        Supervisor.objects.filter(Q(until=None) | Q(until__gt=today), since__lte=today)
        .order_by("membership__user__name", "membership")
        .values_list("membership", "membership__user__name", "team")
    )
    names = {membership: name for membership, name, _team in rows}
    return [
        Guide(pk, name, frozenset(team for membership, _name, team in rows if membership == pk))
        for pk, name in names.items()
    ]


def read_matrix(
    teams: QuerySet[Team],
    gatherings: Sequence[Gathering],
    choice: Choice,
    *,
    guided: frozenset[int] | None = None,
    today: date,
) -> Matrix:
    """Read the matrix of these teams, of one network, in three queries, however many they are.

    `guided` holds the teams of the chosen supervisor, None when no one is chosen.
    """
    columns = _columns(gatherings, choice.gathering)
    chosen = [team for team in _read_teams(teams, today) if guided is None or team.pk in guided]
    every = _rows(chosen, _facts([team.pk for team in chosen]), columns, today)
    rows = [row for row in every if not choice.state or _has(row, choice.state)]
    return Matrix(columns, sorted(rows, key=_lateness) if choice.by_lateness else rows, every)


def read_matrices(networks: Iterable[int], teams: QuerySet[Team], *, today: date) -> dict[int, Matrix]:
    """The matrix of these teams in each of these open networks (by primary key), in four queries for them all."""
    columns = _columns(read_gatherings(), None)
    chosen = _read_teams(teams, today)
    facts = _facts([team.pk for team in chosen])
    found = {}
    for network in networks:
        own = [column for column in columns if column.network_id == network]
        rows = _rows([team for team in chosen if team.network == network], facts, own, today)
        found[network] = Matrix(own, rows, rows)
    return found


def sentence(matrix: Matrix, *, today: date, own: bool = False) -> str:
    """The state of things in one sentence. `own` when the reader is the supervisor that is waited for."""
    if not matrix.columns or not matrix.every:
        return ""
    late = sum(_has(row, State.LATE) for row in matrix.every)
    waiting = sum(_has(row, State.DELIVERED) for row in matrix.every)
    parts = [_delivered(matrix, today)]
    if late:
        parts.append(ngettext("%(count)s is late", "%(count)s are late", late) % {"count": late})
    if waiting and own:
        parts.append(ngettext("%(count)s waits for you", "%(count)s wait for you", waiting) % {"count": waiting})
    elif waiting:
        word = ngettext("%(count)s waits for the supervisor", "%(count)s wait for the supervisor", waiting)
        parts.append(word % {"count": waiting})
    return "; ".join(parts) + "."


def _columns(gatherings: Sequence[Gathering], chosen: int | None) -> list[Assignment]:
    """The assignments in order of their gatherings; each has its gathering at hand."""
    place = {gathering.pk: (number, gathering) for number, gathering in enumerate(gatherings)}
    wanted = [chosen] if chosen else list(place)
    columns = sorted(
        Assignment.objects.filter(gathering__in=wanted).defer("guidance_nb", "guidance_nn"),
        key=lambda column: (place[column.gathering_id][0], column.due, column.position, column.pk),
    )
    for column in columns:
        column.gathering = place[column.gathering_id][1]
    return columns


class _Team(NamedTuple):
    pk: int
    slug: str
    name: str
    organisation: str
    joined_on: date | None
    network: int


def _read_teams(teams: QuerySet[Team], today: date) -> list[_Team]:
    """The teams at work, by name."""
    found = at_work(teams, today).order_by("sort_name", "pk")
    columns = ("pk", "slug", "name", "participation__organisation__name", "joined_on", "network_id")
    return [_Team(*team) for team in found.values_list(*columns)]


def _rows(
    teams: Sequence[_Team], facts: dict[int, dict[int, Facts]], columns: Sequence[Assignment], today: date
) -> list[Row]:
    return [
        Row(
            team.pk,
            team.slug,
            team.name,
            team.organisation,
            _cells(facts.get(team.pk, {}), columns, team.joined_on, today),
        )
        for team in teams
    ]


def _facts(teams: list[int]) -> dict[int, dict[int, Facts]]:
    """What the deliveries of these teams say, by team and assignment."""
    found: dict[int, dict[int, Facts]] = {}
    rows = Delivery.objects.filter(team__in=teams).values_list(
        "team_id", "assignment_id", "state", "begun", "exempt", "extended_to"
    )
    for team, assignment, state, begun, exempt, extended_to in rows:
        found.setdefault(team, {})[assignment] = Facts(state, begun, exempt, extended_to)
    return found


def _cells(
    facts: dict[int, Facts], columns: Sequence[Assignment], joined_on: date | None, today: date
) -> list[Progress]:
    return [progress(facts.get(column.pk), due=column.due, today=today, joined_on=joined_on) for column in columns]


def _has(row: Row, state: str) -> bool:
    return any(cell.state == state for cell in row.cells)


def _lateness(row: Row) -> tuple[int, int, int]:
    """Those who are most behind first; a stable sort keeps the names in order within."""
    late = [cell.days_late for cell in row.cells if cell.state == State.LATE]
    waiting_for_team = sum(cell.state == State.RETURNED for cell in row.cells)
    return -max(late, default=0), -len(late), -waiting_for_team


def _delivered(matrix: Matrix, today: date) -> str:
    """How many have handed in the work that the next gathering turns on: its poster, or else what is due last."""
    gathering = next_gathering([gathering for gathering, _span in matrix.groups], today)
    columns = [column for column in matrix.columns if column.gathering == gathering]
    column = next((column for column in columns if column.kind == AssignmentKind.POSTER), columns[-1])
    place = matrix.columns.index(column)
    asked = [row.cells[place] for row in matrix.every if row.cells[place].state != State.EXEMPT]
    done = sum(cell.state in DONE for cell in asked)
    words = {"done": done, "total": len(asked), "title": column.title, "gathering": str(gathering)}
    if column.kind == AssignmentKind.POSTER:
        return _poster_words(done, len(asked)) % words
    return (
        ngettext(
            "%(done)s of %(total)s team has delivered “%(title)s” for %(gathering)s",
            "%(done)s of %(total)s teams have delivered “%(title)s” for %(gathering)s",
            len(asked),
        )
        % words
    )


def _poster_words(done: int, total: int) -> str:
    if done == total > 1:
        return _("All %(total)s teams have delivered the poster for %(gathering)s")
    return ngettext(
        "%(done)s of %(total)s team has delivered the poster for %(gathering)s",
        "%(done)s of %(total)s teams have delivered the poster for %(gathering)s",
        total,
    )
