"""Who guides a team, day by day: for good, while somebody is away, and after it has been handed over."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Role
from sessions.answers import supervisors
from teams.guiding import begin_guiding, end_guiding, stand_in
from teams.models import Supervisor
from tests.cast import Cast, Place

pytestmark = pytest.mark.django_db


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
