"""What changes how a team goes about its work: phases, rounds of interviews, themes, ratings."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from improvement.method.models import EffectRating, InterviewRound, PhaseStep, TeamMethod, Theme
from sessions.models import Gathering
from teams.models import Team


def mark_step(*, team: Team, step: str, done: bool, by: User) -> None:
    """The team has done a step, or takes the mark away. Doing it twice changes nothing."""
    if done:
        PhaseStep.objects.get_or_create(team=team, step=step, defaults={"network_id": team.network_id, "marked_by": by})
    else:
        PhaseStep.objects.filter(team=team, step=step).delete()


def stand_in_phase(*, team: Team, phase: int | None) -> None:
    """The team says which phase it is in; None: it no longer says."""
    TeamMethod.objects.update_or_create(team=team, defaults={"phase": phase, "network_id": team.network_id})


def locked_method(*, team: Team) -> TeamMethod:
    """The team's row of how it works, made where there is none, locked for the transaction."""
    TeamMethod.objects.get_or_create(team=team, defaults={"network_id": team.network_id})
    return TeamMethod.objects.select_for_update().get(team=team)


def put_away(*, row: InterviewRound | Theme) -> None:
    """Take a round or a theme off the page. It can be taken back."""
    row.put_away_at = timezone.now()
    row.save(update_fields=["put_away_at"])


def take_back(*, row: InterviewRound | Theme) -> None:
    """Put what was put away on the page again."""
    row.put_away_at = None
    row.save(update_fields=["put_away_at"])


def locked_ratings(*, team: Team, gathering: Gathering) -> dict[int, EffectRating]:
    """The team's ratings at a gathering by the goal's number; two who save at once come after each other."""
    Team.objects.select_for_update(no_key=True).get(pk=team.pk)
    return {row.effect_goal: row for row in EffectRating.objects.filter(team=team, gathering=gathering)}


@transaction.atomic
def save_ratings(*, team: Team, gathering: Gathering, by: User, ratings: Mapping[int, tuple[int | None, str]]) -> None:
    """Keep what the team said of each effect goal at a gathering: score and sentence by the goal's number.

    1. Lock, and read what is there.
    2. A goal without a score is no longer rated.
    3. Write only what differs, so that a row says who wrote it last.
    """
    before = locked_ratings(team=team, gathering=gathering)
    for number, (score, sentence) in ratings.items():
        row = before.get(number)
        if score is None:
            if row:
                row.delete()
        elif row is None or (row.score, row.sentence) != (score, sentence):
            EffectRating.objects.update_or_create(
                team=team,
                gathering=gathering,
                effect_goal=number,
                defaults={
                    "network_id": team.network_id,
                    "score": score,
                    "sentence": sentence,
                    "saved_by": by,
                    "saved_at": timezone.now(),
                },
            )
