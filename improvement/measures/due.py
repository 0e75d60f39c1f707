"""Which of a team's measures wait for numbers."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf.dates import short_date
from improvement.charts.numbers import period
from improvement.measures.models import Measure, Observation
from improvement.measures.periods import following, missing, period_of
from teams.models import Team


@dataclass(frozen=True)
class Due:
    """A measure without the number of a period that is over."""

    measure_pk: int
    title: str
    rhythm: str
    periods: tuple[date, ...]
    ever: bool

    @property
    def sentence(self) -> str:
        """What is missing, in words."""
        if not self.ever:
            return _("It has no numbers yet. The first ones show where you stand before you change anything.")
        words = {"period": period(self.periods[-1], self.rhythm), "count": len(self.periods)}
        return (
            ngettext("%(period)s is missing.", "%(count)s are missing, the newest is %(period)s.", len(self.periods))
            % words
        )


def read_due(team: Team, today: date) -> list[Due]:
    """The measures that wait, in the team's order. Two queries. Needs the network's scope."""
    measures = list(Measure.objects.filter(team=team, ended_on=None).order_by("position", "pk"))
    days = days_of(measures)
    return [due for measure in measures if (due := due_of(measure, days[measure.pk], today))]


def days_of(measures: Sequence[Measure]) -> dict[int, set[date]]:
    """The days that have a row, by the measure's primary key; one query."""
    found: dict[int, set[date]] = defaultdict(set)
    for pk, day in Observation.objects.filter(measure__in=measures).values_list("measure_id", "on"):
        found[pk].add(day)
    return found


def due_of(measure: Measure, taken: Collection[date], today: date) -> Due | None:
    """What the measure waits for; None when nothing is missing. `taken` are the days that have a row."""
    if measure.rhythm == Measure.Rhythm.EVENT and taken:
        return None
    periods = tuple(missing(measure.rhythm, taken, today))
    if not periods and taken:
        return None
    return Due(measure.pk, measure.title, measure.rhythm, periods, ever=bool(taken))


def next_of(measure: Measure, taken: Collection[date], today: date) -> str:
    """What comes next where nothing is missing, in words."""
    if measure.rhythm == Measure.Rhythm.EVENT:
        return _("Type in the day the next time it happens.")
    start = period_of(today, measure.rhythm, min(taken, default=None))
    while start in taken:
        start = following(start, measure.rhythm)
    words = {"period": period(start, measure.rhythm), "day": short_date(following(start, measure.rhythm))}
    return _("All is typed in. Next is %(period)s, from %(day)s.") % words
