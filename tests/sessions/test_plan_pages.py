"""A coordinator changes her network's plan: gatherings of its own, and the work before each of them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from gpf.dates import date_range
from networks.models import Network
from networks.planning import is_working_day, last_working_day
from notices.models import Notice
from notices.runs import find_due
from sessions.gathering_days import nearest_run
from sessions.models import Assignment, Gathering
from sessions.plans import FROM_TEMPLATE
from sessions.services import deliver, extend
from tests.cast import Cast, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def west(cast: Cast) -> Place:
    """The network was planned from a template that said what it says now."""
    with tenancy.scope([cast.west.network.pk]):
        for assignment in Assignment.objects.all():
            assignment.planned = {name: getattr(assignment, name) for name in FROM_TEMPLATE}
            assignment.save()
    User.objects.filter(pk=cast.west.coordinator.pk).update(language="en")
    return cast.west


def plan(place: Place) -> str:
    return reverse("gatherings:plan", args=[place.network.slug])


def of(place: Place, name: str, pk: int) -> str:
    return reverse(f"gatherings:{name}", args=[place.network.slug, pk])


def page(response: Any) -> str:
    return " ".join(response.content.decode().split())


def document(place: Place) -> Assignment:
    with tenancy.scope([place.network.pk]):
        return Assignment.with_hidden.get(pk=place.document.pk)


def begins(place: Place) -> date:
    found = place.gatherings[1].starts_on
    assert found
    return found


def words(browser: Client, place: Place, **changed: str) -> dict[str, str]:
    """What the form of the plan sends when only this is changed."""
    form = browser.get(of(place, "assignment", place.document.pk)).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields} | changed


def weekend(day: date) -> date:
    """The Saturday before."""
    return day - timedelta(days=(day.weekday() - 5) % 7 or 7)


# The page


def test_the_plan_and_what_differs_from_the_template(west: Place, cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.east.network.pk]):
        Assignment.objects.filter(pk=cast.east.document.pk).update(title_nb="Hemmelig i øst")
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(pk=west.document.pk).update(title_nb="Send inn planen")
        Assignment.objects.filter(pk=west.poster.pk).update(hidden=True)
        Assignment.objects.create(
            gathering=west.gatherings[1], network=west.network, slug="eget", title_nb="Vårt eget", due=begins(west)
        )
        Gathering.objects.create(
            network=west.network,
            kind="measurement_workshop",
            title="Måleverksted",
            starts_on=begins(west),
            ends_on=begins(west),
        )
    seen = page(sign_in(west.coordinator).get(plan(west)))
    for text in ("Send inn planen", "Vårt eget", "Måleverksted", "Lag plakat"):
        assert text in seen, text
    assert seen.count("Changed here") == 1
    assert "Lever forbedringsplan" in seen, "what the template said"
    assert seen.count("Hidden here") == 1
    assert seen.count("Added here") == 2 + 2, "the work, the workshop, and the cast's own gatherings"
    assert "Hemmelig i øst" not in seen


def test_a_network_without_a_template_has_nothing_to_differ_from(cast: Cast, sign_in: SignIn) -> None:
    User.objects.filter(pk=cast.west.coordinator.pk).update(language="en")
    seen = page(sign_in(cast.west.coordinator).get(plan(cast.west)))
    assert "Added here" not in seen
    assert "Changed here" not in seen


def test_an_empty_plan_says_how_to_begin(west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):
        Gathering.objects.all().delete()
    assert 'class="empty"' in page(sign_in(west.coordinator).get(plan(west)))


@pytest.mark.parametrize("more", [0, 5])
def test_the_plan_takes_as_many_queries_with_much_in_it(more: int, west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):
        for number in range(more):
            gathering = Gathering.objects.create(network=west.network, number=10 + number)
            Assignment.objects.create(
                gathering=gathering, network=west.network, slug="a", title_nb="A", due=begins(west)
            )
    browser = sign_in(west.coordinator)
    browser.get(plan(west))
    with CaptureQueriesContext(connection) as captured:
        browser.get(plan(west))
    assert len(captured) == QUERIES


QUERIES = 10


def test_a_completed_network_is_read_only(west: Place, sign_in: SignIn) -> None:
    Network.objects.filter(pk=west.network.pk).update(phase=Network.Phase.COMPLETED)
    browser = sign_in(west.coordinator)
    assert browser.get(plan(west)).status_code == 200
    assert browser.post(of(west, "change", west.document.pk), {"do": "hide"}).status_code == 403
    assert not document(west).hidden


# The work


def test_work_is_added_and_follows_the_gathering(west: Place, cast: Cast, sign_in: SignIn) -> None:
    due = last_working_day(begins(west) - timedelta(days=7))
    data = {"title_nb": "Forankre på nytt", "kind": "answer", "due": due.isoformat()}
    browser = sign_in(west.coordinator)
    assert browser.post(of(west, "assign", west.gatherings[1].pk), data | {"once": "a"}).status_code == 302
    browser.post(of(west, "assign", west.gatherings[1].pk), data | {"once": "a"})
    browser.post(of(west, "assign", west.gatherings[1].pk), data | {"title_nb": "Forankre på nytt"})
    with tenancy.scope([west.network.pk]):
        made = list(Assignment.objects.filter(title_nb="Forankre på nytt").order_by("pk"))
    assert [each.slug for each in made] == ["forankre-pa-nytt", "forankre-pa-nytt-2"], "a double click counts once"
    assert made[0].planned is None
    assert (made[0].due, made[0].days_before) == (due, (begins(west) - due).days)
    assert "Forankre på nytt" in page(sign_in(west.team_leader).get(of(west, "gathering", west.gatherings[1].pk)))


def test_it_is_rewritten_and_put_back(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    before = document(west)
    browser.post(
        of(west, "assignment", before.pk),
        words(browser, west, title_nb="Send planen", title_nn="Send planen inn", kind="answer"),
    )
    after = document(west)
    assert (after.title_nb, after.title_nn, after.kind) == ("Send planen", "Send planen inn", "answer")
    assert (after.due, after.days_before) == (before.due, before.days_before)
    browser.post(of(west, "change", before.pk), {"do": "restore"})
    again = document(west)
    assert [getattr(again, name) for name in FROM_TEMPLATE] == [getattr(before, name) for name in FROM_TEMPLATE]


def test_a_day_left_alone_keeps_its_own_count(west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):  # 12 days before is a Sunday, say: the deadline is the Friday
        Assignment.objects.filter(pk=west.document.pk).update(days_before=12)
    browser = sign_in(west.coordinator)
    browser.post(of(west, "assignment", west.document.pk), words(browser, west, title_nb="Send planen"))
    assert (document(west).title_nb, document(west).days_before) == ("Send planen", 12)


def test_another_day_is_counted_from_the_gathering_and_the_reminders_follow(west: Place, sign_in: SignIn) -> None:
    find_due(timezone.localdate())
    browser, day = sign_in(west.coordinator), last_working_day(begins(west) - timedelta(days=3))
    browser.post(of(west, "assignment", west.document.pk), words(browser, west, due=day.isoformat()))
    assert (document(west).due, document(west).days_before) == (day, (begins(west) - day).days)
    with tenancy.scope([west.network.pk]):
        own = Notice.objects.filter(kind="assignment_due", about__assignment=west.document.pk)
        assert set(own.values_list("state", flat=True)) == {"withdrawn"}
    find_due(day - timedelta(days=14))
    with tenancy.scope([west.network.pk]):
        assert {each.about["due"] for each in own.filter(state="waiting")} == {day.isoformat()}


def test_a_day_nobody_is_at_work_becomes_the_one_before(west: Place, sign_in: SignIn) -> None:
    browser, saturday = sign_in(west.coordinator), weekend(begins(west))
    response = browser.post(
        of(west, "assignment", west.document.pk), words(browser, west, due=saturday.isoformat()), follow=True
    )
    assert document(west).due == last_working_day(saturday)
    assert is_working_day(document(west).due)
    assert "Nobody is at work on the day you chose" in page(response)


def test_a_day_that_has_been_is_allowed_and_said(west: Place, sign_in: SignIn) -> None:
    browser, past = sign_in(west.coordinator), last_working_day(timezone.localdate() - timedelta(days=3))
    response = browser.post(
        of(west, "assignment", west.document.pk), words(browser, west, due=past.isoformat()), follow=True
    )
    assert document(west).due == past
    assert "are late at once" in page(response)


@pytest.mark.parametrize("due", ["after", "", "31.12.", "0206-01-01"])
def test_a_day_that_can_not_be(due: str, west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    wanted = (begins(west) + timedelta(days=1)).isoformat() if due == "after" else due
    response = browser.post(
        of(west, "assignment", west.document.pk), words(browser, west, due=wanted, title_nb="Skrevet")
    )
    assert list(response.context["form"].errors) == ["due"]
    assert "Skrevet" in page(response)
    assert document(west).title_nb == "Lever forbedringsplan"


def test_the_second_of_two_is_shown_what_the_first_changed(west: Place, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    hers = words(browser, west, title_nb="Hennes ord")
    browser = sign_in(cast.national)
    browser.post(
        of(west, "assignment", west.document.pk), words(browser, west, title_nb="Andres ord", guidance_nb="Andres råd")
    )
    browser = sign_in(west.coordinator)
    response = browser.post(of(west, "assignment", west.document.pk), hers)
    seen = page(response)
    assert response.status_code == 200
    assert "Andres ord" in seen
    assert "Hennes ord" in seen
    assert document(west).title_nb == "Andres ord"
    again = {name: str(response.context["form"][name].value() or "") for name in response.context["form"].fields}
    browser.post(of(west, "assignment", west.document.pk), again)
    assert (document(west).title_nb, document(west).guidance_nb) == ("Hennes ord", "Andres råd")


def test_hidden_work_is_asked_of_nobody_and_what_was_handed_in_is_kept(west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):
        deliver(team=west.team, assignment=west.document, by=west.team_leader, comment="Ferdig plan")
    find_due(timezone.localdate())
    browser = sign_in(west.coordinator)
    browser.post(of(west, "change", west.document.pk), {"do": "hide"})
    assert document(west).hidden
    find_due(timezone.localdate())
    with tenancy.scope([west.network.pk]):
        assert not Notice.objects.filter(
            state="waiting", about__assignment=west.document.pk, kind="assignment_due"
        ).exists()
    delivery = reverse("gatherings:delivery", args=["vest", west.team.slug, west.document.pk])
    assert delivery in page(browser.get(plan(west)))
    assert "Ferdig plan" in page(browser.get(delivery))
    others = reverse("gatherings:delivery", args=["vest", west.other_team.slug, west.document.pk])
    assert browser.get(others).status_code == 404
    leader = sign_in(west.team_leader)
    assert "Lever forbedringsplan" not in page(leader.get(of(west, "gathering", west.gatherings[1].pk)))
    assert leader.post(f"{delivery}lever/", {"comment": "Ny", "deliver": "1"}).status_code == 404
    sign_in(west.coordinator).post(of(west, "change", west.document.pk), {"do": "show"})
    assert not document(west).hidden


def test_only_work_of_its_own_that_nobody_has_begun_is_taken_away(west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):
        free, begun = (
            Assignment.objects.create(
                gathering=west.gatherings[1], network=west.network, slug=slug, title_nb=slug, due=begins(west)
            )
            for slug in ("fri", "begynt")
        )
        extend(team=west.team, assignment=begun, until=begins(west) + timedelta(days=7), reason="x")
    browser = sign_in(west.coordinator)
    for each in (free, begun, west.document):
        browser.post(of(west, "change", each.pk), {"do": "remove"})
    with tenancy.scope([west.network.pk]):
        assert not Assignment.objects.filter(pk=free.pk).exists()
        assert Assignment.objects.filter(pk__in=[begun.pk, west.document.pk]).count() == 2


def test_work_of_the_same_day_changes_places(west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(gathering=west.gatherings[1]).update(due=west.document.due)

    def order() -> list[int]:
        with tenancy.scope([west.network.pk]):
            work = Assignment.objects.filter(gathering=west.gatherings[1]).order_by("due", "position", "pk")
            return list(work.values_list("pk", flat=True))

    first, second, third = order()
    browser = sign_in(west.coordinator)
    browser.post(of(west, "change", third), {"do": "up"})
    assert order() == [first, third, second]
    browser.post(of(west, "change", first), {"do": "down"})
    assert order() == [third, first, second]
    browser.post(of(west, "change", third), {"do": "up"})
    assert order() == [third, first, second], "it is first already"


@pytest.mark.parametrize("do", ["", "x", "restore"])
def test_what_can_not_be_done(do: str, cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.west.coordinator).post(of(cast.west, "change", cast.west.document.pk), {"do": do})
    assert answer.status_code == 404


# Gatherings


def new_gathering(place: Place, after: int = 40, **changed: str) -> dict[str, str]:
    days = nearest_run(begins(place) + timedelta(days=after), 2)
    facts = {"kind": "measurement_workshop", "title": "Måleverksted i Horten", "place": "Horten", "form": "physical"}
    return facts | {"starts_on": days.starts_on.isoformat(), "ends_on": days.ends_on.isoformat()} | changed


def gatherings(place: Place) -> list[Gathering]:
    with tenancy.scope([place.network.pk]):
        return list(Gathering.objects.exclude(pk__in=[each.pk for each in place.gatherings]).order_by("pk"))


def test_a_workshop_is_added_once(west: Place, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    address = reverse("gatherings:add", args=["vest"])
    for _ in range(2):
        assert browser.post(address, new_gathering(west, once="a", number="7")).status_code == 302
    (made,) = gatherings(west)
    assert (str(made), made.place, made.number, made.planned) == ("Måleverksted i Horten", "Horten", None, None)
    assert gatherings(cast.east) == []
    assert "Måleverksted i Horten" in page(sign_in(west.observer).get(reverse("gatherings:list", args=["vest"])))


@pytest.mark.parametrize(
    ("after", "number", "field", "said"),
    [
        (40, "", "number", "The next one is 3."),
        (40, "2", "number", "There is one already: Gathering 2"),
        (40, "5", "number", "numbered without gaps"),
        (40, "0", "number", "numbered without gaps"),
        (-1, "3", "starts_on", "Gathering 3 would come before gathering 2"),
        (0, "3", "starts_on", "the same days as gathering 2"),
    ],
)
def test_a_numbered_one_stands_in_its_order(
    after: int, number: str, field: str, said: str, west: Place, sign_in: SignIn
) -> None:
    data = new_gathering(west, after, kind="network", number=number)
    if after <= 0:
        day = (begins(west) + timedelta(days=after)).isoformat()
        data |= {"starts_on": day, "ends_on": day}
    response = sign_in(west.coordinator).post(reverse("gatherings:add", args=["vest"]), data)
    assert list(response.context["form"].errors) == [field]
    assert said in page(response)
    if after <= 0:
        assert date_range(begins(west), west.gatherings[1].ends_on, language="en") in page(response)
    assert gatherings(west) == []


def test_the_next_numbered_one(west: Place, sign_in: SignIn) -> None:
    data = new_gathering(west, kind="network", number="3", title="")
    assert sign_in(west.coordinator).post(reverse("gatherings:add", args=["vest"]), data).status_code == 302
    assert [each.number for each in gatherings(west)] == [3]


def test_the_end_before_the_start_and_days_that_have_been(west: Place, sign_in: SignIn) -> None:
    browser, address = sign_in(west.coordinator), reverse("gatherings:add", args=["vest"])
    data = new_gathering(west)
    response = browser.post(address, data | {"starts_on": data["ends_on"], "ends_on": data["starts_on"]})
    assert list(response.context["form"].errors) == ["ends_on"]
    past = (timezone.localdate() - timedelta(days=9)).isoformat()
    response = browser.post(address, data | {"starts_on": past, "ends_on": past})
    assert "would be in the past" in page(response)
    assert gatherings(west) == [], "told of before anything is saved"
    known = response.context["known"]
    browser.post(address, data | {"starts_on": past, "ends_on": past, "known": known})
    assert [each.state for each in gatherings(west)] == ["held"]


def test_what_speaks_against_the_days_of_a_new_one_is_told_before_it_is_saved(west: Place, sign_in: SignIn) -> None:
    browser, address = sign_in(west.coordinator), reverse("gatherings:add", args=["vest"])
    year = timezone.localdate().year + 2
    data = new_gathering(west, starts_on=f"{year}-05-16", ends_on=f"{year}-05-17")
    response = browser.post(address, data)
    assert "is off: Constitution Day." in page(response)
    other = {"starts_on": f"{year}-05-01", "ends_on": f"{year}-05-01"}
    again = browser.post(address, data | other | {"known": response.context["known"]})
    assert "is off: Labour Day." in page(again), "other days, told of anew"
    assert gatherings(west) == []
    assert browser.post(address, data | {"known": response.context["known"]}).status_code == 302
    assert [each.starts_on for each in gatherings(west)] == [date(year, 5, 16)]


def test_the_facts_of_a_gathering_and_two_who_write_them(west: Place, cast: Cast, sign_in: SignIn) -> None:
    address = of(west, "edit", west.gatherings[1].pk)

    def facts(browser: Client, **changed: str) -> dict[str, str]:
        form = browser.get(address).context["form"]
        return {name: str(form[name].value() or "") for name in form.fields} | changed

    browser = sign_in(west.coordinator)
    hers = facts(browser, place="Dalen hotell", online_link="moete.example/rom")
    browser = sign_in(cast.national)
    browser.post(address, facts(browser, place="Rauland"))
    browser = sign_in(west.coordinator)
    assert "Rauland" in page(browser.post(address, hers))
    browser.post(address, facts(browser, place="Dalen hotell", online_link="moete.example/rom", form="hybrid"))
    with tenancy.scope([west.network.pk]):
        now = Gathering.objects.get(pk=west.gatherings[1].pk)
    assert (now.place, now.online_link, now.form) == ("Dalen hotell", "https://moete.example/rom", "hybrid")
    assert (now.kind, now.number, now.starts_on) == ("network", 2, begins(west)), "neither its number nor its days"
