"""The supervisor's queue: what waits for an answer from her, oldest first, and what is worth a look."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from improvement.models import Measure, Observation
from networks.models import Membership, Role
from sessions.models import Delivery, Gathering, Review
from supervision.queue import rows
from supervision.queue.rows import Kind, read_place, written
from teams.models import Supervisor, Team, TeamMember
from tests.cast import Cast, Place
from tests.overview.stage import add_team, answer, deliver, links, page, questions, reads_english, within, words

SignIn = Callable[[User], Client]
QUEUE = "/veiledning/"


@pytest.fixture
def west(cast: Cast) -> Place:
    reads_english(*cast.west.people().values(), cast.stranger)
    return cast.west


def guide(place: Place, user: User) -> None:
    """The person guides the place's team, in that network."""
    with within(place):
        membership = Membership.objects.create(network=place.network, user=user, role=Role.SUPERVISOR)
        Supervisor.objects.create(network=place.network, team=place.team, membership=membership)


def add_measure(team: Team, values: list[int]) -> Measure:
    """A measure with a number a month, the newest typed in now."""
    measure = Measure.objects.create(
        network_id=team.network_id, team=team, title="Fall", kind="count", chart="i", direction="decrease"
    )
    first = timezone.localdate().replace(day=1)
    for months, value in enumerate(reversed(values), start=1):
        Observation.objects.create(
            network_id=team.network_id, measure=measure, on=first - timedelta(days=31 * months), value=value
        )
    return measure


def page_after(client: Client, address: str, data: dict[str, str]) -> str:
    return client.post(address, data, follow=True).content.decode()


def seen_today(*users: User) -> None:
    User.objects.filter(pk__in=[user.pk for user in users]).update(last_login=timezone.now())


def test_what_has_waited_longest_comes_first_and_has_the_button(west: Place, sign_in: SignIn) -> None:
    with within(west):
        other = add_team(west, "Bø", guided=True)
        deliver(west.team, west.document, days_ago=3)
        deliver(other, west.assignments[0], days_ago=20)
        deliver(other, west.document, days_ago=0)
    html = page(sign_in(west.supervisor), QUEUE)
    found = words(html)
    places = [
        found.index(line)
        for line in (
            "3 things wait for your answer, the oldest first.",
            "Bø has delivered “Lag plakat” for gathering 1 delivery has waited 20 days Read and answer",
            "Vinje has delivered “Lever forbedringsplan” before gathering 2 delivery has waited 3 days",
            "Bø has delivered “Lever forbedringsplan” before gathering 2 delivery came today",
            "Worth a look",
        )
    ]
    assert places == sorted(places)
    assert len(re.findall('class="ds-button"(?! data-variant)', html)) == 1
    address = reverse("supervision:review", args=["vest", other.slug, west.assignments[0].pk])
    assert links(html)["Read and answer"].startswith(f"{address}?ko=0-")


def test_what_is_answered_does_not_wait(west: Place, sign_in: SignIn) -> None:
    with within(west):
        answer(deliver(west.team, west.assignments[0]), Review.Verdict.APPROVED, "", by=west.supervisor)
        answer(deliver(west.team, west.document), Review.Verdict.RETURNED, "Nei.", by=west.supervisor)
    assert "Nobody waits for an answer from you." in words(page(sign_in(west.supervisor), QUEUE))


def test_other_teams_and_other_networks_are_not_in_it(west: Place, cast: Cast, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.other_team, west.document)
    with within(cast.east):
        deliver(cast.east.team, cast.east.document)
    found = words(page(sign_in(west.supervisor), QUEUE))
    assert "Nobody waits for an answer from you." in found
    assert "Tokke" not in found
    assert "Hamar" not in found


def test_it_reaches_over_all_the_networks_where_she_guides(west: Place, cast: Cast, sign_in: SignIn) -> None:
    guide(cast.east, west.supervisor)
    for place, days in ((west, 2), (cast.east, 9)):
        with within(place):
            deliver(place.team, place.document, days_ago=days)
    found = words(page(sign_in(west.supervisor), QUEUE))
    assert found.index("Hamar has delivered") < found.index("Vinje has delivered")
    assert "has waited 9 days · Læringsnettverk Øst" in found


def test_guiding_ends_with_the_role(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.document)
        Membership.objects.filter(user=west.supervisor).update(ends_on=timezone.localdate())
    assert "You do not guide any team just now" in words(page(sign_in(west.supervisor), QUEUE))


