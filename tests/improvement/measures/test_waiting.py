"""A team is told which numbers are missing, in each measure's own rhythm, without a number in the mail."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from gpf import tenancy
from improvement.measures import services
from improvement.measures.models import Measure
from improvement.measures.services import Entry, save_numbers
from improvement.measures.waiting import AFTER, KIND, find
from networks.models import Membership, Role
from notices import kinds
from notices.kinds import Line
from notices.models import Notice
from notices.services import hand_over
from teams.models import TeamMember
from tests.cast import Cast, Place
from tests.improvement.measures.stage import measure_of, monday

pytestmark = pytest.mark.django_db

ASKED = monday(-1) + AFTER
"""The day in the next week on which the number of this week is asked for."""


@pytest.fixture
def lead(cast: Cast) -> None:
    """The member leads measuring in Vinje."""
    with tenancy.scope([cast.west.network.pk]):
        places = TeamMember.objects.filter(membership__user=cast.west.member)
        places.update(function=TeamMember.Function.MEASUREMENT_LEAD)


def told(place: Place, today: date) -> dict[str, Line]:
    """What is found and told on the day, by the person's part."""
    parts = {user.pk: part for part, user in place.people().items()}
    with tenancy.scope([place.network.pk]), translation.override("en"):
        hand_over(network_id=place.network.pk, notices=find(place.network, today))
        return waiting(parts, today)


def waiting(parts: dict[int, str], today: date) -> dict[str, Line]:
    found = list(Notice.objects.filter(kind=KIND.name, state=Notice.State.WAITING).order_by("due_at"))
    lines = kinds.tell(found, today)
    return {parts[notice.recipient_id]: lines[notice.pk] for notice in found if notice.pk in lines}


@pytest.mark.usefixtures("lead")
def test_what_is_missing_is_one_notice_that_leads_to_the_field_and_says_no_number(cast: Cast) -> None:
    west = cast.west
    measure = measure_of(west, [(1, 731, 944)])
    measure_of(cast.east, [(1, 7, 9)])
    assert told(west, ASKED - timedelta(days=1)) == {}, "the week is over, but its number takes some days"
    (line,) = told(west, ASKED).values()
    assert line.path.endswith(f"/malinger/{measure.pk}/tall/")
    assert "731" not in str(line)
    other = measure_of(west, [(2, 5, 9)])
    found = told(west, ASKED)
    assert {part: line.fields["count"] for part, line in found.items()} == {"member": "2"}
    with tenancy.scope([west.network.pk]):
        save_numbers(measure=measure, entries=[Entry(monday(0))], by=west.member)
    assert told(west, ASKED)["member"].wording == "measurement_due", "not measured is an answer too"
    with tenancy.scope([west.network.pk]):
        services.put_away(measure=other)
        Notice.objects.update(state=Notice.State.WAITING)
    assert told(west, ASKED) == {}, "seen again at the moment of sending"


def test_where_nobody_leads_measuring_those_who_do_the_work_are_told(cast: Cast) -> None:
    measure_of(cast.west, [(1, 7, 9)])
    assert list(told(cast.west, ASKED)) == ["team_leader"]
    with tenancy.scope([cast.west.network.pk]):
        leading = Membership.objects.filter(user=cast.west.team_leader, role=Role.TEAM_MEMBER)
        leading.update(ends_on=timezone.localdate())
    assert list(told(cast.west, ASKED)) == ["member"]


def test_a_new_measure_is_not_asked_for_what_was_before_it(cast: Cast) -> None:
    measure_of(cast.west)
    with tenancy.scope([cast.west.network.pk]):
        Measure.objects.update(created_at=timezone.now() + timedelta(days=9))
    assert told(cast.west, ASKED) == {}
    with tenancy.scope([cast.west.network.pk]):
        Measure.objects.update(created_at=timezone.now())
    assert list(told(cast.west, ASKED)) == ["team_leader"]
