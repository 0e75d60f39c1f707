"""Choosing whom to invite: who is listed, what is known of them, and what becomes of the merged."""

import pytest
from django.test import Client
from django.utils import timezone

from gpf import tenancy
from networks.models import HealthCommunity, Organisation, RegisterMunicipality
from networks.organisation_directory import read_directory
from networks.organisation_history import in_words
from signup.models import InvitationRound, Invitee
from signup.rounds_pasting import Known, Pasted, read_lines
from tests.cast import Cast
from tests.identity_numbers import NATIONAL
from tests.signup.inviting import address, invite, load_register, make_round, took_part
from tests.signup.inviting import client as client
from tests.signup.inviting import english as english

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def letters(cast: Cast) -> InvitationRound:
    load_register()
    return make_round(cast.west)


def chosen(letters: InvitationRound) -> list[str]:
    with tenancy.scope([letters.network_id]):
        return list(letters.invitees.order_by("organisation__number").values_list("organisation__name", flat=True))


def test_who_took_part_before_is_marked_through_every_merger(cast: Cast, letters: InvitationRound) -> None:
    programme = cast.west.network.programme
    took_part("9101", "Fjellby", "Sørlandet", (2016, 2018), programme)
    took_part("9105", "Gammelvik", "Nordover", (2014, 2015), programme)
    took_part("9108", "Uendra", "Sørlandet", (2016, 2018), programme)
    directory = read_directory(timezone.localdate())

    def said(number: str) -> str:
        line = directory.get(f"m{number}")
        assert line
        return in_words(directory.parts(line), line.name)

    assert said("9201") == "Fjellby: Sørlandet 2016–2018"
    assert said("9207") == "Gammelvik: Nordover 2014–2015"
    assert said("9108") == "Sørlandet 2016–2018"
    assert said("9203") == ""


def test_the_page_lists_todays_municipalities_with_where_they_took_part(
    cast: Cast, letters: InvitationRound, client: Client
) -> None:
    took_part("9101", "Fjellby", "Sørlandet", (2016, 2018), cast.west.network.programme)
    html = client.get(address("round_choose", cast.west, letters.pk)).content.decode()
    assert "Fjellby: Sørlandet 2016–2018" in html
    for number in ("9201", "9203", "9204", "9207", "9108"):
        assert f'value="m{number}"' in html
    for number in ("9101", "9104", "9109"):
        assert f'value="m{number}"' not in html


def test_the_list_takes_the_same_number_of_queries_however_long_it_is(
    cast: Cast, letters: InvitationRound, client: Client, django_assert_num_queries: object
) -> None:
    page = address("round_choose", cast.west, letters.pk)
    client.get(page)
    with django_assert_num_queries(20):  # type: ignore[operator]  # pytest-django's fixture
        client.get(page)
    RegisterMunicipality.objects.bulk_create(
        RegisterMunicipality(number=f"8{n:03}", name=f"By {n}", sort_name=f"by {n}", county="Byfylket")
        for n in range(100)
    )
    for number in range(8001, 8020):
        took_part(str(number), f"By {number - 8000}", "Sørlandet", (2016, 2018), cast.west.network.programme)
    with django_assert_num_queries(20):  # type: ignore[operator]  # pytest-django's fixture
        assert "By 99" in client.get(page).content.decode()


def test_what_is_ticked_is_added_once_and_stays_ticked_when_the_filter_changes(
    cast: Cast, letters: InvitationRound, client: Client
) -> None:
    page = address("round_choose", cast.west, letters.pk)
    html = client.post(page, {"org": ["m9108"], "county": "Storfylket", "show": "1"}).content.decode()
    assert 'value="m9108" checked>' in html
    assert chosen(letters) == []
    for _twice in range(2):
        sent = {"org": ["m9108", "m9201", "m0000", "hei"], "county": "Storfylket", "add": "1"}
        assert client.post(page, sent)["Location"].endswith("?q=&county=Storfylket&community=")
    assert chosen(letters) == ["Uendra", "Fjellfjord"]
    assert Organisation.objects.get(number="9201").slug == "fjellfjord-9201"


def test_a_merged_municipality_is_named_and_its_successor_offered(
    cast: Cast, letters: InvitationRound, client: Client
) -> None:
    page = address("round_choose", cast.west, letters.pk)
    html = client.post(page, {"org": ["m9101"], "add": "1"}).content.decode()
    assert "Fjellby is now" in html
    assert 'value="m9201" checked>' in html
    assert chosen(letters) == []
    found = client.get(page, {"q": "gammelvik"}).content.decode()
    assert "Gammelvik is now Vik." in found
    assert 'value="m9207"' in found
    assert "does not say what it became" in client.get(page, {"q": "borte"}).content.decode()


def test_an_organisation_that_has_merged_meanwhile_is_replaced(
    cast: Cast, letters: InvitationRound, client: Client
) -> None:
    (old,) = invite(letters, "9101")
    assert "Fjellby is now" in client.get(address("round", cast.west, letters.pk)).content.decode()
    client.post(address("invitee_replace", cast.west, old.pk), {"number": "9108"})
    assert chosen(letters) == ["Fjellby"]
    client.post(address("invitee_replace", cast.west, old.pk), {"number": "9201"})
    assert chosen(letters) == ["Fjellfjord"]


