"""Reading scores: a team's, gathering by gathering, and those of many teams for the reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.access import NetworkRequest
from sessions.models import Gathering
from supervision.models import Score
from supervision.scores import access
from supervision.scores.scale import LEVEL_BY_VALUE, Level, number
from teams.models import Team


@dataclass(frozen=True)
class Said:
    """One side's score, with its words."""

    score: Score

    @property
    def level(self) -> Level | None:
        """None in a draft where no number is chosen yet."""
        return None if self.score.value is None else LEVEL_BY_VALUE[self.score.value]

    @property
    def is_given(self) -> bool:
        return self.score.given_at is not None


@dataclass(frozen=True)
class Pair:
    """What both sides said before one gathering, as far as the person may read it."""

    gathering: Gathering
    team: Said | None = None
    supervisor: Said | None = None

    @property
    def gap(self) -> Decimal | None:
        """The supervisor's minus the team's; None as long as not both can be read."""
        if not (self.team and self.team.is_given and self.supervisor and self.supervisor.is_given):
            return None
        assert self.team.score.value is not None  # what is given has a value
        assert self.supervisor.score.value is not None
        return self.supervisor.score.value - self.team.score.value

    @property
    def sentence(self) -> str:
        """The gap in words; empty where there is none to tell of."""
        if self.gap is None:
            return ""
        if not self.gap:
            return _("The team and the supervisor see it alike. Did you arrive there for the same reasons?")
        words = {"distance": number(abs(self.gap))}
        if self.gap > 0:
            return _("The supervisor sees the team %(distance)s further on than the team does itself.") % words
        return _("The team sees itself %(distance)s further on than the supervisor does.") % words


def read_pairs(request: NetworkRequest, team: Team) -> list[Pair]:
    """What the person may read of the team's scores, gathering by gathering in the order of time. One query."""
    return _paired(access.readable_scores(request).filter(team=team).select_related("gathering", "scored_by"))


def revealed_scores(teams: Iterable[Team], today: date) -> dict[int, list[Pair]]:
    """The revealed scores of many teams, by the team's primary key, in the order of time. One query.

    For whoever may read of these teams; what one side has not shown the other is not in it. The networks of the teams
    must be open.
    """
    found: dict[int, list[Score]] = {}
    for score in access.revealed(teams, today).select_related("gathering", "scored_by"):
        found.setdefault(score.team_id, []).append(score)
    return {team: _paired(scores) for team, scores in found.items()}


def scored_gatherings() -> list[Gathering]:
    """The gatherings teams are scored before: the network's own, with days, in the order of time. One query."""
    found = Gathering.objects.filter(kind=Gathering.Kind.NETWORK, starts_on__isnull=False)
    return list(found.exclude(state=Gathering.State.CANCELLED).order_by("starts_on", "number", "pk"))


def scorable(gatherings: Sequence[Gathering], today: date) -> list[Gathering]:
    """Those that can be scored now: the next, and those that have begun, for a side that is late. The next is last."""
    begun = [each for each in gatherings if each.starts_on is not None and each.starts_on <= today]
    coming = [each for each in gatherings if each.starts_on is not None and each.starts_on > today]
    return [*begun, *coming[:1]]


def given_sides(team: Team, gathering: Gathering) -> set[str]:
    """Which sides have given their score; nothing of what they said."""
    given = Score.objects.filter(team=team, gathering=gathering, given_at__isnull=False)
    return set(given.values_list("side", flat=True))


def apart(pairs: Sequence[Pair]) -> str:
    """How many gatherings have both scores, in a sentence for the chart's text alternative."""
    both = sum(pair.gap is not None for pair in pairs)
    return ngettext(
        "Both have scored before %(count)d gathering.", "Both have scored before %(count)d gatherings.", both
    ) % {"count": both}


def _paired(scores: Iterable[Score]) -> list[Pair]:
    by_gathering: dict[Gathering, dict[str, Said]] = {}
    for score in scores:
        if score.value is not None or score.reason or score.next_step:
            by_gathering.setdefault(score.gathering, {})[score.side] = Said(score)
    pairs = [Pair(each, own.get(Score.Side.TEAM), own.get(Score.Side.SUPERVISOR)) for each, own in by_gathering.items()]
    return sorted(pairs, key=lambda pair: (pair.gathering.when or date.max, pair.gathering.pk))
