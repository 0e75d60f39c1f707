"""Papers: made once, made anew where the making went wrong, and read by those who may read the team's work."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.models import Document
from gpf import tenancy
from improvement.models import Paper
from improvement.papers import services
from improvement.papers.tasks import make_paper
from tests.cast import Cast, Place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What was laid out, instead of laying it out; content {"boom": …} goes wrong."""
    seen: list[Any] = []

    def lay_out(kind: str, content: Any, *, language: str, title: str) -> bytes:
        seen.append((kind, content, language, title))
        if "boom" in content:
            raise ValueError("it went wrong")
        return b"%PDF-1.7 of a test"

    monkeypatch.setattr(services, "render", lay_out)
    return seen


def ask(place: Place, **changed: Any) -> Paper:
    asked: dict[str, Any] = {
        "team": place.team,
        "kind": Paper.Kind.PLAN,
        "content": {"goals": []},
        "language": "nb",
        "title": "Plan",
    }
    with tenancy.scope([place.network.pk]):
        return services.request_paper(network=place.network, **asked | changed)


def now_of(place: Place, paper: Paper) -> Paper:
    with tenancy.scope([place.network.pk]):
        return Paper.objects.select_related("document").get(pk=paper.pk)


def test_the_same_content_is_one_paper_and_made_once(cast: Cast, laid_out: list[Any]) -> None:
    place = cast.west
    first = ask(place)
    assert make_paper(place.network.pk, first.pk) == Paper.State.READY
    again = ask(place)
    assert (again.pk, again.state) == (first.pk, Paper.State.READY)
    assert make_paper(place.network.pk, first.pk) == ""
    assert laid_out == [("plan", {"goals": []}, "nb", "Plan")]
    assert now_of(place, first).document is not None
    others = {ask(place, language="nn").pk, ask(place, content={}).pk, ask(place, team=None).pk}
    assert len(others | {first.pk}) == 4


def test_what_went_wrong_is_told_and_can_be_asked_for_again(cast: Cast, laid_out: list[Any]) -> None:
    place = cast.west
    paper = ask(place, content={"boom": 1})
    assert make_paper(place.network.pk, paper.pk) == Paper.State.FAILED
    assert (now_of(place, paper).state, Document.objects.count()) == (Paper.State.FAILED, 0)
    assert ask(place, content={"boom": 1}).state == Paper.State.QUEUED


def test_a_worker_that_dies_of_it_every_time_is_not_asked_for_ever(cast: Cast) -> None:
    place = cast.west
    paper = ask(place)
    with tenancy.scope([place.network.pk]):
        begun = [services.begin_paper(paper_pk=paper.pk) is not None for _time in range(services.ATTEMPTS + 1)]
    assert begun == [True] * services.ATTEMPTS + [False]
    assert now_of(place, paper).state == Paper.State.FAILED


def test_one_that_nobody_makes_any_longer_gets_a_new_start(cast: Cast) -> None:
    place = cast.west
    paper = ask(place)
    with tenancy.scope([place.network.pk]):
        Paper.objects.filter(pk=paper.pk).update(queued_at=timezone.now() - timedelta(minutes=5), attempts=2)
    assert now_of(place, paper).is_stuck(timezone.now())
    again = ask(place)
    assert (again.pk, again.attempts, again.is_stuck(timezone.now())) == (paper.pk, 0, False)


def test_the_page_waits_hands_out_and_offers_to_try_again(
    cast: Cast, sign_in: Callable[[User], Client], laid_out: list[Any]
) -> None:
    place = cast.west
    User.objects.filter(pk=place.member.pk).update(language="en")
    paper, broken = ask(place), ask(place, content={"boom": 1})
    client = sign_in(place.member)
    address = reverse("improvement:paper", args=[place.network.slug, paper.pk])
    file = reverse("improvement:paper_file", args=[place.network.slug, paper.pk])
    assert "Making the PDF" in client.get(address).content.decode()
    assert client.get(file).status_code == 404
    make_paper(place.network.pk, paper.pk)
    make_paper(place.network.pk, broken.pk)
    assert file in client.get(address).content.decode()
    response = client.get(file)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 of a test"  # type: ignore[attr-defined]
    address = reverse("improvement:paper", args=[place.network.slug, broken.pk])
    assert "could not be made" in client.get(address).content.decode()
    assert client.post(address, follow=True).status_code == 200
    assert now_of(place, broken).state == Paper.State.QUEUED
