"""The newest scores of teams that both sides may read, in words. One query each."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from supervision.scores.queries import Pair, revealed_scores
from supervision.scores.scale import number
from teams.models import Team


def newest_scores(teams: Sequence[Team], today: date) -> dict[int, list[str]]:
    """By team: what each side gave before the newest gathering whose scores are revealed."""
    return {team: _words(pairs[-1]) for team, pairs in revealed_scores(teams, today).items() if pairs}


def own_next_steps(teams: Sequence[Team], today: date) -> dict[int, str]:
    """By team: the next step it named itself in its newest revealed score."""
    found = {}
    for team, pairs in revealed_scores(teams, today).items():
        said = [pair.team.score.next_step for pair in pairs if pair.team and pair.team.score.next_step]
        if said:
            found[team] = said[-1]
    return found


def _words(pair: Pair) -> list[str]:
    found = []
    if pair.team and pair.team.score.value is not None:
        found.append(_("the team %(value)s") % {"value": number(pair.team.score.value)})
    if pair.supervisor and pair.supervisor.score.value is not None:
        found.append(_("the supervisor %(value)s") % {"value": number(pair.supervisor.score.value)})
    return found
