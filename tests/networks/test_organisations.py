"""Organisations looked up through mergers, with where they have taken part; and health communities."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from gpf.norwegian import sort_key
from networks.health_community_services import FILE, load_communities, read_facts
from networks.models import HealthCommunity, RegisterMunicipality
from networks.organisation_register import read_succession
from networks.organisation_services import ensure_municipalities
from tests.cast import Cast
from tests.signup.inviting import load_register, took_part

PAGE = "/organisasjoner/"


def enter(user: User) -> Client:
    """Somebody who reads English: what the tests hold is our own words."""
    user.language = "en"
    user.save()
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def coordinator(cast: Cast) -> Client:
    load_register()
    return enter(cast.west.coordinator)


@pytest.fixture
def national(cast: Cast) -> Client:
    load_register()
    return enter(cast.national)


def names(client: Client, **asked: str) -> list[str]:
    return [one.line.name for one in client.get(PAGE, asked).context["found"]]


def test_a_number_is_followed_to_today_and_back(coordinator: Client) -> None:
    succession = read_succession(timezone.localdate())
    assert [entry.name for entry in succession.now("9104")] == ["Fjellfjord", "Nyby"]
    assert [entry.number for entry in succession.now("9105")] == ["9207"]
    assert succession.now("9109") == []
    assert sorted(succession.earlier("9201")) == ["9101", "9102", "9104"]
    assert succession.earlier("9207") == ["9107", "9105", "9106"]
    assert succession.numbers_now(["9105", "9106", "7777"]) == {"9207", "7777"}
    assert [entry.number for entry in read_succession(date(2019, 6, 1)).now("9105")] == ["9107"]


def test_municipalities_stand_in_norwegian_order_and_the_former_only_when_looked_for(coordinator: Client) -> None:
    for number, name in {"9401": "Ås", "9402": "Ørland", "9403": "Aa", "9404": "Ærfugl"}.items():
        RegisterMunicipality.objects.create(number=number, name=name, sort_name=sort_key(name), county="Storfylket")
    assert names(coordinator, county="Storfylket") == [
        "Elvdal", "Fjellfjord", "Nyby", "Vik", "Ærfugl", "Ørland", "Aa", "Ås",
    ]  # fmt: skip
    assert names(coordinator, q="fj") == ["Fjellby", "Fjellfjord", "Fjordby"]
    assert names(coordinator, q="9105") == ["Gammelvik"]


def test_what_a_former_municipality_is_now_is_said_however_far_back(coordinator: Client) -> None:
    def said(name: str) -> str:
        return coordinator.get(PAGE, {"q": name}).content.decode().split("<tbody>")[1]

    assert "Gammelvik, <strong>now Vik</strong>" in said("gammelvik")
    assert "Delby, <strong>now Fjellfjord, Nyby</strong>" in said("delby")
    assert "Borte, <strong>no longer a municipality</strong>" in said("borte")


def test_participations_stand_with_network_and_years_and_nothing_more(cast: Cast, coordinator: Client) -> None:
    took_part("9101", "Fjellby", "Sørlandet", (2016, 2018), cast.west.network.programme)
    html = coordinator.get(PAGE, {"q": "fjell"}).content.decode()
    assert html.count("Sørlandet 2016–2018") == 2
    assert "Fjellby: Sørlandet 2016–2018" in html
    assert names(coordinator, taken_part="on") == ["Fjellfjord", "Hamar", "Løten", "Tokke", "Vinje"]


def test_the_page_costs_the_same_however_much_there_is(
    cast: Cast, coordinator: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    coordinator.get(PAGE)
    with django_assert_num_queries(15):
        coordinator.get(PAGE)
    for number in range(9101, 9109):
        took_part(str(number), f"Nr {number}", f"Nett{number}", (2016, 2018), cast.west.network.programme)
    with django_assert_num_queries(15):
        coordinator.get(PAGE)


def test_a_row_is_made_from_the_register_once(coordinator: Client) -> None:
    RegisterMunicipality.objects.create(number="9301", name="Nyby", sort_name="nyby", county="Fjernfylket")
    entries = [entry for entry in read_succession(timezone.localdate()).in_force() if entry.name == "Nyby"]
    first, second = (ensure_municipalities(entries=entries) for _ in range(2))
    assert first == second
    assert sorted(row.slug for row in first.values()) == ["nyby-9204", "nyby-9301"]


# Health communities


def test_those_that_are_whole_counties_are_filled_from_the_register_and_what_is_written_stays(
    national: Client,
) -> None:
    for number, county in {"9501": "Agder", "9502": "Finnmark - Finnmárku - Finmarkku", "9503": "Agderfylket"}.items():
        RegisterMunicipality.objects.create(number=number, name=number, sort_name=number, county=county)
    HealthCommunity.objects.create(slug="vestfold", name="Vårt eige", municipality_numbers=["9108"])
    facts, succession = read_facts(FILE.read_text()), read_succession(timezone.localdate())
    assert [load_communities(facts=facts, succession=succession) for _ in range(2)] == [4, 0]
    kept = {row.slug: (row.name, row.municipality_numbers) for row in HealthCommunity.objects.all()}
    assert kept["agder"] == ("Helsefellesskapet Agder", ["9501"])
    assert kept["finnmark"][1] == ["9502"]
    assert kept["telemark"][1] == []
    assert kept["vestfold"] == ("Vårt eige", ["9108"])


def test_the_command_says_what_is_missing(db: None) -> None:
    out = StringIO()
    call_command("load_health_communities", stdout=out)
    assert "5 of 5" in out.getvalue()
    assert "No register is loaded" in out.getvalue()
    with pytest.raises(CommandError, match="can not be used"):
        call_command("load_health_communities", "finst-ikkje.json")


def test_municipalities_are_written_as_numbers_names_or_counties(national: Client) -> None:
    page = reverse("networks:health_community_new")
    sent = {"name": "Fjorden", "municipality_numbers": "9108 Uendra\nelvdal\n9204, 9207"}
    refused = national.post(page, sent | {"municipality_numbers": "Uendra\nIngenstad\n7777"}).content.decode()
    assert "Not known as municipalities, or the name is shared by several: Ingenstad, 7777" in refused
    assert "Uendra\nIngenstad" in refused
    national.post(page, sent)
    made = HealthCommunity.objects.get()
    assert (made.slug, made.municipality_numbers) == ("fjorden", ["9108", "9203", "9204", "9207"])
    edit = reverse("networks:health_community_edit", args=["fjorden"])
    form = national.get(edit).context["form"]
    assert form["municipality_numbers"].value().startswith("9108 Uendra\n9203 Elvdal")
    again = {"name": "Fjorden", "seen": form["seen"].value(), "municipality_numbers": "9108", "counties": "Storfylket"}
    assert national.post(edit, again).status_code == 302
    made.refresh_from_db()
    assert made.municipality_numbers == ["9108", "9201", "9203", "9204", "9207"]
    assert "Another health community has this name" in national.post(page, sent).content.decode()


def test_two_nationals_editing_one_community_at_once(national: Client) -> None:
    HealthCommunity.objects.create(slug="f", name="Fjorden", municipality_numbers=["9108"])
    edit = reverse("networks:health_community_edit", args=["f"])
    seen = national.get(edit).context["form"]["seen"].value()
    HealthCommunity.objects.update(municipality_numbers=["9204"])
    answer = national.post(edit, {"name": "Fjorden", "seen": seen, "municipality_numbers": "9108\n9203"})
    assert answer.status_code == 200
    assert HealthCommunity.objects.get().municipality_numbers == ["9204"]


def test_a_community_of_old_numbers_shows_todays_municipalities(coordinator: Client) -> None:
    HealthCommunity.objects.create(slug="f", name="Fjorden", municipality_numbers=["9105", "9106", "9108"])
    html = coordinator.get(reverse("networks:health_communities")).content.decode()
    assert ("<li>Uendra</li><li>Vik</li>" in html, "2 municipalities" in html, "Gammelvik" in html) == (
        True,
        True,
        False,
    )
    assert reverse("networks:health_community_new") not in html
