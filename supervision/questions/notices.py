"""Telling those who guide that a team asks, and the team that it is answered. Both go into the next digest."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from gpf import dates
from networks.models import Membership, Role
from notices.kinds import Handed, Line, Words
from notices.models import Notice
from notices.services import hand_over, withdraw
from sessions.answers import supervisors
from sessions.reminder_words import DAY, TEAM
from supervision.models import Answer, Question
from supervision.questions.talk import waits
from teams.models import TeamMember

WAITING = "question_waiting"
ANSWERED = "question_answered"
SHOWN = 300

ASKED = Words(
    WAITING,
    _("A team asks something"),
    gettext_noop("%(team)s asks you something, %(date)s"),
    gettext_noop("“%(question)s”"),
    {
        "team": TEAM,
        "date": (_("the day it was asked"), DAY),
        "question": (_("what the team asks"), _("May we change the goal?")),
    },
)
REPLIED = Words(
    ANSWERED,
    _("A question is answered"),
    gettext_noop("%(person)s has answered your question, %(date)s"),
    gettext_noop("“%(answer)s”"),
    {
        "person": (_("who answered"), _("Supervisor West")),
        "team": TEAM,
        "date": (_("the day it was answered"), DAY),
        "answer": (_("what she answered"), _("Yes, do so.")),
    },
)


def announce_question(question: Question, *, number: int) -> None:
    """A question waits: those who guide the team are told. `number` tells one waiting of it from the next."""
    today = timezone.localdate()
    people = supervisors([question.team_id], today).get(question.team_id, set())
    about = {"question": question.pk, "team": question.team_id}
    _hand_over(question, f"{_waiting(question)}{number}:", WAITING, about, people)


def announce_answer(answer: Answer) -> None:
    """It is answered: it waits for nobody, and who asked and who leads the team are told."""
    question = answer.question
    withdraw_waiting(question)
    people = _leaders(question) | ({question.asked_by_id} if question.asked_by_id else set())
    about = {"answer": answer.pk, "team": question.team_id}
    _hand_over(question, f"{ANSWERED}:{question.pk}:{answer.pk}:", ANSWERED, about, people)


def withdraw_waiting(question: Question) -> None:
    withdraw(network_id=question.network_id, prefixes=[_waiting(question)])


def tell_waiting(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word what still waits, to those who still guide the team. Four queries."""
    keys = {notice.about["question"] for notice in notices}
    open_ = Question.objects.filter(pk__in=keys, closed_at=None).select_related("team__network")
    questions = {each.pk: each for each in open_.prefetch_related("answers")}
    people = supervisors({each.team_id for each in questions.values()}, today)
    lines = {}
    for notice in notices:
        question = questions.get(notice.about["question"])
        if question and notice.recipient_id in people.get(question.team_id, ()):
            lines[notice.pk] = _waiting_line(question, today)
    return lines


def tell_answered(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word the answers, to those who are still in the team. Two queries."""
    found = Answer.objects.select_related("question__team__network", "written_by")
    answers = found.in_bulk([notice.about["answer"] for notice in notices])
    here = Q(left_on=None) | Q(left_on__gt=today)
    active = Membership.objects.active(today).filter(role=Role.TEAM_MEMBER)
    teams = {each.question.team_id for each in answers.values()}
    places = TeamMember.objects.filter(here, team__in=teams, membership__in=active)
    members = set(places.values_list("team", "membership__user"))
    lines = {}
    for notice in notices:
        answer = answers.get(notice.about["answer"])
        if answer and (answer.question.team_id, notice.recipient_id) in members:
            lines[notice.pk] = _answered_line(answer, today)
    return lines


def _waiting_line(question: Question, today: date) -> Line:
    since, text = waits(question)
    day = timezone.localdate(since)
    fields = {"team": question.team.name, "date": dates.long_date(day, today=today), "question": _short(text)}
    title = gettext("A question from %(team)s") % fields
    return ASKED.line(fields, title=title, path=_path(question), when=day)


def _answered_line(answer: Answer, today: date) -> Line:
    fields = {
        "person": answer.written_by.name if answer.written_by else gettext("Your supervisor"),
        "team": answer.question.team.name,
        "date": dates.long_date(timezone.localdate(answer.written_at), today=today),
        "answer": _short(answer.text),
    }
    title = gettext("The answer to %(team)s") % fields
    return REPLIED.line(fields, title=title, path=_path(answer.question))


def _leaders(question: Question) -> set[int]:
    today = timezone.localdate()
    here = Q(left_on=None) | Q(left_on__gt=today)
    leads = TeamMember.objects.filter(here, team=question.team_id, function=TeamMember.Function.LEADER)
    return set(leads.values_list("membership__user", flat=True))


def _hand_over(question: Question, key: str, kind: str, about: dict[str, int], people: Collection[int]) -> None:
    now = timezone.now()
    notices = [Handed(f"{key}{person}", person, kind, about, due_at=now) for person in sorted(people)]
    hand_over(network_id=question.network_id, notices=notices)


def _waiting(question: Question) -> str:
    return f"{WAITING}:{question.pk}:"


def _path(question: Question) -> str:
    team = question.team
    return reverse("supervision:question", args=[team.network.slug, team.slug, question.pk])


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(SHOWN)
