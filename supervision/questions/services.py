"""Asking, answering and closing. Every function needs the network's scope and writes everything or nothing."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from supervision.models import Answer, Question
from supervision.questions.notices import announce_answer, announce_question, withdraw_waiting
from teams.models import Team


@transaction.atomic
def ask(*, team: Team, by: User, text: str) -> Question:
    """The team asks.

    1. Write the question; it waits from now on.
    2. Tell those who guide the team.
    """
    question = Question.objects.create(network_id=team.network_id, team=team, text=text, asked_by=by)
    announce_question(question, number=0)
    return question


@transaction.atomic
def say(*, question: Question, by: User, text: str, from_team: bool) -> Answer:
    """Answer, or say more.

    1. Write it.
    2. From the team: the question waits again, and those who guide are told.
    3. From those who guide: it waits no longer, and who asked and the team's leader are told.
    """
    locked = Question.objects.select_for_update().get(pk=question.pk)
    answer = Answer.objects.create(
        network_id=locked.network_id, question=locked, text=text, written_by=by, from_team=from_team
    )
    if from_team:
        _close(locked, closed=False)
        announce_question(locked, number=answer.pk)
    else:
        _close(locked, closed=True)
        announce_answer(answer)
    return answer


@transaction.atomic
def close(*, question: Question) -> None:
    """Nobody needs an answer any more.

    1. It waits no longer.
    2. Take back what was to be told of it.
    """
    _close(Question.objects.select_for_update().get(pk=question.pk), closed=True)
    withdraw_waiting(question)


def _close(question: Question, *, closed: bool) -> None:
    question.closed_at = timezone.now() if closed else None
    question.save(update_fields=["closed_at"])
