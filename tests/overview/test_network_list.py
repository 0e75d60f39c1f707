"""The list of networks: whose they are, in what order, and what a line says."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Network, Organisation, Participation, Programme, Role
from sessions.models import Gathering
from tests.cast import Cast

SignIn = Callable[[User], Client]


def shown(client: Client, **choices: str) -> str:
    response = client.get(reverse("overview:networks"), choices)
    assert response.status_code == 200
    return response.content.decode()


def names(page: str) -> list[str]:
    """The networks of the page from top to bottom."""
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', page)


def line(page: str, name: str) -> str:
    """What the line of a network says, without markup."""
    (row,) = (row for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL) if f">{name}</a>" in row)
    return " ".join(re.sub(r"<[^>]*>", " ", row).split())


def more(name: str, phase: str = Network.Phase.COMPLETED, programme: Programme | None = None) -> Network:
    return Network.objects.create(
        slug=name.lower().replace(" ", "-").replace("å", "a").replace("ø", "o").replace("æ", "ae"),
        name=name,
        programme=programme or Programme.objects.get(slug="program"),
        phase=phase,
        from_year=2017,
        to_year=2019,
        region="Nordland",
    )


def test_a_person_sees_her_own_networks_only(cast: Cast, sign_in: SignIn) -> None:
    more("Læringsnettverk Hemmelig", Network.Phase.RUNNING)
    for person in cast.west.people().values():
        page = shown(sign_in(person))
        assert names(page) == ["Læringsnettverk Vest"]
        assert "Øst" not in page
        assert "Hemmelig" not in page


def test_the_national_coordinator_sees_all(cast: Cast, sign_in: SignIn) -> None:
    more("Eldre")
    assert names(shown(sign_in(cast.national))) == ["Læringsnettverk Vest", "Læringsnettverk Øst", "Eldre"]


def test_a_person_without_a_network_is_told_what_will_come(cast: Cast, sign_in: SignIn) -> None:
    page = shown(sign_in(cast.stranger))
    assert names(page) == []
    assert 'class="empty"' in page


def test_a_membership_that_has_ended_shows_nothing(cast: Cast, sign_in: SignIn) -> None:
    with tenancy.scope([cast.west.network.pk]):
        Membership.objects.filter(user=cast.west.observer).update(ends_on=timezone.localdate())
    assert names(shown(sign_in(cast.west.observer))) == []


def test_each_list_is_in_norwegian_order_under_its_heading(cast: Cast, sign_in: SignIn) -> None:
    for name in ("Ålesund", "Østfold", "Ærfugl", "Zulu", "Aagot", "Alta"):
        more(name)
    more("Planlagt Vest", Network.Phase.PLANNED)
    more("Oppfølging", Network.Phase.FOLLOW_UP)
    page = shown(sign_in(cast.national))
    assert names(page) == [
        *("Læringsnettverk Vest", "Læringsnettverk Øst"),
        "Planlagt Vest",
        "Oppfølging",
        *("Alta", "Zulu", "Ærfugl", "Østfold", "Aagot", "Ålesund"),
    ]
    assert len(re.findall(r'<h2 id="fase-\d">', page)) == 4


def test_a_line_says_period_region_participants_and_next_gathering(cast: Cast, sign_in: SignIn) -> None:
    network = cast.west.network
    today = timezone.localdate()
    with tenancy.scope([network.pk]):
        gone = Organisation.objects.create(
            slug="borte", kind=Organisation.Kind.MUNICIPALITY, name="Borte", number="9999"
        )
        Participation.objects.create(network=network, organisation=gone, withdrawn=True)
        # Neither of these comes next: one is over, one is cancelled.
        Gathering.objects.create(
            network=network, kind=Gathering.Kind.WEBINAR, starts_on=today - timedelta(2), ends_on=today - timedelta(1)
        )
        Gathering.objects.create(
            network=network,
            kind=Gathering.Kind.WEBINAR,
            starts_on=today,
            ends_on=today,
            state=Gathering.State.CANCELLED,
        )
    text = line(shown(sign_in(cast.west.coordinator)), "Læringsnettverk Vest")
    assert f"{network.from_year}–{network.to_year} Vest 2 (1" in text
    coming = cast.west.gatherings[1].starts_on
    assert coming is not None
    assert re.search(rf"2 , {coming.day}\..*, om 24 dager$", text)


def test_completed_networks_have_no_column_for_what_comes_next(cast: Cast, sign_in: SignIn) -> None:
    network = more("Eldre")
    client = sign_in(cast.national)
    assert line(shown(client), "Eldre") == "Eldre Gode pasientforløp 2017–2019 Nordland 0"
    with tenancy.scope([network.pk]):
        day = timezone.localdate() + timedelta(1)
        Gathering.objects.create(network=network, kind=Gathering.Kind.EXPERIENCE, starts_on=day, ends_on=day)
    assert line(shown(client), "Eldre").endswith(", i morgen")


def test_a_gathering_that_is_going_on_and_one_known_by_its_month_are_next(cast: Cast, sign_in: SignIn) -> None:
    today = timezone.localdate()
    west, east = cast.west.network, cast.east.network
    with tenancy.scope([west.pk, east.pk]):
        Gathering.objects.filter(network__in=[west, east]).delete()
        Gathering.objects.create(network=west, number=5, starts_on=today - timedelta(1), ends_on=today)
        Gathering.objects.create(network=west, number=6, starts_on=today + timedelta(1), ends_on=today + timedelta(1))
        Gathering.objects.create(network=east, number=7, month=date(today.year, today.month, 1))
    page = shown(sign_in(cast.national))
    assert " 5 ," in line(page, "Læringsnettverk Vest")
    assert re.search(rf" 7 , \w+ {today.year}$", line(page, "Læringsnettverk Øst"))


def test_the_filter_stands_in_the_address(cast: Cast, sign_in: SignIn) -> None:
    other = Programme.objects.create(slug="psykisk", name="Psykisk helse og rus")
    more("Eldre")
    more("Rus", programme=other)
    client = sign_in(cast.national)
    assert names(shown(client, fase="completed")) == ["Eldre", "Rus"]
    assert names(shown(client, program="psykisk")) == ["Rus"]
    assert names(shown(client, fase="running", program="psykisk")) == []
    assert 'class="empty"' in shown(client, fase="running", program="psykisk")
    assert names(shown(client, fase="nonsense")) == ["Læringsnettverk Vest", "Læringsnettverk Øst", "Eldre", "Rus"]
    assert 'name="fase"' in shown(client, fase="completed")


def test_with_nothing_to_choose_between_there_is_no_filter(cast: Cast, sign_in: SignIn) -> None:
    page = shown(sign_in(cast.west.member))
    assert 'name="fase"' not in page
    assert 'name="program"' not in page


def test_the_number_of_queries_is_fixed(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.national)
    with CaptureQueriesContext(connection) as two:
        assert len(names(shown(client))) == 2
    for number in range(10):
        network = more(f"Nettverk {number}")
        with tenancy.scope([network.pk]):
            organisation = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY)[0]
            Participation.objects.create(network=network, organisation=organisation)
            Membership.objects.create(network=network, user=cast.west.coordinator, role=Role.OBSERVER)
    with CaptureQueriesContext(connection) as twelve:
        assert len(names(shown(client))) == 12
    assert len(two) == len(twelve) <= 15
