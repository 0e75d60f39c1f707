"""The progress matrix: which teams have come how far with which work. The page, the CSV and the XLSX show this."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf.norwegian import sort_key
from networks.models import AssignmentKind
from overview.gatherings import in_order, next_gathering
from sessions.models import Assignment, Delivery, Gathering
from sessions.progress import DONE, Facts, Progress, State, progress
from teams.models import Team


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


ALL = Choice()


class Member(NamedTuple):
    """A team of the matrix. `guides` holds the names of those who guide it today, by membership."""

    pk: int
    slug: str
    name: str
    organisation: str
    joined_on: date | None
    network: int
    participation: int
    guides: dict[int, str]


class Row(NamedTuple):
    """One team, with a cell for each column."""

    team: Member
    cells: list[Progress]

    @property
    def states(self) -> set[State]:
        return {cell[0] for cell in self.cells}


@dataclass(frozen=True)
class Matrix:
    """What is shown: columns in order of their gatherings, rows as chosen.

    `every` holds the rows before the filter by state, in order of their names.
    """

    columns: list[Assignment]
    rows: list[Row]
    every: list[Row]
    today: date

    @property
    def groups(self) -> list[tuple[Gathering, int]]:
        """The gatherings over the columns, each with how many it spans."""
        spans = Counter(column.gathering_id for column in self.columns)
        return [(gathering, spans[gathering.pk]) for gathering in gatherings_of(self.columns)]

    @property
    def ages(self) -> dict[int, str]:
        """Which gatherings (primary keys) are before or after the next one: "earlier" or "later"."""
        gatherings = gatherings_of(self.columns)
        coming = next_gathering(gatherings, self.today)
        place = gatherings.index(coming) if coming else 0
        earlier, later = gatherings[:place], gatherings[place + 1 :]
        return {each.pk: "earlier" for each in earlier} | {each.pk: "later" for each in later}


def gatherings_of(columns: Iterable[Assignment]) -> list[Gathering]:
    """The gatherings of these assignments, each once, in the order they come."""
    return list({column.gathering_id: column.gathering for column in columns}.values())


def has_ended(ended_on: date | None, withdrawn: bool, withdrawn_on: date | None, today: date) -> bool:
    """Whether a team has ended, by itself or with the organisation that withdrew; the other side of `at_work`."""
    return (ended_on is not None and ended_on <= today) or (
        withdrawn and (withdrawn_on is None or withdrawn_on <= today)
    )


def at_work(teams: QuerySet[Team], today: date) -> QuerySet[Team]:
    """The teams that have not ended, of organisations that still take part."""
    return teams.filter(
        Q(ended_on=None) | Q(ended_on__gt=today),
        Q(participation__withdrawn=False) | Q(participation__withdrawn_on__gt=today),
    )


def read_columns() -> list[Assignment]:
    """The assignments of the open networks in order of their gatherings, each with its gathering at hand.

    What belongs to a cancelled gathering is left out.
    """
    found = Assignment.objects.select_related("gathering").exclude(gathering__state=Gathering.State.CANCELLED)
    columns = list(found.order_by("due", "position", "pk"))
    place = {gathering.pk: number for number, gathering in enumerate(in_order(gatherings_of(columns)))}
    return sorted(columns, key=lambda column: place[column.gathering_id])


def read_teams(teams: QuerySet[Team], today: date) -> list[Member]:
    """Those of the teams that are at work, by name, in one query.

    Dates are compared here and not in the query, which would take Django half as long again to put together.
    """
    rows = teams.order_by("sort_name", "pk").values_list(
        "pk",
        "slug",
        "name",
        "participation__organisation__name",
        "joined_on",
        "network_id",
        "participation_id",
        "ended_on",
        "participation__withdrawn",
        "participation__withdrawn_on",
        "supervisors__membership",
        "supervisors__membership__user__name",
        "supervisors__since",
        "supervisors__until",
    )
    found: dict[int, Member] = {}
    for row in rows:
        pk, slug, name, organisation, joined_on, network, participation = row[:7]
        ended_on, withdrawn, withdrawn_on, membership, guide, since, until = row[7:]
        if has_ended(ended_on, withdrawn, withdrawn_on, today):
            continue
        if pk not in found:
            found[pk] = Member(pk, slug, name, organisation, joined_on, network, participation, {})
        if membership and since <= today and (until is None or until > today):
            found[pk].guides[membership] = guide
    return list(found.values())


def guides_of(teams: Iterable[Member]) -> list[tuple[int, str]]:
    """Those who guide the teams: membership and name, by name."""
    found = {membership: name for team in teams for membership, name in team.guides.items()}
    return sorted(found.items(), key=lambda guide: sort_key(guide[1]))


def read_matrix(columns: Sequence[Assignment], teams: Iterable[Member], choice: Choice = ALL, *, today: date) -> Matrix:
    """The matrix of these teams, of one network, in one query, however many they are."""
    shown = [column for column in columns if choice.gathering in (None, column.gathering_id)]
    chosen = [team for team in teams if choice.supervisor is None or choice.supervisor in team.guides]
    every = _rows(chosen, _facts(), shown, today)
    rows = [row for row in every if not choice.state or choice.state in row.states]
    return Matrix(shown, sorted(rows, key=_lateness) if choice.by_lateness else rows, every, today)


def read_matrices(networks: Iterable[int], *, today: date) -> dict[int, Matrix]:
    """The whole matrix of each of these open networks (by primary key), in three queries for them all."""
    columns = read_columns()
    teams = read_teams(Team.objects.all(), today)
    facts = _facts()
    found = {}
    for network in networks:
        own = [column for column in columns if column.network_id == network]
        rows = _rows([team for team in teams if team.network == network], facts, own, today)
        found[network] = Matrix(own, rows, rows, today)
    return found


def sentence(matrix: Matrix, *, own: bool = False) -> str:
    """The state of things in one sentence. `own` when the reader is the supervisor that is waited for."""
    if not matrix.columns or not matrix.every:
        return ""
    late = sum(State.LATE in row.states for row in matrix.every)
    waiting = sum(State.DELIVERED in row.states for row in matrix.every)
    parts = [_delivered(matrix)]
    if late:
        parts.append(ngettext("%(count)s is late", "%(count)s are late", late) % {"count": late})
    if waiting and own:
        parts.append(ngettext("%(count)s waits for you", "%(count)s wait for you", waiting) % {"count": waiting})
    elif waiting:
        word = ngettext("%(count)s waits for the supervisor", "%(count)s wait for the supervisor", waiting)
        parts.append(word % {"count": waiting})
    return "; ".join(parts) + "."


def _rows(
    teams: Iterable[Member], facts: dict[int, dict[int, Facts]], columns: Sequence[Assignment], today: date
) -> list[Row]:
    return [Row(team, _cells(facts.get(team.pk, {}), columns, team.joined_on, today)) for team in teams]


def _facts() -> dict[int, dict[int, Facts]]:
    """What the deliveries of the open networks say, by team and assignment."""
    found: dict[int, dict[int, Facts]] = {}
    rows = Delivery.objects.values_list("team_id", "assignment_id", "state", "begun", "exempt", "extended_to")
    for team, assignment, state, begun, exempt, extended_to in rows:
        found.setdefault(team, {})[assignment] = Facts(state, begun, exempt, extended_to)
    return found


def _cells(
    facts: dict[int, Facts], columns: Sequence[Assignment], joined_on: date | None, today: date
) -> list[Progress]:
    return [progress(facts.get(column.pk), due=column.due, today=today, joined_on=joined_on) for column in columns]


def _lateness(row: Row) -> tuple[int, int, int]:
    """Those who are most behind first; a stable sort keeps the names in order within."""
    late = [cell.days_late for cell in row.cells if cell.state == State.LATE]
    waiting_for_team = sum(cell.state == State.RETURNED for cell in row.cells)
    return -max(late, default=0), -len(late), -waiting_for_team


def _delivered(matrix: Matrix) -> str:
    """How many have handed in the work that the next gathering turns on: its poster, or else what is due last."""
    gathering = next_gathering(gatherings_of(matrix.columns), matrix.today)
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
    if done == 0 and total > 1:
        return _("None of the %(total)s teams has delivered the poster for %(gathering)s yet")
    if done == total > 1:
        return _("All %(total)s teams have delivered the poster for %(gathering)s")
    return ngettext(
        "%(done)s of %(total)s team has delivered the poster for %(gathering)s",
        "%(done)s of %(total)s teams have delivered the poster for %(gathering)s",
        total,
    )
