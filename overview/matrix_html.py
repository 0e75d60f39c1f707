"""The matrix as HTML, joined from strings: the template language takes ten times as long over a thousand cells.

This is the one place where markup is put together by hand. What comes from people (names, titles) goes through
`escape` before it is joined; everything else is ours. It is Python's own `escape`, which Django's calls too: the
plain strings it gives are joined twice as fast as safe ones.
"""

from collections.abc import Iterable, Sequence
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gpf import dates
from gpf.status import status_word
from networks.models import Network
from overview.gatherings import gathering_name
from overview.matrix import Matrix, Row, gatherings_of
from sessions.models import Assignment, Gathering
from sessions.progress import State

TEAM = "-team-"  # stands for a team in an address that is taken apart; no slug begins with a hyphen


def render(matrix: Matrix, network: Network) -> SafeString:
    """The table: gatherings and assignments above, a row for each team, each cell a link to the delivery."""
    opening = '<table class="table sticky-first matrix" data-matrix>'
    return mark_safe("".join([opening, *_head(matrix), *_body(matrix, network), "</table>"]))


def _delivery_address(network: Network, columns: Sequence[Assignment]) -> tuple[str, list[str]]:
    """What stands before the team's slug in a cell's address, and for each column what follows to the tag's end."""
    pattern = reverse(
        "gatherings:delivery", kwargs={"network_slug": network.slug, "team_slug": TEAM, "assignment_pk": 0}
    )
    before, _team, after = pattern.partition(TEAM)
    return escape(before), [escape(after.replace("0", str(column.pk))) + '">' for column in columns]


def _head(matrix: Matrix) -> Iterable[str]:
    yield '<thead><tr class="matrix-gatherings"><th scope="col" rowspan="2">'
    yield escape(_("Team"))
    yield "</th>"
    for gathering, span in matrix.groups:
        yield f'<th scope="colgroup" colspan="{span}"><span class="matrix-gathering">'
        yield escape(_gathering(gathering))
        yield "</span></th>"
    yield '</tr><tr class="matrix-assignments">'
    for tag, column in zip(_tags('th scope="col"', matrix), matrix.columns, strict=True):
        yield tag
        yield escape(column.title)
        yield f' <span class="matrix-due">{escape(dates.short_date(column.due, today=matrix.today))}</span></th>'
    yield "</tr></thead>"


def _gathering(gathering: Gathering) -> str:
    """Samling 2 · 8.–9. desember 2026: as much of it as is known."""
    name = gathering_name(gathering)
    if gathering.when is None:
        return name
    return f"{name} · {dates.date_range(gathering.when, gathering.ends_on, month_only=gathering.starts_on is None)}"


def _body(matrix: Matrix, network: Network) -> Iterable[str]:
    slugs = {"network_slug": network.slug, "team_slug": TEAM}
    before, _team, after = reverse("overview:team", kwargs=slugs).partition(TEAM)
    cells = _Cells(network, matrix)
    yield "<tbody>"
    for row in matrix.rows:
        name, organisation = escape(row.team.name), escape(row.team.organisation)
        below = f'<span class="matrix-organisation">{organisation}</span>' if organisation != name else ""
        yield f'<tr><th scope="row"><a href="{before}{escape(row.team.slug)}{after}">{name}</a>{below}</th>'
        yield cells.of(row)
        yield "</tr>\n"
    yield "</tbody>"


class _Cells:
    """Writes the cells of a row from pieces that are made once a page."""

    def __init__(self, network: Network, matrix: Matrix) -> None:
        before, self.tails = _delivery_address(network, matrix.columns)
        labelled = zip(_tags("td", matrix), _labels(matrix.columns), strict=True)
        self.openings = [_openings(tag, label, before) for tag, label in labelled]
        self.words: dict[tuple[State, int], str] = {}

    def of(self, row: Row) -> str:
        """The cells of the row."""
        slug, words = escape(row.team.slug), self.words
        return "".join(
            [
                f"{opening[state]}{slug}{tail}{words.get((state, late)) or self._word(state, late)}</a></td>"
                for (state, _due, late), opening, tail in zip(row.cells, self.openings, self.tails, strict=True)
            ]
        )

    def _word(self, state: State, days_late: int) -> str:
        word = self.words[state, days_late] = escape(status_word(state.value, days_late))
        return word


def _openings(tag: str, label: str, before: str) -> dict[State, str]:
    """How a cell of a column begins, in each state, up to the team's slug."""
    link = f'data-label="{label}" href="{before}'
    return {state: f'{tag}<a class="status" data-state="{state.value}" {link}' for state in State}


def _tags(name: str, matrix: Matrix) -> list[str]:
    """The tags that open the cells of a row, marked where a gathering begins and where it is not the next one."""
    return [f'<{name} class="{kind}">' if kind else f"<{name}>" for kind in map(" ".join, _kinds(matrix))]


def _kinds(matrix: Matrix) -> Iterable[list[str]]:
    before, ages = None, matrix.ages
    for column in matrix.columns:
        first = "first" if column.gathering_id != before else ""
        yield [kind for kind in (first, ages.get(column.gathering_id, "")) if kind]
        before = column.gathering_id


def _labels(columns: Sequence[Assignment]) -> list[str]:
    """What the cells are about, for a card on a phone, where the headings are out of sight."""
    names = {gathering.pk: str(gathering) for gathering in gatherings_of(columns)}
    return [escape(f"{column.title} ({names[column.gathering_id]})") for column in columns]
