"""The plan on its pages, and where it meets the deliveries."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from documents.models import Document
from documents.services import keep_made_pdf
from gpf import tenancy
from improvement.models import Goal, PlanEdition
from improvement.plans.services import deliver_plan
from improvement.plans.tasks import make_file
from overview.work import read_work
from sessions.models import Assignment, Delivery, DeliveryVersion
from sessions.progress import State
from sessions.reminders import Work, line
from sessions.services import attach_file
from tests.cast import Cast, Place
from tests.documents import files
from tests.identity_numbers import NATIONAL
from tests.improvement.plans.stage import GOAL, ask_for_plan, write_work

SignIn = Callable[[User], Client]


@pytest.fixture
def asked(cast: Cast) -> Assignment:
    """The work that asks Vinje for its plan, and what the plan is made of; everybody reads English."""
    User.objects.update(language="en")
    with tenancy.scope([cast.west.network.pk]):
        write_work(cast.west)
        return ask_for_plan(cast.west)


def page(client: Client, name: str, place: Place, *more: object, room: str = "improvement") -> str:
    response = client.get(reverse(f"{room}:{name}", args=[place.network.slug, place.team.slug, *more]))
    assert response.status_code == 200
    return words(response.content.decode())


def words(page: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def handed_in(place: Place, asked: Assignment) -> PlanEdition:
    with tenancy.scope([place.network.pk]):
        return deliver_plan(team=place.team, assignment=asked, by=place.member, comment="")


def with_file(place: Place, edition: PlanEdition) -> Document:
    with tenancy.scope([place.network.pk]):
        document = keep_made_pdf(network=place.network, by=None, pdf=files.pdf("Plan"), name="Plan Vinje.pdf")
        version = DeliveryVersion.objects.get(plan_edition=edition)
        attach_file(version=version, document=document)
        return document


def test_the_plan_shows_the_work_and_what_is_missing(cast: Cast, asked: Assignment, sign_in: SignIn) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        Goal.objects.create(network=place.network, team=place.team, text="Ingen venter på medisinlisten")
    found = page(sign_in(place.member), "plan", place)
    assert GOAL in found
    assert "Folk tar telefonen før klokka ti." in found
    assert "Ingen venter på medisinlisten The goal does not say" in found
    assert "Deliver the plan" in found
    read = page(sign_in(place.supervisor), "plan", place)
    assert "The goal has no measure yet" in read
    assert "Deliver the plan" not in read
    assert "Add a measure" not in read


def test_an_empty_plan_says_how_to_begin(cast: Cast, sign_in: SignIn) -> None:
    User.objects.update(language="en")
    assert "Write the first need" in page(sign_in(cast.west.member), "plan", cast.west)
    assert "The team has not written any needs" in page(sign_in(cast.west.coordinator), "plan", cast.west)


def test_first_it_is_shown_who_is_told_then_the_plan_is_delivered_at_once(
    cast: Cast, asked: Assignment, sign_in: SignIn, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    place, told = cast.west, []
    monkeypatch.setattr(make_file, "delay", lambda *args: told.append(args))
    client = sign_in(place.member)
    before = page(client, "plan_deliver", place, asked.pk)
    assert "1 need 1 goal 1 change 1 measure" in before
    assert "Veileder Vest will see that it waits for an answer." in before
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("improvement:plan_deliver", args=[place.network.slug, place.team.slug, asked.pk]),
            {"comment": f"Fnr {NATIONAL}"},
        )
    assert "national identity number" in words(response.content.decode())
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("improvement:plan_deliver", args=[place.network.slug, place.team.slug, asked.pk]), follow=True
        )
    after = words(response.content.decode())
    assert "The plan is delivered. Veileder Vest will be told." in after
    assert "Its PDF is being made" in after
    with tenancy.scope([place.network.pk]):
        assert told == [(place.network.pk, PlanEdition.objects.get().pk)]
        assert Delivery.objects.get(assignment=asked).state == Delivery.State.DELIVERED


@pytest.mark.usefixtures("own_files")
def test_a_delivered_plan_is_read_by_those_it_is_shared_with(cast: Cast, asked: Assignment, sign_in: SignIn) -> None:
    place = cast.west
    document = with_file(place, handed_in(place, asked))
    address = reverse("gatherings:shared_file", args=[place.network.slug, place.team.slug, asked.pk])
    client = sign_in(place.observer)
    assert client.get(address).status_code == 404
    with tenancy.scope([place.network.pk]):
        Delivery.objects.filter(assignment=asked).update(shared_at=timezone.now())
    assert document.name in page(client, "shared", place, asked.pk, room="gatherings")
    assert b"".join(client.get(address)).startswith(b"%PDF")
    assert "Read the plan as it was delivered" in page(
        sign_in(place.supervisor), "delivery", place, asked.pk, room="gatherings"
    )


@pytest.mark.usefixtures("own_files")
def test_a_team_may_deliver_a_file_of_its_own_and_the_plans_old_pdf_never_goes_along(
    cast: Cast, asked: Assignment, sign_in: SignIn
) -> None:
    place = cast.west
    with_file(place, handed_in(place, asked))
    client = sign_in(place.member)
    address = reverse("gatherings:deliver", args=[place.network.slug, place.team.slug, asked.pk])
    refused = client.post(address, {"comment": "Ny versjon", "deliver": "1"})
    assert "Choose the file you want to deliver." in words(refused.content.decode())
    own = SimpleUploadedFile("Vår plan.pdf", files.pdf("Vår plan"))
    assert client.post(address, {"comment": "", "deliver": "1", "file": own}).status_code == 302
    with tenancy.scope([place.network.pk]):
        newest = DeliveryVersion.objects.filter(delivery__assignment=asked).first()
        assert newest is not None
        assert (newest.number, newest.document and newest.document.name) == (2, "Vår plan.pdf")
        assert PlanEdition.objects.count() == 1


def test_editions_are_listed_read_as_they_were_and_compared(cast: Cast, asked: Assignment, sign_in: SignIn) -> None:
    place = cast.west
    handed_in(place, asked)
    with tenancy.scope([place.network.pk]):
        Goal.objects.update(text="Alle får besøk innen to dager", state="reached")
    handed_in(place, asked)
    client = sign_in(place.leader)
    assert page(client, "plan_editions", place).count("Lever forbedringsplan") == 2
    assert GOAL in page(client, "plan_edition", place, 1)
    second = page(client, "plan_edition", place, 2)
    assert "What has changed since" in second
    assert f"Målet «{GOAL}» lyder nå «Alle får besøk innen to dager»." in second
    compare = reverse("improvement:plan_compare", args=[place.network.slug, place.team.slug])
    told = words(client.get(compare, {"first": 2, "second": 1}).content.decode())
    assert "er nådd." in told, "whichever is named first, the earlier is what was before"
    assert "Nothing has changed" in words(client.get(compare, {"first": 2, "second": 0}).content.decode())
    assert client.get(compare, {"first": 9, "second": 0}).status_code == 200


def test_whoever_is_asked_for_the_plan_is_led_to_it(cast: Cast, asked: Assignment) -> None:
    place = cast.west
    address = reverse("improvement:plan", args=[place.network.slug, place.team.slug])
    today = timezone.localdate()
    with tenancy.scope([place.network.pk]):
        work = read_work([place.team], today)[place.team.pk]
        thing = next(each for each in work.things if each.assignment == asked)
        assert (thing.verb, thing.field_address(place.network)) == ("See the plan and deliver", address)
        assert line(Work(asked, place.team, asked.due, State.NOT_STARTED), today).path == address
        assert line(Work(asked, place.team, asked.due, State.RETURNED), today).path.endswith(f"/leveringer/{asked.pk}/")
