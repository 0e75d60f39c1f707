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

QUIET_WEEKS = 4  # so long without a sign of life, and it is told with a mark


@dataclass(frozen=True)
class Line:
    """One team in words. Every text is in the active language; `phase_number` is 0 where the team has said none."""

    name: str
    slug: str
    organisation: str
    phase_number: int
    phase: str
    scores: Sequence[str]
    handed_in: str
    late: str
    measuring: str
    newest: str
    met: str
    seen: str
    is_quiet: bool


def line_of(standing: Standing, scores: Sequence[str] = ()) -> Line:
    """One team in words. `scores` are the sentences of its newest scores."""
    team, today = standing.team, standing.today
    organisation = str(team.participation.organisation)
    return Line(
        name=team.name,
        slug=team.slug,
        organisation=organisation if organisation != team.name else "",
        phase_number=standing.phase.number if standing.phase else 0,
        phase=phase_words(standing),
        scores=tuple(scores),
        handed_in=handed_in_words(standing),
        late=_late(standing),
        measuring=_measuring(standing),
        newest=_newest(standing),
        met=_ago(standing.met, today),
        seen=_weeks(standing.weeks_unseen),
        is_quiet=standing.weeks_unseen is None or standing.weeks_unseen >= QUIET_WEEKS,
    )


def phase_words(standing: Standing) -> str:
    """As "2 Planning"; the team's own model where it works by another."""
    if standing.phase is not None:
        return f"{standing.phase.number} {standing.phase.name}"
    return standing.other_model or _("not said yet")


def handed_in_words(standing: Standing) -> str:
    """As "5 of 6"."""
    if not standing.due:
        return _("nothing due yet")
    return _("%(done)s of %(due)s") % {"done": len(standing.handed_in), "due": len(standing.due)}


def _late(standing: Standing) -> str:
    late = len(standing.late)
    return ngettext("%(count)s is late", "%(count)s are late", late) % {"count": late} if late else ""


def _measuring(standing: Standing) -> str:
    count = standing.measuring.count
    if not count:
        return _("no measure yet")
    return ngettext("%(count)s measure", "%(count)s measures", count) % {"count": count}


def _newest(standing: Standing) -> str:
    if not standing.measuring.count:
        return ""
    if standing.measuring.newest is None:
        return _("no numbers yet")
    return _("newest number %(day)s") % {"day": _ago(standing.measuring.newest, standing.today)}


def _ago(day: date | None, today: date) -> str:
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
