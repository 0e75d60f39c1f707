"""Phases close themselves, a person may close and reopen, and what is completed is read only."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Change, Network
from networks.phases import Milestones, phase_on, phase_when_reopened
from overview.phase_services import advance, close_network, read_course, reopen_network
from overview.tasks import advance_phases
from sessions.models import Gathering
from tests.cast import Cast
from tests.overview.stage import page, questions, reads_english, words

SignIn = Callable[[User], Client]
DAYS = Milestones(date(2026, 1, 5), date(2027, 9, 1), date(2028, 9, 6))


# The days alone


@pytest.mark.parametrize(
    ("today", "phase", "becomes"),
    [
        (date(2026, 1, 4), "planned", "planned"),
        (date(2026, 1, 5), "planned", "running"),
        (date(2026, 1, 4), "running", "running"),
        (date(2027, 9, 1), "running", "running"),
        (date(2027, 9, 2), "running", "follow_up"),
        (date(2028, 9, 6), "follow_up", "follow_up"),
        (date(2028, 9, 7), "follow_up", "completed"),
        (date(2027, 9, 1), "follow_up", "running"),
        (date(2026, 1, 1), "completed", "completed"),
        (date(2028, 9, 7), "planned", "completed"),
    ],
)
def test_the_phase_follows_the_days_and_asking_twice_is_the_same(today: date, phase: str, becomes: str) -> None:
    assert phase_on(today, phase, DAYS) == becomes
    assert phase_on(today, becomes, DAYS) == becomes


def test_a_reopened_network_is_not_completed_again_by_itself() -> None:
    assert phase_on(date(2030, 1, 1), "running", DAYS, reopened=True) == "follow_up"


@pytest.mark.parametrize("phase", Network.Phase.values)
def test_where_no_day_is_known_nothing_changes(phase: str) -> None:
    assert phase_on(date(2030, 1, 1), phase, Milestones()) == phase


@pytest.mark.parametrize(
    ("today", "days", "becomes"),
    [
        (date(2026, 1, 4), DAYS, "planned"),
        (date(2026, 1, 5), DAYS, "running"),
        (date(2030, 1, 1), DAYS, "follow_up"),
        (date(2030, 1, 1), Milestones(), "follow_up"),
    ],
)
def test_a_reopened_network_goes_on_where_its_days_say(today: date, days: Milestones, becomes: str) -> None:
    assert phase_when_reopened(today, days) == becomes


# The gatherings the days come from


@pytest.mark.django_db
class TestCourse:
    def read(self, cast: Cast, *gatherings: Gathering, months: int | None = 3) -> Milestones:
        network = cast.west.network
        network.preparation_months = months
        with tenancy.scope([network.pk]):
            Gathering.objects.all().delete()
            for each in gatherings:
                each.network = network
                each.save()
            return read_course(network).days

    def days(self, day: str, length: int = 2) -> dict[str, date]:
        first = date.fromisoformat(day)
        return {"starts_on": first, "ends_on": first + timedelta(days=length - 1)}

    def test_preparation_the_last_gathering_and_the_experience_after_it(self, cast: Cast) -> None:
        found = self.read(
            cast,
            Gathering(number=1, **self.days("2026-03-04")),
            Gathering(number=2, **self.days("2026-06-10")),
            Gathering(kind="experience", **self.days("2027-06-09", 1)),
            Gathering(kind="experience", **self.days("2026-04-01", 1), title="Underveis"),
            Gathering(kind="webinar", **self.days("2029-01-01", 1)),
        )
        assert found == Milestones(date(2025, 12, 4), date(2026, 6, 11), date(2027, 6, 9))

    def test_without_preparation_it_begins_with_the_first_gathering(self, cast: Cast) -> None:
        found = self.read(cast, Gathering(number=1, **self.days("2026-03-04")), months=None)
        assert found == Milestones(date(2026, 3, 4), date(2026, 3, 5))

    def test_one_that_is_cancelled_counts_for_nothing(self, cast: Cast) -> None:
        found = self.read(
            cast,
            Gathering(number=1, **self.days("2026-03-04"), state="cancelled"),
            Gathering(number=2, **self.days("2026-06-10")),
            Gathering(number=3, **self.days("2026-12-01"), state="cancelled"),
            Gathering(kind="experience", **self.days("2027-06-09", 1), state="cancelled"),
        )
        assert found == Milestones(date(2026, 3, 10), date(2026, 6, 11))

    def test_the_last_without_a_day_is_not_over_nor_anything_after_it(self, cast: Cast) -> None:
        found = self.read(
            cast,
            Gathering(number=1, **self.days("2026-03-04")),
            Gathering(number=2),
            Gathering(kind="experience", **self.days("2027-06-09", 1)),
        )
        assert found == Milestones(date(2025, 12, 4))

    def test_a_month_lasts_the_month_out(self, cast: Cast) -> None:
        found = self.read(cast, Gathering(number=1, month=date(2024, 2, 1)), months=0)
        assert found == Milestones(date(2024, 2, 1), date(2024, 2, 29))


# The daily run


def over(cast: Cast, days_ago: int = 1) -> None:
    """Let the last gathering of Vest have ended so many days ago."""
    day = timezone.localdate() - timedelta(days=days_ago)
    with tenancy.scope([cast.west.network.pk]):
        Gathering.objects.filter(number=2).update(starts_on=day, ends_on=day)


def phase(cast: Cast) -> str:
    return Network.objects.get(pk=cast.west.network.pk).phase


@pytest.mark.django_db
def test_the_run_moves_each_network_and_twice_changes_nothing(cast: Cast) -> None:
    over(cast)
    assert advance_phases() == 1
    assert advance_phases() == 0
    assert [network.phase for network in Network.objects.order_by("slug")] == ["running", "follow_up"]
    with tenancy.scope([cast.west.network.pk]):
        change = Change.objects.filter(table="networks_network").order_by("-pk")[0]
    assert (change.actor, change.before, change.after) == (None, {"phase": "running"}, {"phase": "follow_up"})


@pytest.mark.django_db
def test_a_gathering_moved_ahead_takes_the_network_back(cast: Cast) -> None:
    over(cast)
    advance_phases()
    over(cast, days_ago=-30)
    assert advance_phases() == 1
    assert phase(cast) == "running"


@pytest.mark.django_db
def test_completed_networks_of_the_past_are_left_alone(cast: Cast) -> None:
    Network.objects.update(phase="completed")
    with tenancy.scope([cast.west.network.pk]):
        start = Change.objects.count()
        assert advance(network=cast.west.network) is None
        assert advance_phases() == 0
        assert Change.objects.count() == start


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "becomes"),
    [
        (datetime(2026, 3, 28, 22, 30, tzinfo=UTC), "running"),  # 23.30 in Oslo, winter time
        (datetime(2026, 3, 28, 23, 10, tzinfo=UTC), "follow_up"),  # 00.10, the night the clocks go on
        (datetime(2026, 10, 24, 21, 30, tzinfo=UTC), "running"),  # 23.30, summer time
        (datetime(2026, 10, 24, 22, 10, tzinfo=UTC), "follow_up"),  # 00.10, the night they go back
    ],
)
def test_the_day_is_oslos_on_the_nights_the_clocks_change(cast: Cast, at: datetime, becomes: str) -> None:
    last = timezone.localdate(at if becomes == "running" else at - timedelta(days=1))
    with tenancy.scope([cast.west.network.pk]):
        Gathering.objects.filter(number=1).update(starts_on=last, ends_on=last)
        Gathering.objects.filter(number=2).update(starts_on=last, ends_on=last)
    with patch("django.utils.timezone.now", return_value=at):
        advance_phases()
    assert phase(cast) == becomes


def test_the_run_is_in_the_days_work() -> None:
    tasks = [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()]
    assert advance_phases.name in tasks


# By hand


@pytest.mark.django_db
def test_closing_and_reopening_by_hand(cast: Cast) -> None:
    with tenancy.scope([cast.west.network.pk]):
        assert close_network(network=cast.west.network) is True
        assert close_network(network=cast.west.network) is False
        assert phase(cast) == "completed"
        assert reopen_network(network=cast.west.network) is True
        assert reopen_network(network=cast.west.network) is False
        assert phase(cast) == "running"
        Gathering.objects.create(
            network=cast.west.network,
            kind="experience",
            starts_on=timezone.localdate() - timedelta(days=1),
            ends_on=timezone.localdate() - timedelta(days=1),
        )
    over(cast, days_ago=9)
    advance_phases()
    assert phase(cast) == "follow_up", "from then on it is closed by hand only"


def address(cast: Cast, name: str = "overview:phase") -> str:
    return reverse(name, args=[cast.west.network.slug])


@pytest.mark.django_db
class TestThePage:
    def test_says_where_it_is_what_comes_next_and_who_is_touched(self, cast: Cast, sign_in: SignIn) -> None:
        reads_english(cast.west.coordinator)
        text = words(page(sign_in(cast.west.coordinator), address(cast)))
        assert "The network is running" in text
        assert "No experience gathering is planned" in text
        assert "1 coordinator, 1 supervisor, 2 people in the teams" in text
        assert "Close the network" in text
        assert "Reopen" not in text

    def test_closes_and_reopens(self, cast: Cast, sign_in: SignIn) -> None:
        reads_english(cast.west.coordinator)
        client = sign_in(cast.west.coordinator)
        text = words(client.post(address(cast), {"do": "close"}, follow=True).content.decode())
        assert phase(cast) == "completed"
        assert "The network is closed." in text
        assert "can write here again: 1 coordinator" in text
        text = words(client.post(address(cast), {"do": "reopen"}, follow=True).content.decode())
        assert phase(cast) == "running"
        assert "The network is open again." in text
        with tenancy.scope([cast.west.network.pk]):
            actors = {change.actor_id for change in Change.objects.filter(table="networks_network", action="changed")}
        assert actors == {cast.west.coordinator.pk}

    def test_nonsense_changes_nothing(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast.west.coordinator)
        assert client.post(address(cast), {"do": "burn"}).status_code == 302
        assert phase(cast) == "running"

    def test_asks_as_much_of_three_gatherings_as_of_one(self, cast: Cast, sign_in: SignIn) -> None:
        client = sign_in(cast.west.coordinator)
        with tenancy.scope([cast.west.network.pk]):
            Gathering.objects.filter(number=2).delete()
        assert questions(client, address(cast)) == 8
        with tenancy.scope([cast.west.network.pk]):
            Gathering.objects.bulk_create(Gathering(network=cast.west.network, number=n) for n in (2, 3))
        assert questions(client, address(cast)) == 8
