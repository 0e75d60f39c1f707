"""Every change of a network in words: who, when, what, and nothing that is not hers to read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Change, Network, Participation
from overview.changes_kinds import ALWAYS_LEFT_OUT, GROUPS, KINDS
from overview.changes_names import READINGS, foreign_keys, model_of
from sessions.models import Gathering, Review
from sessions.services import deliver, exempt, extend, review
from signup.models import InvitationRound, Invitee, Registration
from teams.models import Team
from tests.cast import Cast, Place
from tests.overview.stage import links, page, questions, reads_english, within, words

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def from_now_on(cast: Cast) -> None:
    """What made the cast is told no more; and the pages are read in the language of the sources."""
    for place in (cast.west, cast.east):
        with within(place):
            Change.objects.all().delete()
    reads_english(cast.west.coordinator)


def address(cast: Cast, **choice: Any) -> str:
    query = "&".join(f"{name}={value}" for name, value in choice.items())
    return reverse("overview:changes", args=[cast.west.network.slug]) + (f"?{query}" if query else "")


def read(cast: Cast, client: Client, **choice: Any) -> str:
    return words(page(client, address(cast, **choice))).partition("Show ")[2]


@contextmanager
def deed(place: Place, person: User | None, number: int = 1, *, days_ago: int = 0) -> Iterator[None]:
    """What a person does in one go. A test is one transaction, so its number is written on afterwards."""
    with within(place):
        tenancy.identify(person.pk if person else None)
        last = Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        yield
        at = timezone.now() - timedelta(days=days_ago)
        Change.objects.filter(pk__gt=last).update(batch=number, at=at)


# The words


def test_every_recorded_table_and_column_has_words_or_is_left_out() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, encode(tgargs, 'escape') FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname = 'record_change'"
        )
        recorded = {table: arguments.split("\\000")[1] for table, arguments in cursor.fetchall()}
    assert set(recorded) == set(KINDS)
    without_words: set[str] = set()
    for table, only in recorded.items():
        model, kind = model_of(table), KINDS[table]
        assert model is not None
        columns = {field.column for field in model._meta.concrete_fields}
        told = set(only.split(",")) if only else columns
        known = set(kind.labels) | kind.left_out | ALWAYS_LEFT_OUT
        without_words |= {f"{table}.{column}" for column in told - known}
        assert set(kind.labels) - columns == set(), f"{table}: words without a column"
        assert kind.group in GROUPS
        pointed = {target for column, target in foreign_keys(table).items() if column in kind.labels}
        unread = {target for target in {table, *pointed} if _label(target) not in READINGS}
        assert unread <= {"gatherings_deliveryversion"}, f"{table}: nothing says what these are called: {unread}"
    assert without_words == set()


def _label(table: str) -> str:
    model = model_of(table)
    assert model is not None
    return model._meta.label


# The page


def test_who_did_what_and_when_newest_first(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with deed(place, place.coordinator, 1, days_ago=1):
        Gathering.objects.filter(number=2).update(place="Skien")
    with deed(place, cast.national, 2):
        place.team.name, place.team.patient_group = "Vinje nord", "Eldre med hjertesvikt"
        place.team.save()
    client = sign_in(place.coordinator)
    text = read(cast, client)
    first, _, second = text.partition("Koordinator Vest")
    assert "Nasjonal koordinator" in first
    assert "Changed the team Vinje nord Name was Vinje → became Vinje nord" in first
    assert "Patient group Eldre med hjertesvikt" in first
    assert "Changed Gathering 2 Place Skien" in second
    found = links(page(client, address(cast)))
    assert found["Changed the team Vinje nord"] == reverse("overview:team", args=["vest", place.team.slug])
    gathering = place.gatherings[1].pk
    assert found["Changed Gathering 2"] == reverse("gatherings:gathering", args=["vest", gathering])


def test_the_words_people_use_for_what_is_done_with_deliveries(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    work: dict[str, Any] = {"team": place.team, "assignment": place.document}
    with deed(place, place.member, 1):
        version = deliver(by=place.member, comment="Hemmelig plan", **work)
    with deed(place, place.supervisor, 2):
        review(version=version, by=place.supervisor, verdict=Review.Verdict.RETURNED, text="Hemmelig svar")
    with deed(place, place.coordinator, 3):
        until = timezone.localdate() + timedelta(days=20)
        extend(team=place.other_team, assignment=place.document, until=until, reason="Sykdom")
        exempt(team=place.other_team, assignment=place.poster, reason="Ny leder")
    text = read(cast, sign_in(place.coordinator))
    said = [
        "Gave Tokke more time for Lever forbedringsplan (gathering 2)",
        "Exempted Tokke from Lag plakat (gathering 2)",
        "Sent Lever forbedringsplan (gathering 2) back to Vinje",
        "Handed in Lever forbedringsplan (gathering 2) for Vinje",
    ]
    assert sorted(said, key=text.index) == said
    assert "Sykdom" in text
    assert "Hemmelig" not in text
    assert "Changed Lever" not in text, "what follows from an answer is not told twice"


def test_what_is_gone_is_called_as_it_was(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with deed(place, place.coordinator):
        Team.objects.filter(pk=place.team.pk).delete()
        Participation.objects.filter(organisation__name="Vinje").delete()
    text = read(cast, sign_in(place.coordinator))
    assert "Removed the team Vinje" in text
    assert "Took Medlem Vest out of the team Vinje" in text
    assert "Removed Veileder Vest as the supervisor of Vinje" in text
    assert "Removed Vinje as a participant" in text
    assert "–" not in text, "all of it has a name"


def test_one_change_for_each_thing_however_often_it_was_written(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with deed(place, place.coordinator):
        for name in ("A", "B", "C"):
            Team.objects.filter(pk=place.team.pk).update(name=name)
        Team.objects.filter(pk=place.other_team.pk).update(name="X")
        Team.objects.filter(pk=place.other_team.pk).update(name="Tokke")
        short = Gathering.objects.create(network=place.network, kind="webinar", title="Kort liv")
        short.delete()
    text = read(cast, sign_in(place.coordinator))
    assert text.count("Changed the team") == 1
    assert "was Vinje → became C" in text
    assert "Kort liv" not in text


def test_without_an_account_it_was_the_product_or_a_personal_link(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with deed(place, place.coordinator, 1):
        invitee = _invited(place)
    with deed(place, None, 2):
        registration = Registration.objects.create(network=place.network, invitee=invitee, team_name="Nytt team")
    with deed(place, None, 3):
        Registration.objects.filter(pk=registration.pk).update(state="submitted")
    with deed(place, None, 4):
        Network.objects.filter(pk=place.network.pk).update(phase="follow_up")
    text = read(cast, sign_in(place.coordinator))
    parts = text.split("Through the personal link")
    assert len(parts) == 3
    assert "The product itself" in parts[0]
    assert "The network went into follow-up Phase was running → became in follow-up" in parts[0]
    assert "Sent in the registration of Nytt team" in parts[1]
    assert "Began the registration of Nytt team" in parts[2]
    assert "Put Vinje on the list of those to invite" in parts[2]


def _invited(place: Place) -> Invitee:
    letters = {"subject_nb": "Bli med", "text_nb": "Hei", "subject_nn": "Bli med", "text_nn": "Hei", "signed_by": "KS"}
    found = InvitationRound.objects.create(
        network=place.network, name="Høst", answer_by=timezone.localdate(), created_by=place.coordinator, **letters
    )
    organisation = place.team.participation.organisation
    return Invitee.objects.create(network=place.network, round=found, organisation=organisation)


def test_many_changes_in_one_go_are_folded_and_very_many_counted(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with deed(place, place.coordinator):
        Gathering.objects.bulk_create(
            Gathering(network=place.network, kind="webinar", title=f"N{n}") for n in range(210)
        )
    text = read(cast, sign_in(place.coordinator))
    assert "195 more changes at the same time" in text
    assert "and 10 that are not listed here." in text


def test_nothing_of_another_network_shows(cast: Cast, sign_in: SignIn) -> None:
    with deed(cast.east, cast.east.coordinator):
        Team.objects.update(name="Hemmelig øst")
    text = words(page(sign_in(cast.west.coordinator), address(cast)))
    assert "Hemmelig" not in text
    assert "Koordinator Øst" not in text
    assert "Nothing has been changed yet" in text


def test_it_is_chosen_by_person_by_kind_and_by_time(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with deed(place, place.coordinator, 1):
        Team.objects.filter(pk=place.team.pk).update(name="Nytt navn")
    with deed(place, cast.national, 2, days_ago=40):
        Gathering.objects.filter(number=2).update(place="Skien")
    client = sign_in(place.coordinator)
    assert "Skien" in read(cast, client)
    assert "Nytt navn" in read(cast, client)
    chosen = read(cast, client, hvem=cast.national.pk)
    assert "Skien" in chosen
    assert "Nytt navn" not in chosen
    assert "Skien" not in read(cast, client, hva="participants")
    assert "Skien" not in read(cast, client, siden=31)
    assert "Skien" in read(cast, client, siden=366)
    assert "Nothing fits that choice" in words(page(client, address(cast, hvem=cast.national.pk, hva="library")))
    assert "Skien" in read(cast, client, hvem="9999999999999999999", hva="x", siden="x", page="x")


def test_it_asks_as_much_of_three_as_of_one(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    with deed(place, place.coordinator, 1):
        Team.objects.filter(pk=place.team.pk).update(name="A")
    client = sign_in(place.coordinator)
    assert questions(client, address(cast)) == 12
    with deed(place, cast.national, 2):
        Team.objects.update(name="B")
    with deed(place, place.member, 3):
        Team.objects.update(name="C")
    assert questions(client, address(cast)) == 12
