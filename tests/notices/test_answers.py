"""What the digest says of work handed in and answered."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from gpf import dates, tenancy
from notices.models import Notice
from notices.runs import find_due, run_daily
from sessions.models import DeliveryVersion, Review
from sessions.services import deliver, review
from teams.models import Supervisor
from tests.cast import Place
from tests.notices.conftest import Box, morning, only_due

APPROVED, RETURNED, COMMENTED = Review.Verdict.APPROVED, Review.Verdict.RETURNED, Review.Verdict.COMMENTED


@pytest.fixture
def quiet(west: Place) -> Place:
    """Vest with nothing due, where the leader and the supervisor read English."""
    only_due(west, 40)
    User.objects.filter(pk__in=[west.team_leader.pk, west.supervisor.pk]).update(language="en")
    return west


def hand_in(place: Place) -> DeliveryVersion:
    with tenancy.scope([place.network.pk]):
        return deliver(team=place.team, assignment=place.document, by=place.team_leader, comment="Her er den.")


def answer(place: Place, version: DeliveryVersion, verdict: Review.Verdict) -> Review:
    with tenancy.scope([place.network.pk]):
        return review(version=version, by=place.supervisor, verdict=verdict, text="Målet mangler et tall.")


def told(place: Place) -> dict[str, list[str]]:
    """The states of the notices in the network, by kind, oldest first."""
    found: dict[str, list[str]] = {}
    with tenancy.scope([place.network.pk]):
        for notice in Notice.objects.order_by("pk"):
            found.setdefault(notice.kind, []).append(notice.state)
    return found


def test_the_supervisor_reads_that_work_waits_for_her(quiet: Place, box: Box) -> None:
    hand_in(quiet)
    run_daily(at=morning(1))
    letter = box.only()
    today = dates.long_date(timezone.localdate(), language="en")
    assert letter.to == [quiet.supervisor.email]
    assert letter.subject == f"Vinje waits for your answer: Lever forbedringsplan, {today}"
    assert f"/nettverk/vest/team/vinje/leveringer/{quiet.document.pk}/" in letter.body


def test_the_team_leader_reads_that_it_was_sent_back(quiet: Place, box: Box) -> None:
    answer(quiet, hand_in(quiet), RETURNED)
    run_daily(at=morning(1))
    letter = box.only()
    today, due = timezone.localdate(), quiet.document.due
    assert letter.to == [quiet.team_leader.email]
    assert letter.subject == f"Sent back: Lever forbedringsplan, {dates.long_date(today, language='en')}"
    assert f"hand it in again by {dates.long_date(due, language='en')}." in letter.body


def test_a_deadline_that_has_passed_is_not_asked_for(quiet: Place, box: Box) -> None:
    answer(quiet, hand_in(quiet), RETURNED)
    only_due(quiet, -3)
    run_daily(at=morning(1))
    assert box.only().body.count("hand it in again.") == 1


def test_the_team_leader_reads_that_it_was_approved(quiet: Place, box: Box) -> None:
    answer(quiet, hand_in(quiet), APPROVED)
    run_daily(at=morning(1))
    letter = box.only()
    assert letter.to == [quiet.team_leader.email]
    assert letter.subject.startswith("Approved: Lever forbedringsplan")


@pytest.mark.parametrize(("days", "mails"), [(30, 1), (31, 0)])
def test_an_answer_of_long_ago_is_no_news(quiet: Place, box: Box, days: int, mails: int) -> None:
    given = answer(quiet, hand_in(quiet), APPROVED)
    with tenancy.scope([quiet.network.pk]):
        Review.objects.filter(pk=given.pk).update(reviewed_at=morning(1) - timedelta(days=days))
    run_daily(at=morning(1))
    assert len(box) == mails


def test_the_reason_itself_stays_behind_the_sign_in(quiet: Place, box: Box) -> None:
    answer(quiet, hand_in(quiet), RETURNED)
    run_daily(at=morning(1))
    assert "mangler" not in box.only().body


def test_a_comment_is_told_as_a_reply_and_the_work_still_waits(quiet: Place, box: Box) -> None:
    version = hand_in(quiet)
    answer(quiet, version, COMMENTED)
    answer(quiet, version, COMMENTED)
    assert told(quiet) == {"review_waiting": ["waiting"], "delivery_reply": ["withdrawn", "waiting"]}
    run_daily(at=morning(1))
    (letter,) = box.to(quiet.team_leader.email)
    assert "Veileder Vest has written about Lever forbedringsplan" in letter.subject
    assert "#samtale" in letter.body
    assert "mangler" not in letter.body


def test_who_is_answered_twice_is_told_of_the_newest_answer_only(
    quiet: Place, box: Box, sign_in: Callable[[User], Client]
) -> None:
    version = hand_in(quiet)
    answer(quiet, version, RETURNED)
    run_daily(at=morning(1))
    newest = answer(quiet, version, RETURNED)
    answer(quiet, version, COMMENTED)
    run_daily(at=morning(2))
    assert len(box.to(quiet.team_leader.email)) == 2
    assert told(quiet)["review_answered"] == ["sent", "sent"]
    page = sign_in(quiet.team_leader).get("/varsler/")
    rows = page.context["unread"] + page.context["read"]
    assert [row.notice.about.get("review") for row in rows if row.notice.kind == "review_answered"] == [newest.pk]


def test_handing_in_again_takes_the_answer_back_and_asks_anew(quiet: Place) -> None:
    answer(quiet, hand_in(quiet), RETURNED)
    hand_in(quiet)
    assert told(quiet) == {"review_waiting": ["withdrawn", "waiting"], "review_answered": ["withdrawn"]}


def test_handing_in_takes_the_reminders_back_at_once(west: Place) -> None:
    find_due(timezone.localdate())
    hand_in(west)
    assert told(west) == {"assignment_due": ["withdrawn"], "review_waiting": ["waiting"]}


@pytest.mark.parametrize("field", ["until", "membership"])
def test_who_no_longer_guides_the_team_is_not_told(quiet: Place, box: Box, field: str) -> None:
    hand_in(quiet)
    with tenancy.scope([quiet.network.pk]):
        guide = Supervisor.objects.get()
        if field == "until":
            Supervisor.objects.update(until=timezone.localdate())
        else:
            guide.membership.ends_on = timezone.localdate()
            guide.membership.save()
    run_daily(at=morning(1))
    assert (len(box), told(quiet)) == (0, {"review_waiting": ["withdrawn"]})


def test_what_was_answered_a_second_before_sending_waits_for_nobody(quiet: Place, box: Box) -> None:
    """Even where the notice itself was not taken back."""
    version = hand_in(quiet)
    answer(quiet, version, APPROVED)
    with tenancy.scope([quiet.network.pk]):
        Notice.objects.filter(kind="review_waiting").update(state=Notice.State.WAITING)
    run_daily(at=morning(1))
    assert [letter.to for letter in box] == [[quiet.team_leader.email]]
    assert told(quiet) == {"review_waiting": ["withdrawn"], "review_answered": ["sent"]}
