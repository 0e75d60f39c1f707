"""Handing in and answering."""

from collections.abc import Iterator

import pytest

from gpf import tenancy
from sessions.models import Delivery, DeliveryVersion, Review
from sessions.services import NotDeliveredError, NothingToDeliverError, deliver, review, save_draft
from tests.cast import Cast, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def west(cast: Cast) -> Iterator[Place]:
    with tenancy.scope([cast.west.network.pk]):
        yield cast.west


def _hand_in(west: Place, comment: str) -> DeliveryVersion:
    return deliver(team=west.team, assignment=west.document, by=west.team_leader, comment=comment)


def test_a_draft_is_kept_and_then_handed_in(west: Place) -> None:
    save_draft(team=west.team, assignment=west.document, by=west.member, comment="Half of it")
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.begun) == ("open", True)
    version = _hand_in(west, "All of it")
    assert (version.number, version.comment, version.saved_by) == (1, "All of it", west.team_leader)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.delivered_at) == ("delivered", version.delivered_at)


def test_nothing_is_not_handed_in(west: Place) -> None:
    with pytest.raises(NothingToDeliverError):
        _hand_in(west, "  ")
    assert not Delivery.objects.filter(state="delivered").exists()
    assert DeliveryVersion.objects.count() == 0


def test_sent_back_and_handed_in_again_keeps_both_versions(west: Place) -> None:
    first = _hand_in(west, "First")
    review(version=first, by=west.supervisor, verdict=Review.Verdict.RETURNED, text="Say for whom")
    assert Delivery.objects.get().state == "returned"
    second = _hand_in(west, "Second")
    assert Delivery.objects.get().state == "delivered"
    review(version=second, by=west.supervisor, verdict=Review.Verdict.APPROVED, text="")
    assert Delivery.objects.get().state == "approved"
    said = [(v.number, v.comment, [r.text for r in v.reviews.all()]) for v in DeliveryVersion.objects.all()]
    assert said == [(2, "Second", [""]), (1, "First", ["Say for whom"])]


def test_a_comment_leaves_the_delivery_waiting(west: Place) -> None:
    review(version=_hand_in(west, "Plan"), by=west.supervisor, verdict=Review.Verdict.COMMENTED, text="Good start")
    assert Delivery.objects.get().state == "delivered"


def test_an_old_version_or_a_draft_is_not_answered(west: Place) -> None:
    first = _hand_in(west, "First")
    draft = save_draft(team=west.team, assignment=west.document, by=west.member, comment="Second")
    with pytest.raises(NotDeliveredError):
        review(version=draft, by=west.supervisor, verdict=Review.Verdict.APPROVED, text="")
    _hand_in(west, "Second")
    with pytest.raises(NotDeliveredError):
        review(version=first, by=west.supervisor, verdict=Review.Verdict.APPROVED, text="")
