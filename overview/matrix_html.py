"""The matrix as HTML, joined from strings: the template language takes ten times as long over a thousand cells.

This is the one place where markup is put together by hand. What comes from people (names, titles) goes through
`escape` before it is joined; everything else is ours.
"""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gpf import dates
from gpf.status import status_word
from networks.models import Network
from overview.gatherings import gathering_name
from overview.matrix import Matrix, Row
from sessions.models import Assignment, Gathering
from sessions.progress import Progress, State

TEAM = "-team-"  # stands for a team in an address that is taken apart; no slug begins with a hyphen


def render(matrix: Matrix, network: Network) -> SafeString:
    """The table: gatherings and assignments above, a row for each team, each cell a link to the delivery."""
    head = _head(matrix, network)
    body = _body(matrix, network)
    return mark_safe("".join(['<table class="table sticky-first matrix" data-matrix>', *head, *body, "</table>"]))


def delivery_address(network: Network, columns: Sequence[Assignment]) -> tuple[str, list[str]]:
    """What stands before the team's slug in the address of a delivery, and for each column what stands after it."""
    pattern = reverse(
        "gatherings:delivery", kwargs={"network_slug": network.slug, "team_slug": TEAM, "assignment_pk": 0}
    )
    before, _team, after = pattern.partition(TEAM)
    return escape(before), [escape(after.replace("0", str(column.pk))) for column in columns]


def _head(matrix: Matrix, network: Network) -> Iterable[str]:
    yield '<thead><tr class="matrix-gatherings"><th scope="col" rowspan="2">'
    yield escape(_("Team"))
    yield "</th>"
    for gathering, span in matrix.groups:
        yield f'<th scope="colgroup" colspan="{span}"><span class="matrix-gathering">'
        yield escape(_gathering(gathering))
        yield "</span></th>"
    yield '</tr><tr class="matrix-assignments">'
    previous = None
    for column in matrix.columns:
        yield '<th scope="col" class="first">' if column.gathering != previous else '<th scope="col">'
        yield escape(column.title)
        yield f' <span class="matrix-due">{escape(dates.short_date(column.due))}</span></th>'
        previous = column.gathering
    yield "</tr></thead>"


def _gathering(gathering: Gathering) -> str:
    """ "Samling 2 · 8.–9. desember 2026", as much of it as is known."""
    name = gathering_name(gathering)
    if gathering.when is None:
        return name
    return f"{name} · {dates.date_range(gathering.when, gathering.ends_on, month_only=gathering.starts_on is None)}"


def _body(matrix: Matrix, network: Network) -> Iterable[str]:
    team_address, _mark, after = reverse(
        "overview:team", kwargs={"network_slug": network.slug, "team_slug": TEAM}
    ).partition(TEAM)
    before, tails = delivery_address(network, matrix.columns)
    cell = _Cells(before, tails, matrix.columns)
    parts = ["<tbody>"]
    for row in matrix.rows:
        parts.append(_row_heading(row, team_address, after))
        cell.add(row, parts)
        parts.append("</tr>\n")
    parts.append("</tbody>")
    return parts


def _row_heading(row: Row, before: str, after: str) -> str:
    organisation = f'<span class="matrix-organisation">{escape(row.organisation)}</span>'
    below = organisation if row.organisation != row.name else ""
    return f'<tr><th scope="row"><a href="{before}{row.slug}{after}">{escape(row.name)}</a>{below}</th>'


class _Cells:
    """Writes the cells of a row from pieces that are made once a page."""

    def __init__(self, before: str, tails: list[str], columns: Sequence[Assignment]) -> None:
        self.before = before
        self.tails = [f'{tail}">' for tail in tails]
        self.labels = [self._label(column) for column in columns]
        self.first = [
            number == 0 or column.gathering != columns[number - 1].gathering for number, column in enumerate(columns)
        ]
        self.openings = {state: f'<a class="status" data-state="{state.value}" data-label="' for state in State}
        self.words: dict[tuple[State, int], str] = {}

    def add(self, row: Row, parts: list[str]) -> None:
        """Append the cells of the row to the parts of the page."""
        address = f'" href="{self.before}{row.slug}'
        add = parts.append
        for place, label, tail, first in zip(row.cells, self.labels, self.tails, self.first, strict=True):
            add('<td class="first">' if first else "<td>")
            add(self.openings[place.state])
            add(label)
            add(address)
            add(tail)
            add(self._word(place))
            add("</a></td>")

    def _word(self, cell: Progress) -> str:
        key = cell.state, cell.days_late
        word = self.words.get(key)
        if word is None:
            word = self.words[key] = escape(status_word(cell.state.value, cell.days_late))
        return word

    def _label(self, column: Assignment) -> str:
        """What the cell is about, for a card on a phone, where the headings are out of sight."""
        return escape(f"{column.title} ({column.gathering})")
