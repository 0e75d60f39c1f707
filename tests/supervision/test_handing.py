"""Who guides a team, day by day: for good, while somebody is away, and after it has been handed over."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Role
from notices.models import Message, Notice
from sessions.answers import supervisors
from sessions.services import deliver
from supervision.models import Agreement, FeedbackDraft, Meeting, MeetingPerson, MeetingTeam, PrivateNote
from teams.guiding import begin_guiding, end_guiding, stand_in
from teams.models import Supervisor
from tests.cast import Cast, Place
from tests.overview.stage import add_team

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def colleague(place: Place, name: str = "kollega") -> Membership:
    user = User.objects.create_user(f"{name}.{place.network.slug}@test.example", name=f"Veileder {name.title()}")
    return Membership.objects.create(network=place.network, user=user, role=Role.SUPERVISOR)


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def guides(place: Place, on: date) -> set[int]:
    return supervisors([place.team.pk], on).get(place.team.pk, set())


def test_a_stand_in_guides_from_the_first_day_to_the_last(cast: Cast) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        other, own = colleague(place), Membership.objects.get(user=place.supervisor)
        stand_in(team=place.team, membership=other, stands_in_for=own, since=day(2), last_day=day(4))
        both = {place.supervisor.pk, other.user_id}
        found = [guides(place, day(at)) for at in range(1, 6)]
        assert found == [{place.supervisor.pk}, both, both, both, {place.supervisor.pk}]
        # Longer, and from earlier: the days become one row.
        stand_in(team=place.team, membership=other, stands_in_for=own, since=day(1), last_day=day(5))
        assert _rows(other) == [(day(1), day(6))]
        # Who guides it for good from a day within goes on; the stand-in ends there.
        begin_guiding(team=place.team, membership=other, since=day(3), handed_over_by=own)
        assert _rows(other) == [(day(1), day(3)), (day(3), None)]
        assert stand_in(team=place.team, membership=other, stands_in_for=own, since=day(4), last_day=day(9)) is None


def test_who_comes_back_gets_a_row_of_her_own(cast: Cast) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        own = Membership.objects.get(user=place.supervisor)
        Membership.objects.filter(pk=own.pk).update(starts_on=day(-30))
        Supervisor.objects.filter(membership=own).update(since=day(-30))
        end_guiding(team=place.team, membership=own, on=day(-10))
        assert guides(place, day(-11)) == {place.supervisor.pk}
        assert guides(place, day(-10)) == set()
        begin_guiding(team=place.team, membership=own)
        assert _rows(own) == [(day(-30), day(-10)), (day(0), None)]
        # Ended and begun again on one day is no second row.
        end_guiding(team=place.team, membership=own)
        begin_guiding(team=place.team, membership=own)
        assert _rows(own) == [(day(-30), day(-10)), (day(0), None)]


def _rows(membership: Membership) -> list[tuple[date, date | None]]:
    return list(Supervisor.objects.filter(membership=membership).order_by("since").values_list("since", "until"))


def at(place: Place, name: str, *more: object) -> str:
    return reverse(f"supervision:{name}", args=[place.network.slug, *more])


def test_a_team_is_handed_over_with_what_waits_what_is_begun_and_what_was(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        other, own = colleague(place), Membership.objects.get(user=place.supervisor)
        substitute = colleague(place, "vikar")
        stand_in(team=place.team, membership=substitute, stands_in_for=own, since=day(0), last_day=day(9))
        version = deliver(team=place.team, assignment=place.document, by=place.member, comment="Planen")
        FeedbackDraft.objects.create(network=place.network, version=version, author=place.supervisor, text="Begynt")
        held, coming = (
            Meeting.objects.create(network=place.network, day=day(at), state=state)
            for at, state in ((-9, "held"), (9, "planned"))
        )
        for meeting in (held, coming):
            MeetingTeam.objects.create(network=place.network, meeting=meeting, team=place.team)
        MeetingPerson.objects.create(network=place.network, meeting=coming, user=place.supervisor, name="Veileder")
        Agreement.objects.create(
            network=place.network, meeting=held, team=place.team, text="Sende mal", responsible=place.supervisor
        )
        PrivateNote.objects.create(network=place.network, team=place.team, meeting=held, text="Lederen holder igjen")
        before = {row.recipient_id for row in Notice.objects.filter(kind="review_waiting")}
    assert before == {place.supervisor.pk, substitute.user_id}
    page = sign_in(place.supervisor).post(
        at(place, "hand_over", own.pk), {"teams": [place.team.pk], "to": other.pk}, secure=True
    )
    assert page.status_code == 302
    with tenancy.scope([place.network.pk]):
        assert guides(place, day(0)) == {other.user_id}
        row = Supervisor.objects.get(membership=other)
        assert (row.since, row.until, row.handed_over_by) == (day(0), None, own)
        waiting = Notice.objects.filter(kind="review_waiting", state=Notice.State.WAITING)
        assert {notice.recipient_id for notice in waiting} >= {other.user_id}
        assert place.supervisor.pk not in {notice.recipient_id for notice in waiting}
        assert FeedbackDraft.objects.get().author == other.user
        assert Agreement.objects.get().responsible == other.user
        assert list(coming.people.values_list("user", flat=True)) == [other.user_id]
        told = Message.objects.filter(key__startswith="handing:").values_list("recipient", flat=True)
        assert set(told) == {place.supervisor.pk, other.user_id, place.team_leader.pk}
        meant = {message.recipient_id: message for message in Message.objects.filter(key__startswith="guidance:")}
        assert set(meant) == {place.supervisor.pk, other.user_id}
        assert "avlyst" not in f"{meant[place.supervisor.pk].subject}{meant[place.supervisor.pk].text}".lower()
    # What was before is hers to read now, and no longer the other's.
    for user, status in ((other.user, 200), (place.supervisor, 404)):
        answer = sign_in(user).get(at(place, "meeting", held.pk), secure=True)
        assert answer.status_code == status
        assert ("Lederen holder igjen" in answer.content.decode()) == (status == 200)


def test_a_stand_in_sees_what_waits_until_the_last_day_and_not_after(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        other, own = colleague(place), Membership.objects.get(user=place.supervisor)
    asked = {"teams": [place.team.pk], "to": other.pk, "since": day(0), "last_day": day(3)}
    assert sign_in(place.supervisor).post(at(place, "stand_in", own.pk), asked, secure=True).status_code == 302
    page = at(place, "team_log", place.team.slug)
    with tenancy.scope([place.network.pk]):
        row = Supervisor.objects.get(membership=other)
        assert (row.until, row.last_day, row.stands_in_for) == (day(4), day(3), own)
    for since, until, status in ((-4, 1, 200), (-4, 0, 404), (1, 4, 404)):
        with tenancy.scope([place.network.pk]):
            Supervisor.objects.filter(pk=row.pk).update(since=day(since), until=day(until))
        assert sign_in(other.user).get(page, secure=True).status_code == status
    # She can not end what is another's, and the one she stands in for can.
    with tenancy.scope([place.network.pk]):
        third = colleague(place, "tredje")
    assert sign_in(third.user).post(at(place, "guiding_end", row.pk), secure=True).status_code == 404
    assert sign_in(place.supervisor).post(at(place, "guiding_end", row.pk), secure=True).status_code == 302
    with tenancy.scope([place.network.pk]):
        assert not Supervisor.objects.filter(pk=row.pk).exists()  # it had not begun


def test_nobody_stops_guiding_a_team_alone(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        other, own = colleague(place), Membership.objects.get(user=place.supervisor)
        row = Supervisor.objects.get(membership=own)
    client = sign_in(place.supervisor)
    client.post(at(place, "guiding_end", row.pk), secure=True)
    assert guides_now(place) == {place.supervisor.pk}
    client.post(at(place, "share", own.pk), {"teams": [place.team.pk], "to": other.pk}, secure=True)
    assert guides_now(place) == {place.supervisor.pk, other.user_id}
    client.post(at(place, "guiding_end", row.pk), secure=True)
    assert guides_now(place) == {other.user_id}


def guides_now(place: Place) -> set[int]:
    with tenancy.scope([place.network.pk]):
        return guides(place, day(0))


def test_a_stand_in_is_for_all_teams_and_handing_over_for_those_that_are_chosen(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        own, other = Membership.objects.get(user=place.supervisor), colleague(place)
        add_team(place, "Tokke", guided=True)
    client = sign_in(place.supervisor)
    asked = {
        name: client.get(at(place, name, own.pk), secure=True).context["form"] for name in ("stand_in", "hand_over")
    }
    assert {name: len(form["teams"].value() or []) for name, form in asked.items()} == {"stand_in": 2, "hand_over": 0}
    assert [form["to"].value() for form in asked.values()] == [other.pk, other.pk]  # there is nobody else
