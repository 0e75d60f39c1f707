"""Handing teams over with all that belongs to them, sharing them, and standing in."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from networks.models import Membership, Network
from notices.services import pass_on
from supervision.handing.letters import HANDED, SHARED, STANDS_IN, Handing, write_letters
from supervision.handing.queries import own_teams_of
from supervision.meetings.services import pass_meetings_on
from supervision.models import Agreement, FeedbackDraft
from teams.guiding import begin_guiding, end_guiding, end_stand_ins, stand_in
from teams.models import Team


@transaction.atomic
def hand_over(*, teams: Sequence[Team], giver: Membership, taker: Membership, network: Network) -> None:
    """Let another guide teams from today in a supervisor's place, with their history. Needs the network's scope.

    The log, the levels, the questions and the private notes belong to the team, and follow it by themselves.

    1. The one who takes over guides them for good; the other, and who stands in for her there, guides them no more.
    2. What waited for the one waits for the other: notices, and feedback that was begun.
    3. What she had agreed to do, the other does; and the other comes to the meetings that are planned.
    4. A letter to both, and to those who lead the teams.
    """
    for team in teams:
        Team.objects.select_for_update(no_key=True).get(pk=team.pk)
        begin_guiding(team=team, membership=taker, handed_over_by=giver)
        end_guiding(team=team, membership=giver)
        end_stand_ins(team=team, stands_in_for=giver)
        pass_on(network_id=network.pk, about={"team": team.pk}, giver=giver.user_id, taker=taker.user_id)
        _pass_drafts_on(team, giver, taker)
        Agreement.objects.filter(team=team, done_at=None, responsible=giver.user_id).update(responsible=taker.user_id)
    kept = [team.pk for team in own_teams_of(giver, timezone.localdate())]
    for team in teams:
        pass_meetings_on(team=team, giver=giver.user, taker=taker.user, network=network, still_guides=kept)
    write_letters(Handing(HANDED, teams, giver.user, taker.user), network=network)


@transaction.atomic
def share(*, teams: Sequence[Team], giver: Membership, taker: Membership, network: Network) -> None:
    """Let another guide teams, too, from today. Needs the network's scope.

    1. She guides them for good.
    2. A letter to both, and to those who lead the teams.
    """
    for team in teams:
        begin_guiding(team=team, membership=taker)
    write_letters(Handing(SHARED, teams, giver.user, taker.user), network=network)


@transaction.atomic
def let_stand_in(
    *, teams: Sequence[Team], giver: Membership, taker: Membership, since: date, last_day: date, network: Network
) -> list[Team]:
    """Let another guide teams while a supervisor is away. Returns those that she would not have guided anyway.

    Needs the network's scope.

    1. She guides them in these days, the last one too.
    2. A letter to both, and to those who lead the teams, where there is something new.
    """
    made = [
        team
        for team in teams
        if stand_in(team=team, membership=taker, stands_in_for=giver, since=since, last_day=last_day) is not None
    ]
    if made:
        write_letters(Handing(STANDS_IN, made, giver.user, taker.user, since, last_day), network=network)
    return made


def _pass_drafts_on(team: Team, giver: Membership, taker: Membership) -> None:
    """Feedback that was begun goes on with who takes over, unless she has begun her own."""
    own = FeedbackDraft.objects.filter(version__delivery__team=team, author=taker.user_id).values("version")
    begun = FeedbackDraft.objects.filter(version__delivery__team=team, author=giver.user_id)
    begun.exclude(version__in=own).update(author=taker.user_id)
