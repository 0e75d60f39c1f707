"""A question and what has been said to it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from supervision.models import Question


@dataclass(frozen=True)
class Said:
    """One thing somebody wrote."""

    text: str
    who: User | None
    at: datetime
    from_team: bool


def said(question: Question) -> Sequence[Said]:
    """The question and everything said to it, oldest first. Reads the answers."""
    answers = [Said(each.text, each.written_by, each.written_at, each.from_team) for each in question.answers.all()]
    return [Said(question.text, question.asked_by, question.asked_at, from_team=True), *answers]


def waits(question: Question) -> tuple[datetime, str]:
    """Since when the team waits for a word, and what it wrote last."""
    talk = said(question)
    answered = max((at for at, each in enumerate(talk) if not each.from_team), default=-1)
    unanswered = talk[answered + 1 :]
    return (unanswered[0].at, unanswered[-1].text) if unanswered else (talk[-1].at, talk[-1].text)
