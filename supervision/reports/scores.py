"""The newest scores of teams that both sides may read. One query each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from supervision.scores.queries import Said, revealed_scores
from supervision.scores.scale import Level
from teams.models import Team


@dataclass(frozen=True)
class Newest:
    """What each side gave before one gathering, as far as it is revealed."""

    team: Level | None = None
    supervisor: Level | None = None


def newest_scores(teams: Sequence[Team], today: date) -> dict[int, Newest]:
    """By team: what each side gave before the newest gathering whose scores are revealed."""
    return {
        team: Newest(_level(pairs[-1].team), _level(pairs[-1].supervisor))
        for team, pairs in revealed_scores(teams, today).items()
        if pairs
    }


def own_next_steps(teams: Sequence[Team], today: date) -> dict[int, str]:
    """By team: the next step it named itself in its newest revealed score."""
    found = {}
    for team, pairs in revealed_scores(teams, today).items():
        said = [pair.team.score.next_step for pair in pairs if pair.team and pair.team.score.next_step]
        if said:
            found[team] = said[-1]
    return found


def _level(said: Said | None) -> Level | None:
    return said.level if said else None
