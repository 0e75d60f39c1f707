"""Saving a score, and giving it."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notices.services import withdraw
from sessions.models import Gathering
from supervision.models import Score
from supervision.scores.notices import key_of
from teams.models import Team


def locked_score(*, team: Team, gathering: Gathering, side: Score.Side) -> Score:
    """The side's row, made where there is none, locked; both sides come after each other. Needs the network's scope.

    The team's row is locked first, so that nothing is rewritten in the moment the other side gives its own and reads
    this one.
    """
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    own = {"network_id": team.network_id}
    Score.objects.get_or_create(team=team, gathering=gathering, side=side, defaults=own)
    return Score.objects.select_for_update().get(team=team, gathering=gathering, side=side)


@transaction.atomic
def save_score(*, score: Score, by: User, give: bool) -> None:
    """Keep what a side says, and give it where it says so. Needs the network's scope.

    1. Write it, with who and when. What has been given stays given.
    2. Take back what waits to remind the side of it, where it is given now.
    """
    now = timezone.now()
    is_new = give and score.given_at is None
    if is_new:
        score.given_at = now
    score.scored_by, score.saved_at = by, now
    score.save()
    if is_new:
        withdraw(network_id=score.network_id, prefixes=[key_of(score.gathering_id, score.team_id, score.side)])
