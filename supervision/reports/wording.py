"""Where teams are, in words: what the page of a network, its PDF and the leader's page say alike."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf import dates
from improvement.method.phases import PHASES
from supervision.reports.reading import Standing
from supervision.reports.scores import Newest

QUIET_WEEKS = 4  # so long without a sign of life, and it is told with a mark


@dataclass(frozen=True)
class Line:
    """One team in words, each short enough for one line. Every text is in the active language, and empty where there
    is nothing to tell; `phase_number` is 0 where the team has said none."""

    name: str
    slug: str
    organisation: str
    phase_number: int
    phase: str
    team_level: str
    supervisor_level: str
    handed_in: str
    late: int
    measures: int
    newest: str
    seen: str
    met: str
    is_quiet: bool


def line_of(standing: Standing, scores: Newest) -> Line:
    """One team in words. `scores` are its newest."""
    team, today = standing.team, standing.today
    organisation = str(team.participation.organisation)
    return Line(
        name=team.name,
        slug=team.slug,
        organisation=organisation if organisation != team.name else "",
        phase_number=standing.phase.number if standing.phase else 0,
        phase=phase_words(standing),
        team_level=scores.team.number if scores.team else "",
        supervisor_level=scores.supervisor.number if scores.supervisor else "",
        handed_in=handed_in_words(standing) if standing.due else "",
        late=len(standing.late),
        measures=standing.measuring.count,
        newest=_on(standing.measuring.newest, today),
        seen=_weeks(standing.weeks_unseen),
        met=_on(standing.met, today),
        is_quiet=standing.weeks_unseen is None or standing.weeks_unseen >= QUIET_WEEKS,
    )


def phase_words(standing: Standing) -> str:
    """As "2 Planning"; the team's own model where it works by another."""
    if standing.phase is not None:
        return f"{standing.phase.number} {standing.phase.name}"
    return standing.other_model or _("not said yet")


def handed_in_words(standing: Standing) -> str:
    """As "5 of 6"."""
    return _("%(done)s of %(due)s") % {"done": len(standing.handed_in), "due": len(standing.due)}


def _on(day: date | None, today: date) -> str:
    """A day that has been; the empty text where there is none."""
    return dates.short_date(day, today=today) if day else ""


def _weeks(weeks: int | None) -> str:
    if weeks is None:
        return _("never signed in")
    if weeks == 0:
        return _("this week")
    return ngettext("%(count)s week ago", "%(count)s weeks ago", weeks) % {"count": weeks}


def summary(standings: Sequence[Standing]) -> str:
    """How many teams are in which phase, in one sentence: "11 teams: 3 in Planning, 8 in Carrying out."."""
    if not standings:
        return ""
    names = {phase.number: str(phase.name) for phase in PHASES}
    counts = Counter(each.phase.number if each.phase else 0 for each in standings)
    parts = [
        _("%(count)s in %(phase)s") % {"count": counts[number], "phase": names[number].lower()}
        for number in sorted(names)
        if counts[number]
    ]
    if counts[0]:
        unsaid = ngettext("%(count)s has not said", "%(count)s have not said", counts[0])
        parts.append(unsaid % {"count": counts[0]})
    total = ngettext("%(count)s team", "%(count)s teams", len(standings)) % {"count": len(standings)}
    return f"{total}: {', '.join(parts)}."


def as_content(lines: Sequence[Line], **more: Any) -> dict[str, Any]:
    """The lines as a paper's content: plain values only."""
    return {"lines": [asdict(line) for line in lines], **more}


def lines_from(content: Mapping[str, Any]) -> list[Line]:
    """The lines of a paper's content."""
    return [Line(**line) for line in content["lines"]]
