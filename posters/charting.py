"""A team's charts as they stand on its poster: drawn, in words, and as a table. As everybody may see them."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from improvement.charts.picture import Picture
from improvement.charts.svg import Shape, draw
from improvement.charts.table import alternative, rows
from improvement.charts.words import sentence
from improvement.measures.analysing import pictures_of
from improvement.measures.models import Measure
from posters.content import PosterChart


def charts_of(measures: Sequence[Measure]) -> dict[int, PosterChart]:
    """The chart of each measure that has numbers, by its primary key, in the active language. Needs the network's
    scope, and each measure's `team` read."""
    pictures = pictures_of(measures, own=False)
    return {pk: chart_of(picture) for pk, picture in pictures.items() if picture.present}


def chart_of(picture: Picture) -> PosterChart:
    """A picture of a measure as it is printed."""
    layout = Shape.POSTER.value
    return PosterChart(
        title=picture.title,
        svg=str(draw(picture, shape=Shape.POSTER)),
        width=layout.width,
        height=layout.height,
        sentence=sentence(picture),
        alternative=alternative(picture),
        columns=(_("When"), _("Value"), _("Count"), _("Note")),
        rows=tuple((row.period, row.value, row.counts, row.note) for row in rows(picture)),
    )