def test_someone_who_guides_no_one_reads_what_the_page_is_for(west: Place, cast: Cast, sign_in: SignIn) -> None:
    for user in (west.team_leader, cast.stranger, west.coordinator):
        assert "You do not guide any team just now" in words(page(sign_in(user), QUEUE))


def test_silence_says_what_has_been_silent_and_ends_with_a_sign_of_life(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.supervisor)
    with within(west):
        deliver(west.team, west.assignments[0], days_ago=70, state="approved")
    assert (
        "No sign of life from Vinje Nobody has signed in yet, last delivery 2 months ago, no numbers yet. "
        "silent team no sign for 10 weeks"
    ) in words(page(client, QUEUE))
    seen_today(west.member)
    assert "No sign of life" not in words(page(client, QUEUE))
    User.objects.filter(pk=west.member.pk).update(last_login=timezone.now() - timedelta(days=28))
    assert "No sign of life" not in words(page(client, QUEUE))
    User.objects.filter(pk=west.member.pk).update(last_login=timezone.now() - timedelta(days=29))
    assert "Last signed in 29 days ago" in words(page(client, QUEUE))


def test_a_team_with_nothing_to_do_is_not_silent(west: Place, sign_in: SignIn) -> None:
    with within(west):
        for assignment in west.assignments:
            deliver(west.team, assignment, days_ago=60, state="approved")
    assert "No sign of life" not in words(page(sign_in(west.supervisor), QUEUE))


def test_a_team_whose_leader_left_is_told_of(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.supervisor)
    assert "has no team leader" not in words(page(client, QUEUE))
    with within(west):
        place = TeamMember.objects.filter(function="leader")
        place.update(left_on=timezone.localdate() - timedelta(days=3))
    assert "Vinje has no team leader The leader has left." in words(page(client, QUEUE))


def test_a_poster_is_told_of_three_weeks_before_its_gathering(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.supervisor)
    assert "its poster" not in words(page(client, QUEUE)), "24 days before"
    day = timezone.localdate() + timedelta(days=9)
    with within(west):
        Gathering.objects.filter(pk=west.gatherings[1].pk).update(starts_on=day, ends_on=day)
    assert "Vinje has not begun its poster for gathering 2 poster the gathering is in 9 days" in words(
        page(client, QUEUE)
    )
    with within(west):
        deliver(west.team, west.poster)
    found = words(page(client, QUEUE))
    assert "not begun its poster" not in found
    assert "Vinje has delivered “Lag plakat” for gathering 2" in found


@pytest.mark.parametrize(("newest", "told"), [(60, True), (12, False)])
def test_a_measure_whose_newest_number_stands_out_is_told_of(
    west: Place, sign_in: SignIn, newest: int, told: bool
) -> None:
    with within(west):
        add_measure(west.team, [10, 12, 11, 9, 13, 12, 10, 11, 9, 12, 13, 11, newest])
        add_measure(west.other_team, [10, 12, 11, 9, 13, 12, 10, 11, 9, 12, 13, 11, 60])
    found = words(page(sign_in(west.supervisor), QUEUE))
    assert ("Vinje: the numbers stand out in “Fall”" in found) is told
    assert "Tokke" not in found


def test_what_is_put_aside_stays_away_until_something_new_comes(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.supervisor)
    with within(west):
        measure = add_measure(west.team, [10, 12, 11, 9, 13, 12, 10, 11, 9, 12, 13, 11, 60])
    row = next(row for row in client.get(QUEUE).context["queue"].every if row.kind == Kind.SIGNAL)
    said = words(page_after(client, reverse("supervision:aside"), {"ko": row.mark}))
    assert "Put aside: Vinje: the numbers stand out in “Fall”. It comes back if something new happens." in said
    assert [each.kind for each in client.get(QUEUE).context["queue"].away] == [Kind.SIGNAL]
    with within(west):
        Observation.objects.create(network=west.network, measure=measure, on=timezone.localdate(), value=70)
    assert Kind.SIGNAL in {each.kind for each in client.get(QUEUE).context["queue"].every}


