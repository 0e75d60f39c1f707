"""A team asks those who guide it."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notices import kinds
from notices.models import Notice
from supervision.models import Question
from supervision.questions.notices import ANSWERED, WAITING
from supervision.queue.rows import Kind
from tests.cast import Cast, Place
from tests.overview.stage import page, reads_english, within, words

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def west(cast: Cast) -> Place:
    reads_english(*cast.west.people().values())
    return cast.west


def ask(client: Client, place: Place, text: str) -> str:
    return str(
        client.post(reverse("supervision:questions", args=["vest", place.team.slug]), {"text": text})["Location"]
    )


def told(place: Place, kind: str) -> list[tuple[str, str]]:
    """To whom a notice of the kind waits, and what it says."""
    with within(place):
        notices = list(Notice.objects.filter(kind=kind, state="waiting").select_related("recipient"))
        lines = kinds.tell(notices, timezone.localdate())
    return sorted((each.recipient.name, lines[each.pk].title) for each in notices if each.pk in lines)


def waiting(client: Client) -> list[str]:
    queue = client.get(reverse("supervision:queue")).context["queue"]
    return [row.sentence for row in queue.every if row.kind == Kind.QUESTION]


def test_asked_answered_and_asked_again(west: Place, sign_in: SignIn) -> None:
    where = ask(sign_in(west.member), west, "Kan vi telle begge?")
    assert told(west, WAITING) == [("Veileder Vest", "A question from Vinje")]
    guide = sign_in(west.supervisor)
    assert waiting(guide) == ["Vinje asks: “Kan vi telle begge?”"]
    assert "Answered. The team will be told." in words(guide.post(where, {"text": "Ja."}, follow=True).content.decode())
    assert waiting(guide) == []
    assert told(west, WAITING) == []
    assert told(west, ANSWERED) == [("Medlem Vest", "The answer to Vinje"), ("Teamleder Vest", "The answer to Vinje")]
    sign_in(west.team_leader).post(where, {"text": "Og på natt?"})
    assert waiting(sign_in(west.supervisor)) == ["Vinje asks: “Og på natt?”"]
    assert told(west, WAITING) == [("Veileder Vest", "A question from Vinje")]


def test_a_question_that_needs_no_answer_waits_no_longer(west: Place, sign_in: SignIn) -> None:
    ask(sign_in(west.member), west, "Hva nå?")
    with within(west):
        question = Question.objects.get()
    sign_in(west.member).post(reverse("supervision:question_close", args=["vest", west.team.slug, question.pk]))
    assert waiting(sign_in(west.supervisor)) == []
    assert told(west, WAITING) == []


def test_only_the_team_and_those_who_guide_it_read_it(west: Place, cast: Cast, sign_in: SignIn) -> None:
    where = ask(sign_in(west.member), west, "Kan vi telle begge?")
    got = {name: sign_in(user).get(where).status_code for name, user in west.people().items()}
    assert got == {
        "coordinator": 200,
        "supervisor": 200,
        "team_leader": 200,
        "member": 200,
        "leader": 403,
        "observer": 403,
    }
    assert {sign_in(user).get(where).status_code for user in cast.east.people().values()} == {404}


def test_those_who_guide_do_not_ask_for_the_team(west: Place, sign_in: SignIn) -> None:
    client, where = sign_in(west.supervisor), reverse("supervision:questions", args=["vest", west.team.slug])
    assert "Send the question" not in page(client, where)
    client.post(where, {"text": "Nei"})
    with within(west):
        assert not Question.objects.exists()
