"""A person's own notices across her networks, what she is asked about in her roles, and that a run does as she says."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Network, Role
from notices import kinds
from notices.kinds import Handed, Kind, Line
from notices.models import Choice, Notice, Quiet
from notices.runs import run_daily
from notices.services import hand_over
from notices.unsubscribing import address_of
from teams.models import TeamMember
from tests.cast import Cast, Place
from tests.notices.conftest import Box, morning, only_due, states

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LIST = "/varsler/"
NEWS = "test_news"


@pytest.fixture
def news(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """A kind that may be declined. It is true of everything but what is put into the set."""
    untrue: set[int] = set()

    def tell(notices: list[Notice], today: date) -> dict[int, Line]:
        return {each.pk: Line("Nytt", "Nytt", "Les mer.", "/") for each in notices if each.pk not in untrue}

    monkeypatch.setitem(kinds._registered, NEWS, Kind(NEWS, tell=tell, label="News"))  # type: ignore[arg-type]
    return untrue


def hear(place: Place, user: User) -> int:
    with tenancy.scope([place.network.pk]):
        news = Handed(f"nytt:{user.pk}", user.pk, NEWS, {"team": place.team.pk}, morning(-1))
        hand_over(network_id=place.network.pk, notices=[news])
        return Notice.objects.get(kind=NEWS, recipient=user).pk


def count(browser: Client) -> str:
    return browser.get(reverse("notices_own:unread")).content.decode()


def test_one_list_tells_of_both_networks_and_of_none_that_she_has_lost(cast: Cast, sign_in: SignIn) -> None:
    west, east = cast.west, cast.east
    both = west.team_leader
    with tenancy.scope([east.network.pk]):
        TeamMember.objects.filter(function=TeamMember.Function.LEADER).update(function=TeamMember.Function.MEMBER)
        seat = Membership.objects.create(network=east.network, user=both, role=Role.TEAM_MEMBER)
        TeamMember.objects.create(network=east.network, team=east.team, membership=seat)
    for place in (west, east):
        only_due(place, 3)
    run_daily()
    browser = sign_in(both)
    page = browser.get(LIST)
    paths = {
        reverse("gatherings:delivery", args=[place.network.slug, place.team.slug, place.document.pk])
        for place in (west, east)
    }
    assert {urlsplit(row.line.path).path for row in page.context["unread"]} == paths
    assert all(place.network.name in page.content.decode() for place in (west, east))
    assert ">2<" in count(browser)
    with tenancy.scope([east.network.pk]):
        Membership.objects.filter(pk=seat.pk).update(ends_on=timezone.localdate())
    page = browser.get(LIST)
    assert [row.network for row in page.context["unread"]] == [west.network]
    assert east.network.name not in page.content.decode()
    assert ">1<" in count(browser)
    Network.objects.filter(pk=west.network.pk).update(phase=Network.Phase.COMPLETED)
    assert count(browser).strip() == ""
    assert browser.get(LIST).context["unread"] == []


def test_what_waits_over_her_quiet_days_and_is_true_no_more_is_not_counted_for_ever(
    cast: Cast, sign_in: SignIn, news: set[int]
) -> None:
    member = cast.west.member
    pk = hear(cast.west, member)
    browser = sign_in(member)
    assert ">1<" in count(browser)
    news.add(pk)
    assert browser.get(LIST).context["unread"] == []
    assert count(browser).strip() == ""


def test_what_is_true_no_more_goes_from_the_count_though_nobody_opens_the_list(
    cast: Cast, sign_in: SignIn, news: set[int]
) -> None:
    member = cast.west.member
    news.add(hear(cast.west, member))
    browser = sign_in(member)
    assert count(browser).strip() == ""
    news.clear()
    assert count(browser).strip() == ""  # let go: it does not come back
    assert browser.get(LIST).context["unread"] == []


def test_she_is_asked_about_what_her_roles_are_told(cast: Cast, sign_in: SignIn) -> None:
    west = cast.west
    page = reverse("notices_own:preferences")
    asked = {
        name: {each.removeprefix("way-") for each in sign_in(user).get(page).context["form"].fields if "way-" in each}
        for name, user in {**west.people(), "stranger": cast.stranger, "national": cast.national}.items()
    }
    assert {"assignment_due", "question_answered", "meeting_reminder"} <= asked["member"]
    assert "meeting_reminder" in asked["supervisor"] & asked["coordinator"]
    assert {"question_waiting", "score_due"} <= asked["supervisor"]
    assert not asked["member"] & {"question_waiting", "address_trouble"}
    assert asked["observer"] == asked["stranger"] == asked["national"] == set()
    assert asked["leader"] == {"assignment_late_leader", "programme_published"}
    every = {kind.name for kind in kinds.registered()}
    assert set.union(*asked.values()) == every, "somebody is asked about each"
    assert all(each < every for each in asked.values()), "and nobody about all"


def test_what_she_chooses_holds_from_the_next_mail_and_quiet_days_are_both_or_none(
    cast: Cast, sign_in: SignIn, box: Box, news: set[int]
) -> None:
    west, member = cast.west, cast.west.member
    only_due(west, 300)
    hear(west, member)
    browser, page = sign_in(member), reverse("notices_own:preferences")
    form = browser.get(page).context["form"]
    chosen = {name: field.initial for name, field in form.fields.items() if name.startswith("way-")}
    today = timezone.localdate()
    for one in ({"starts_on": today.isoformat()}, {"ends_on": today.isoformat()}):
        refused = browser.post(page, {**chosen, f"way-{NEWS}": "product", **one})
        assert refused.status_code == 200
        assert refused.context["form"][f"way-{NEWS}"].value() == "product"  # what she typed is kept
    assert not Choice.objects.exists()
    assert not Quiet.objects.exists()
    quiet = {"starts_on": today.isoformat(), "ends_on": today.isoformat()}
    assert browser.post(page, {**chosen, **quiet}).status_code == 302
    run_daily(at=morning())
    assert box.to(member.email) == []
    assert browser.post(page, {**chosen, f"way-{NEWS}": "product"}).status_code == 302
    run_daily(at=morning(1))
    assert box.to(member.email) == []
    with tenancy.scope([west.network.pk]):
        assert Notice.objects.get(kind=NEWS).state == Notice.State.SHOWN
    assert "Les mer." in browser.get(LIST).content.decode()


def test_who_got_out_of_the_mail_still_gets_what_somebody_counts_on_her_for(
    cast: Cast, client: Client, box: Box, news: set[int]
) -> None:
    west, leader = cast.west, cast.west.team_leader
    only_due(west, 14)
    hear(west, leader)
    client.post(urlsplit(address_of(leader)).path, {"List-Unsubscribe": "One-Click"})
    run_daily(at=morning())
    (letter,) = box.to(leader.email)
    assert "Lever forbedringsplan" in letter.body
    assert "Les mer." not in letter.body
    assert set(states(west).values()) == {Notice.State.SENT}
