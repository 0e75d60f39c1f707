"""What the teams of a network share of their measures, side by side. Only what is shared, whoever reads."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from gpf.norwegian import slug_of
from improvement.access import shows_work
from improvement.charts.picture import Picture
from improvement.charts.svg import Frame, frame_of
from improvement.measures.analysing import pictures_of
from improvement.measures.models import Measure
from networks.access import NetworkRequest
from teams.access import reviewable_teams, visible_teams
from teams.models import Team

Like = tuple[str, str, int]
"""What two measures must have in common to stand on one scale: kind, unit, and per how many."""


@dataclass(frozen=True)
class Group:
    """Teams that measure the same."""

    key: str
    title: str
    teams: int
    newest: date | None


@dataclass(frozen=True)
class Panel:
    """One team's chart among the others."""

    measure: Measure
    picture: Picture
    is_own: bool


@dataclass(frozen=True)
class Side:
    """Charts that stand beside one another on one scale, by the teams' names; and those that can not."""

    key: str
    title: str
    panels: list[Panel]
    frame: Frame | None
    apart: list[Panel]
    unshared: int


@dataclass(frozen=True)
class Silence:
    """A team that has not measured for long: the day of its newest number, or none; how many measures it has."""

    team: Team
    newest: date | None
    measures: int
    weeks: int | None


def shared_measures(request: NetworkRequest) -> QuerySet[Measure]:
    """What the person may see on pages that can be projected: shared measures of teams at work, by team."""
    shared = Measure.objects.filter(shared_at__isnull=False, team__in=Team.objects.going_on())
    if not shows_work(request):
        shared = shared.filter(team__in=visible_teams(request))
    return shared.select_related("team").order_by("team__sort_name", "team", "position", "pk")


def key_of(measure: Measure) -> str:
    """What tells which measures are the same: the library's, else the title."""
    return measure.library_key or slug_of(measure.title)[:80] or f"m{measure.pk}"


def read_groups(request: NetworkRequest) -> list[Group]:
    """The network's measures, those most teams have first. One query."""
    rows = shared_measures(request).annotate(newest=Max("observations__on"))
    found: dict[str, list[Measure]] = defaultdict(list)
    for row in rows:
        found[key_of(row)].append(row)
    groups = [
        Group(
            key=key,
            title=_title(measures),
            teams=len({each.team_id for each in measures}),
            newest=max((each.newest for each in measures if each.newest), default=None),  # type: ignore[attr-defined]
        )
        for key, measures in found.items()
    ]
    return sorted(groups, key=lambda group: (-group.teams, group.title))


def read_side(request: NetworkRequest, key: str, own: set[int]) -> Side | None:
    """The charts of one measure; None where nothing of it is shared. As many queries for forty teams as for one.

    Numbers with fewer than five behind them are left out for everybody: the page can hang on a wall.
    """
    measures = [each for each in shared_measures(request) if key_of(each) == key]
    if not measures:
        return None
    pictures = shared_pictures(measures)
    panels = [Panel(each, pictures[each.pk], each.team_id in own) for each in measures]
    common = Counter(_like(panel.measure) for panel in panels).most_common(1)[0][0]
    beside = [panel for panel in panels if _like(panel.measure) == common]
    same = Q(library_key=key) if measures[0].library_key else Q(title=measures[0].title, library_key="")
    return Side(
        key=key,
        title=_title(measures),
        panels=beside,
        frame=frame_of([panel.picture for panel in beside]),
        apart=[panel for panel in panels if _like(panel.measure) != common],
        unshared=Measure.objects.filter(same, shared_at=None, team__in=Team.objects.going_on()).count(),
    )


def shared_pictures(measures: Sequence[Measure]) -> dict[int, Picture]:
    """The charts as others see them: with what stands on them, without the notes to single numbers."""
    return {pk: replace(picture, notes=()) for pk, picture in pictures_of(measures, own=False).items()}


def _like(measure: Measure) -> Like:
    return measure.kind, "" if measure.kind == Measure.Kind.SHARE else measure.unit.lower(), measure.per


def _title(measures: Sequence[Measure]) -> str:
    """What most of the teams call it."""
    return Counter(each.title for each in measures).most_common(1)[0][0]


def read_silent(request: NetworkRequest, today: date) -> list[Silence]:
    """The teams the person guides, the longest silent first; those that never measured before them. One query."""
    kept = Q(measures__put_away_at=None, measures__ended_on=None)
    rows = (
        Team.objects.filter(pk__in=reviewable_teams(request))
        .taking_part(today)
        .annotate(
            newest=Max("measures__observations__on", filter=kept), count=Count("measures", filter=kept, distinct=True)
        )
        .order_by("sort_name", "pk")
    )
    found = [_silence(row, today) for row in rows]
    return sorted(found, key=lambda each: each.newest or date.min)


def _silence(row: Any, today: date) -> Silence:
    """`row` is a team with what was asked along."""
    weeks = None if row.newest is None else (today - row.newest).days // 7
    return Silence(row, row.newest, row.count, weeks)
