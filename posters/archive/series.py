"""A team's posters from the first gathering to the last."""

from dataclasses import dataclass

from networks.access import NetworkRequest
from posters.access import inner_teams, visible_editions
from posters.archive.comparing import Cell, Row, compare
from posters.composing import compose, from_json, gathering_name, when
from posters.content import PosterContent
from posters.models import Edition, Poster, Rendering
from posters.present.queries import read_pictures
from sessions.models import Gathering
from teams.models import Team


@dataclass(frozen=True)
class One:
    """A poster among the team's: as handed in, or, for those who follow its making, as it stands."""

    gathering: Gathering
    name: str
    when: str
    language: str
    content: PosterContent
    sheet: Rendering | None
    is_delivered: bool


@dataclass(frozen=True)
class Series:
    """The posters a person may read of a team, in the order of the gatherings, and what became of each section."""

    team: Team
    posters: list[One]
    rows: list[Row]

    @property
    def lines(self) -> list[tuple[Row, list[tuple[One, Cell]]]]:
        """Each section with the poster that each of its cells is of."""
        return [(row, list(zip(self.posters, row.cells, strict=True))) for row in self.rows]


def read_series(request: NetworkRequest, team: Team) -> Series:
    """For everybody what is handed in and shown; for the team and those who follow it, also what is being written."""
    editions = list(visible_editions(request).filter(poster__team=team))
    pictures = read_pictures(editions)
    posters = [_handed_in(edition, pictures.get(edition.pk)) for edition in editions]
    if inner_teams(request).filter(pk=team.pk).exists():
        written = Poster.objects.filter(team=team).exclude(pk__in=[edition.poster_id for edition in editions])
        related = ("team__network", "team__participation__organisation", "gathering__network__programme")
        posters += [_being_written(poster) for poster in written.select_related(*related)]
    posters.sort(key=lambda one: one.gathering.number or 0)
    return Series(team, posters, compare([one.content for one in posters]))


def _handed_in(edition: Edition, sheet: Rendering | None) -> One:
    gathering = edition.poster.gathering
    content = from_json(edition.content)
    return One(gathering, gathering_name(gathering), when(gathering), edition.language, content, sheet, True)


def _being_written(poster: Poster) -> One:
    gathering = poster.gathering
    return One(gathering, gathering_name(gathering), when(gathering), poster.language, compose(poster), None, False)
