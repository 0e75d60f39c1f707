"""The page of a network: for everyone in it, for those who run it, and for the networks of long ago."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from networks.models import (
    NationalCoordinator,
    Network,
    Organisation,
    ParticipatingUnit,
    Participation,
    SupervisingBody,
)
from sessions.models import Gathering
from signup.models import InvitationRound, Invitee, Registration
from teams.models import Supervisor, Team
from tests.cast import Cast, Place
from tests.overview.stage import add_network, add_team, deliver, links, page, questions, reads_english, within, words

SignIn = Callable[[User], Client]
PAGE = "/nettverk/vest/"


@pytest.fixture
def west(cast: Cast) -> Place:
    reads_english(*cast.west.people().values(), cast.national)
    return cast.west


def organisation(name: str, kind: str, parent: Organisation | None = None) -> Organisation:
    number = str(7000 + Organisation.objects.count()) if kind == Organisation.Kind.MUNICIPALITY else ""
    return Organisation.objects.create(
        slug=f"org-{Organisation.objects.count()}", kind=kind, name=name, number=number, parent=parent
    )


def take_part(place: Place, name: str, kind: str = Organisation.Kind.MUNICIPALITY, **fields: object) -> Participation:
    return Participation.objects.create(network=place.network, organisation=organisation(name, kind), **fields)


def test_every_member_reads_who_takes_part_and_when_they_meet(west: Place, sign_in: SignIn) -> None:
    for user in west.people().values():
        found = words(page(sign_in(user), PAGE))
        for word in ("Gathering 1", "Gathering 2", "Teams Tokke Vinje", "Municipalities Tokke Vinje", "Follow-up"):
            assert word in found, f"{user} does not read {word}"


def test_only_those_who_run_it_read_what_needs_attention(west: Place, sign_in: SignIn) -> None:
    for user in (west.team_leader, west.member, west.leader, west.observer):
        assert "Needs attention" not in words(page(sign_in(user), PAGE))
    for user in (west.coordinator, west.supervisor):
        assert "Needs attention" in words(page(sign_in(user), PAGE))


def test_what_needs_attention_leads_to_where_something_can_be_done(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.document)
        take_part(west, "Bø")
        Gathering.objects.create(network=west.network, number=3)
    html = page(sign_in(west.coordinator), PAGE)
    assert {text: address for text, address in links(html).items() if " late " in text or "wait" in text} == {
        "2 teams are late with something: Tokke, Vinje": f"{PAGE}fremdrift/?tilstand=late",
        "1 delivery waits for a supervisor": f"{PAGE}fremdrift/?tilstand=delivered",
    }
    found = words(html)
    assert "Gathering 3 has no date" in found
    assert "No team yet: Bø" in found
    assert links(html)["No supervisor yet: Tokke"] == f"{PAGE}team/"


def test_the_supervisor_reads_of_her_own_teams(west: Place, sign_in: SignIn) -> None:
    with within(west):
        deliver(west.team, west.document)
        deliver(west.other_team, west.document)
    html = page(sign_in(west.supervisor), PAGE)
    assert "1 team is late with something: Vinje" in links(html)
    assert "1 delivery waits for you" in links(html)
    assert "No supervisor yet" not in words(html)


def test_many_names_are_cut_short(west: Place, sign_in: SignIn) -> None:
    with within(west):
        for number in range(1, 8):
            take_part(west, f"Kommune {number}")
    found = words(page(sign_in(west.coordinator), PAGE))
    assert "No team yet: Kommune 1, Kommune 2, Kommune 3, Kommune 4, Kommune 5 and 2 more" in found


def test_a_calm_network_has_no_list_of_worries(west: Place, sign_in: SignIn) -> None:
    with within(west):
        for team in (west.team, west.other_team):
            for assignment in west.assignments:
                deliver(team, assignment, state="approved")
        Supervisor.objects.create(
            network=west.network, team=west.other_team, membership=Supervisor.objects.get().membership
        )
        Gathering.objects.update(place="Seljord")
    assert "Needs attention" not in words(page(sign_in(west.coordinator), PAGE))


def test_a_gathering_without_a_place_and_a_registration_without_an_answer_are_pointed_out(
    cast: Cast, west: Place, sign_in: SignIn
) -> None:
    for place, count in ((west, 1), (cast.east, 3)):
        with within(place):
            letters = InvitationRound.objects.create(
                network=place.network, name="Første runde", answer_by=timezone.localdate()
            )
            invitee = Invitee.objects.create(
                network=place.network, round=letters, organisation=place.team.participation.organisation
            )
            for number in range(count):
                Registration.objects.create(
                    network=place.network, invitee=invitee, number=number, state=Registration.State.SUBMITTED
                )
    html = page(sign_in(west.coordinator), PAGE)
    assert "1 registration waits for your answer" in links(html)
    assert "Gathering 2 is in 24 days and has no place yet" in links(html)
    assert "waits for your answer" not in page(sign_in(west.supervisor), PAGE)


def test_participants_stand_in_norwegian_order_with_their_parts(west: Place, sign_in: SignIn) -> None:
    with within(west):
        for name in ("Åmli", "Aasnes", "Ørsta", "Ærøy", "Zulu"):
            take_part(west, name)
        oslo = take_part(west, "Oslo")
        for name in ("Grorud", "Alna"):
            part = organisation(name, Organisation.Kind.DISTRICT, oslo.organisation)
            ParticipatingUnit.objects.create(network=west.network, participation=oslo, organisation=part)
        trust = organisation("Sykehuset Telemark", Organisation.Kind.TRUST)
        hospital = organisation("Notodden sykehus", Organisation.Kind.HOSPITAL, trust)
        Participation.objects.create(network=west.network, organisation=hospital)
    found = words(page(sign_in(west.observer), PAGE))
    order = ["Municipalities Oslo", "Tokke", "Vinje", "Zulu", "Ærøy", "Ørsta", "Åmli", "Aasnes"]
    start = found.index("Municipalities")
    places = [found.index(name, start) for name in order]
    assert places == sorted(places)
    assert "Alna" in found
    assert "Grorud" in found
    assert "Hospitals and health trusts Notodden sykehus Sykehuset Telemark" in found


def test_who_withdrew_is_marked_with_date_and_reason(west: Place, sign_in: SignIn) -> None:
    with within(west):
        take_part(
            west, "Larvik", withdrawn=True, withdrawn_on=date(2018, 3, 1), withdrawn_reason="Manglet folk til arbeidet"
        )
        take_part(west, "Horten", withdrawn=True)
        take_part(west, "Olaviken", joined_note="Kom med etter samling 1")
    html = page(sign_in(west.observer), PAGE)
    assert "<s>Larvik</s>" in html
    assert "Larvik Withdrew 1 March 2018: Manglet folk til arbeidet" in words(html)
    assert "Horten Withdrew on the way" in words(html)
    assert "Olaviken Kom med etter samling 1" in words(html)


def test_the_facts_say_what_is_known_and_what_is_not(west: Place, sign_in: SignIn) -> None:
    client = sign_in(west.observer)
    assert "Anchored in the health community Not stated" in words(page(client, PAGE))
    Network.objects.filter(pk=west.network.pk).update(anchored_in_health_community=True, round_label="2020-2023")
    with within(west):
        body = organisation("USHT Telemark", Organisation.Kind.DEVELOPMENT_CENTRE)
        SupervisingBody.objects.create(network=west.network, organisation=body)
    found = words(page(client, PAGE))
    assert "Anchored in the health community Yes" in found
    assert "Supervised by USHT Telemark" in found
    assert "the programme’s 2020-2023" in found


def test_a_network_of_long_ago_shows_what_is_known(west: Place, cast: Cast, sign_in: SignIn) -> None:
    old = add_network(west, "Helgeland")
    Network.objects.filter(pk=old.pk).update(phase=Network.Phase.COMPLETED, from_year=2014, to_year=2016)
    place = Place(**{**vars(west), "network": old})
    with within(place):
        Gathering.objects.create(network=old, number=1, month=date(2014, 11, 1), state=Gathering.State.HELD)
        Gathering.objects.create(network=old, number=2, state=Gathering.State.HELD)
        take_part(place, "Herøy")
    found = words(page(sign_in(cast.national), "/nettverk/helgeland/"))
    assert "November 2014" in found
    assert "Municipalities Herøy" in found
    assert "Completed" in found
    assert "Needs attention" not in found
    assert "Preparation" not in found


def test_a_network_without_gatherings_or_participants_says_so(west: Place, cast: Cast, sign_in: SignIn) -> None:
    add_network(west, "Agder")
    found = words(page(sign_in(cast.national), "/nettverk/agder/"))
    assert "No gatherings are written down for this network." in found
    assert "No one takes part yet" in found
    assert "The gatherings have not been planned yet" in found


def test_the_other_network_never_shows(west: Place, sign_in: SignIn) -> None:
    html = page(sign_in(west.coordinator), PAGE)
    assert "Hamar" not in html
    assert "Løten" not in html


def test_an_outsider_finds_nothing(west: Place, cast: Cast, sign_in: SignIn) -> None:
    for user in (cast.stranger, cast.east.coordinator, cast.east.team_leader):
        client = sign_in(user)
        for address in ("", "fremdrift/", "fremdrift.csv", "fremdrift.xlsx", "team/", f"team/{west.team.slug}/"):
            assert client.get(PAGE + address).status_code == 404, address


def test_whoever_is_national_in_the_morning_and_not_at_noon_is_an_outsider(
    west: Place, cast: Cast, sign_in: SignIn
) -> None:
    client = sign_in(cast.national)
    assert client.get(PAGE).status_code == 200
    NationalCoordinator.objects.all().delete()
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_asks_as_much_for_more_participants_and_teams(west: Place, sign_in: SignIn, more: int) -> None:
    with within(west):
        ParticipatingUnit.objects.create(
            network=west.network,
            participation=west.team.participation,
            organisation=organisation("Avdeling", Organisation.Kind.MUNICIPAL_UNIT),
        )
        for number in range(more):
            add_team(west, f"Kommune {number}", guided=True)
            Gathering.objects.create(
                network=west.network, number=3 + number, starts_on=_in_days(90), ends_on=_in_days(91)
            )
    assert questions(sign_in(west.coordinator), PAGE) == 17


def _in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_teams_that_have_ended_are_not_listed(west: Place, sign_in: SignIn) -> None:
    with within(west):
        Team.objects.filter(pk=west.other_team.pk).update(ended_on=timezone.localdate())
    assert "Teams Vinje Municipalities" in words(page(sign_in(west.observer), PAGE))
