"""The box on the team's page: ask the supervisor, or read what the team asks; and the way to the private notes."""

from collections.abc import Sequence
from dataclasses import dataclass

from networks.access import NetworkRequest
from supervision.access import noted_teams
from supervision.models import Question
from supervision.questions.access import readable_questions
from supervision.questions.forms import QuestionForm
from teams.models import Team


@dataclass(frozen=True)
class Box:
    """`open` are the questions that wait; `asked` says that there are any at all. A form for who may ask."""

    form: QuestionForm | None
    open: Sequence[Question]
    asked: bool
    may_note: bool


def read_box(request: NetworkRequest, team: Team, *, own: bool, goes_on: bool) -> Box | None:
    """For the team and those who guide it; None for everybody else. Four queries at most."""
    may_note = not own and noted_teams(request).filter(pk=team.pk).exists()
    if not own and not may_note:
        return None
    found = list(readable_questions(request).filter(team=team))
    waiting = [each for each in found if each.closed_at is None]
    return Box(QuestionForm() if own and goes_on else None, waiting, bool(found), may_note)