def test_the_next_row_is_one_click_away_also_from_a_page_of_another_room(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.supervisor)
    with within(west):
        add_measure(west.team, [10, 12, 11, 9, 13, 12, 10, 11, 9, 12, 13, 11, 60])
        add_team(west, "Bø", guided=True)
    seen_today(west.supervisor)
    first, second, *_rest = [row for row in client.get(QUEUE).context["queue"].every if row.may_be_put_aside]
    html = page(client, first.link)
    onward = f"{reverse('supervision:next')}?ko={first.mark}"
    assert f'href="{onward}&amp;slag="' in html
    assert client.get(onward)["Location"] == second.link
    assert reverse("supervision:next") not in page(client, first.said.address), "she came another way"
    answer_ = client.post(reverse("supervision:aside"), {"ko": first.mark, "next": "1"})
    assert client.get(answer_["Location"])["Location"] == second.link
    assert f"mailto:{west.team_leader.email}" in page(client, QUEUE)


def test_rows_that_do_not_stand_on_the_page_are_one_click_away(
    west: Place, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "SHOWN", 1)
    with within(west):
        deliver(west.team, west.document)
        deliver(add_team(west, "Bø", guided=True), west.document)
    client = sign_in(west.supervisor)
    html = page(client, QUEUE)
    assert len(html.split('class="strong"')) == 2 + len(client.get(QUEUE).context["queue"].shown_after)
    html = page(client, QUEUE + links(html)["Show all 2"])
    assert "Bø" in words(html)
    assert "Show all 2" not in words(html)


def test_a_delivery_can_only_be_answered(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.supervisor)
    with within(west):
        deliver(west.team, west.document)
    row = client.get(QUEUE).context["queue"].every[0]
    client.post(reverse("supervision:aside"), {"ko": row.mark})
    assert client.get(QUEUE).context["queue"].every[0] == row


def test_next_goes_to_the_row_that_stands_after_also_when_others_have_gone(west: Place, sign_in: SignIn) -> None:
    """The place is told by what the row is, not by its number."""
    client = sign_in(west.supervisor)
    with within(west):
        bo, seljord = (add_team(west, name, guided=True) for name in ("Bø", "Seljord"))
        first, second = deliver(west.team, west.document, days_ago=9), deliver(bo, west.document, days_ago=5)
        deliver(seljord, west.document, days_ago=1)
        here = written(rows.place(Kind.DELIVERY, str(second.pk), second.delivered_at or timezone.now()))
        Delivery.objects.filter(pk__in=[first.pk, second.pk]).update(state="approved")
    answer_ = client.get(reverse("supervision:next"), {"ko": here, "slag": "levering"})
    assert f"/team/{seljord.slug}/" in answer_["Location"]
    with within(west):
        Delivery.objects.update(state="approved")
    assert client.get(reverse("supervision:next"), {"ko": here, "slag": "levering"})["Location"] == QUEUE


def test_one_kind_is_chosen(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.document)
    found = words(page(sign_in(west.supervisor), f"{QUEUE}?slag=stille"))
    assert "No sign of life from Vinje" in found or "Nothing of this kind waits" in found
    assert "has delivered" not in found


@pytest.mark.parametrize(
    "text", ["", "0-1", "2-1-levering-1", "0-x-levering-1", "0-1-tull-1", "0-1-levering-x", "-" * 9]
)
def test_a_place_that_is_none_is_no_place(text: str) -> None:
    assert read_place(text) is None


@given(
    st.sampled_from(Kind),
    st.integers(1, 10**9),
    st.integers(0, 10**15),
)
def test_a_place_survives_the_address(kind: Kind, key: int, since: int) -> None:
    here = rows.place(kind, str(key), rows.EPOCH + timedelta(microseconds=since))
    assert read_place(written(here)) == here


def test_teams_that_have_ended_do_not_wait(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.document)
        Team.objects.filter(pk=west.team.pk).update(ended_on=timezone.localdate())
    assert "You do not guide any team just now" in words(page(sign_in(west.supervisor), QUEUE))


@pytest.mark.parametrize("more", [0, 2])
def test_the_queue_asks_as_much_for_three_teams_as_for_one(west: Place, sign_in: SignIn, more: int) -> None:
    with within(west):
        deliver(west.team, west.document)
        for number in range(more):
            deliver(add_team(west, f"Kommune {number}", guided=True), west.document)
    assert questions(sign_in(west.supervisor), QUEUE) == 23


@pytest.mark.parametrize("both", [False, True])
def test_the_queue_asks_as_much_for_two_networks_as_for_one(
    west: Place, cast: Cast, sign_in: SignIn, both: bool
) -> None:
    for place in (west, cast.east) if both else (west,):
        with within(place):
            deliver(place.team, place.document)
    if both:
        guide(cast.east, west.supervisor)
    assert questions(sign_in(west.supervisor), QUEUE) == 23