def test_a_health_community_lists_its_municipalities_of_today_its_trust_and_hospitals(
    cast: Cast, letters: InvitationRound, client: Client
) -> None:
    trust = Organisation.objects.create(kind="trust", name="Helse Fjord HF", slug="helse-fjord")
    Organisation.objects.create(kind="hospital", name="Fjord sjukehus", slug="fjord", parent=trust)
    Organisation.objects.create(kind="hospital", name="Anna sjukehus", slug="anna")
    community = HealthCommunity.objects.create(
        name="Fjord", slug="fjord", trust=trust, municipality_numbers=["9101", "9203"]
    )
    page = address("round_choose", cast.west, letters.pk)
    html = client.get(page, {"community": community.pk}).content.decode()
    for shown in ("Fjellfjord", "Elvdal", "Helse Fjord HF", "Fjord sjukehus"):
        assert shown in html
    for absent in ("Uendra", "Anna sjukehus"):
        assert absent not in html
    assert html.index("<span>Helse Fjord HF") < html.index("<span>Fjord sjukehus")


def test_without_a_register_the_known_can_be_chosen_and_it_is_said(cast: Cast, client: Client) -> None:
    letters = make_round(cast.west)
    page = address("round_choose", cast.west, letters.pk)
    html = client.get(page).content.decode()
    assert "The municipality register is not loaded" in html
    own = cast.west.team.participation.organisation
    assert f'value="m{own.number}"' in html
    client.post(page, {"org": [f"m{own.number}"], "add": "1"})
    assert chosen(letters) == [own.name]


# Pasted lines


def pasted(letters: InvitationRound, text: str) -> list[Pasted]:
    with tenancy.scope([letters.network_id]):
        invitees = {f"m{one.organisation.number}": one for one in Invitee.objects.select_related("organisation")}
        return read_lines(text, Known(read_directory(timezone.localdate()), invitees, "nb"))


def test_lines_are_read_in_any_order_with_any_sign(letters: InvitationRound) -> None:
    invite(letters, "9108")
    lines = pasted(
        letters,
        "Organisasjon;Navn;Tittel;E-post\n"
        "uendra kommune; Leder Uendra; kommunalsjef; Leder@Test.Example; nynorsk\n"
        "9203\tleder.elv@test.example\n\n"
        "Nyby, Leder Ny, nn, ny@test.example\n",
    )
    read = [(one.number, one.line and one.line.name, *vars(one.person).values(), one.problem) for one in lines]
    assert read == [
        (2, "Uendra", "Leder Uendra", "kommunalsjef", "leder@test.example", "nn", ""),
        (3, "Elvdal", "", "", "leder.elv@test.example", "nb", ""),
        (5, "Nyby", "Leder Ny", "", "ny@test.example", "nn", ""),
    ]
    assert [one.note for one in lines] == ["", "Is added to the round.", "Is added to the round."]


def test_each_line_that_can_not_be_used_says_why(letters: InvitationRound) -> None:
    RegisterMunicipality.objects.create(number="9301", name="Nyby", sort_name="nyby", county="Fjernfylket")
    invite(letters, "9108", sent_at=timezone.now())
    lines = pasted(
        letters,
        "Ingenstad;Leder;;a@test.example\nElvdal;Leder;;a@@test\nElvdal;Leder;sjef;ikkje ei adresse\n"
        "Nyby;Leder\nUendra;Leder\nDelby;Leder\nBorte;Leder\nFjellby;Leder\nFjellfjord;Leder\n"
        f"Elvdal;{NATIONAL}\n",
    )
    words = [one.problem or one.note for one in lines]
    for text, said in zip(
        words,
        [
            "No organisation is called that",
            "“a@@test” is no email address",
            "“ikkje ei adresse” is one cell too many",
            "Several have this name: 9301 (Fjernfylket), 9204 (Storfylket)",
            "The letter has been sent already",
            "Delby has become several: Fjellfjord, Nyby",
            "Borte is no longer a municipality",
            "Fjellby is now Fjellfjord. Is added to the round.",
            "Fjellfjord stands in line 8 already",
            "national identity number",
        ],
        strict=True,
    ):
        assert said in text, text


def test_the_preview_saves_nothing_and_filling_in_saves_what_can_be(
    cast: Cast, letters: InvitationRound, client: Client
) -> None:
    page, lines = address("round_paste", cast.west, letters.pk), "Uendra;Leder U;sjef;u@test.example;nn\nIngenstad;X\n"
    html = client.post(page, {"lines": lines, "look": "1"}).content.decode()
    assert "No organisation is called that" in html
    assert chosen(letters) == []
    client.post(page, {"lines": lines, "fill": "1"})
    with tenancy.scope([letters.network_id]):
        (one,) = letters.invitees.all()
    assert (one.leader_name, one.leader_title, one.leader_email, one.language) == (
        "Leder U",
        "sjef",
        "u@test.example",
        "nn",
    )
    assert "1 line was left out." in client.get(address("round", cast.west, letters.pk)).content.decode()


def test_without_a_register_no_municipality_stands_twice_for_its_old_number(cast: Cast, client: Client) -> None:
    programme = cast.west.network.programme
    for number, name in (("0402", "Kongsvinger"), ("3401", "Kongsvinger"), ("1515", "Herøy"), ("1818", "Herøy")):
        took_part(number, name, f"Nett-{number}", (2014, 2015), programme)
    html = client.get(address("round_choose", cast.west, make_round(cast.west).pk)).content.decode()
    assert [number in html for number in ("m0402", "m3401", "m1515", "m1818")] == [False, True, True, True]
    searched = client.post(
        address("round_choose", cast.west, make_round(cast.west).pk), {"q": "kongsv", "org": "m3401"}
    )
    assert searched.content.decode().count("m0402") == 0
    row = html[html.index("m3401") :].partition("</li>")[0]
    assert "Nett-0402" in row, "where it took part under its old number is told beside the new one"
