"""What the page of a team's scores shows: the gathering that is next, and those before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from networks.access import NetworkRequest, is_completed
from sessions.models import Gathering
from supervision.models import Score
from supervision.scores.access import side_of
from supervision.scores.queries import Pair, Said, given_sides, read_pairs, scorable, scored_gatherings
from teams.models import Team


@dataclass(frozen=True)
class Half:
    """One side's half of the page: what it said where that may be read, else whether it has said it."""

    side: Score.Side
    said: Said | None
    is_own: bool
    is_given: bool

    @property
    def is_hidden(self) -> bool:
        """Given, and not to be read yet."""
        return self.is_given and self.said is None

    @property
    def is_draft(self) -> bool:
        return self.said is not None and not self.is_given


@dataclass(frozen=True)
class Now:
    """The gathering that is scored now."""

    gathering: Gathering
    halves: Sequence[Half]
    pair: Pair
    may_score: bool
    is_late: bool

    @property
    def own(self) -> Half | None:
        return next((half for half in self.halves if half.is_own), None)

    @property
    def is_revealed(self) -> bool:
        return any(half.is_given and half.said and not half.is_own for half in self.halves)


@dataclass(frozen=True)
class Page:
    """All of it. `drawn` are the gatherings with something given that the person may read."""

    now: Now | None
    earlier: Sequence[Pair]
    drawn: Sequence[Pair]
    side: Score.Side | None


def read_page(request: NetworkRequest, team: Team, today: date) -> Page:
    """The page in ten queries at most, however many gatherings there were."""
    pairs = read_pairs(request, team)
    side = side_of(request, team)
    open_ = scorable(scored_gatherings(), today)
    goes_on = team.goes_on(today) and not is_completed(request.network)
    gathering = open_[-1] if open_ else None
    now = _now(team, gathering, pairs, side, goes_on, today) if gathering else None
    given = [pair for pair in pairs if any(said and said.is_given for said in (pair.team, pair.supervisor))]
    earlier = [pair for pair in reversed(given) if pair.gathering != gathering]
    return Page(now, earlier, given, side)


def _now(
    team: Team, gathering: Gathering, pairs: Sequence[Pair], side: Score.Side | None, goes_on: bool, today: date
) -> Now:
    pair = next((each for each in pairs if each.gathering == gathering), Pair(gathering))
    given = given_sides(team, gathering)
    halves = [
        Half(Score.Side.TEAM, pair.team, side == Score.Side.TEAM, Score.Side.TEAM in given),
        Half(Score.Side.SUPERVISOR, pair.supervisor, side == Score.Side.SUPERVISOR, Score.Side.SUPERVISOR in given),
    ]
    begun = gathering.starts_on is not None and gathering.starts_on <= today
    shown = len(given) == len(Score.Side) or (begun and side in given)
    return Now(gathering, halves, pair, may_score=goes_on and side is not None and not shown, is_late=begun)
