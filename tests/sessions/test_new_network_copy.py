"""A new round of a network: what it takes along from the old one, and what stays there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from documents.models import Document, LibraryDocument
from documents.services import store_document
from gpf import tenancy
from networks.cycle_templates import load_cycle_templates
from networks.models import CycleTemplate, Network, Organisation, Participation, SupervisingBody, TemplateAssignment
from networks.planning import due_day, is_working_day
from sessions.models import Assignment, Gathering
from sessions.plans import plan_network_cycle
from tests.cast import Cast
from tests.documents import files
from tests.sessions.test_new_network import FIRST, asked, create, fields, lay_out, text

SignIn = Callable[[User], Client]


@pytest.fixture
def old(cast: Cast) -> Network:
    """West, planned from the programme's template, with ways of its own, a library and a supervising body."""
    network, template = cast.west.network, load_cycle_templates()[0]
    centre = Organisation.objects.create(slug="usht-vest", kind="development_centre", name="USHT Vest")
    with tenancy.scope([network.pk]):
        Gathering.objects.all().delete()
        plan_network_cycle(network=network, template=template, first=FIRST)
        first, second = (Gathering.objects.get(number=number) for number in (1, 2))
        Assignment.objects.filter(gathering=first, slug="team").update(
            title_nb="Finn teamet", days_before=50, due=due_day(FIRST, 50)
        )
        Assignment.objects.filter(gathering=first, slug="intervju").update(hidden=True)
        Assignment.objects.create(
            network=network, gathering=second, slug="film", position=9, title_nb="Lag en film", due=FIRST, days_before=7
        )
        SupervisingBody.objects.create(network=network, organisation=centre)
        for number, name in enumerate(("Huskeliste", "Mal for intervju")):
            upload = SimpleUploadedFile(f"{name}.pdf", files.pdf(name))
            document = store_document(network=network, by=cast.west.coordinator, upload=upload)
            LibraryDocument.objects.create(
                network=network, title=name, document=document, position=number, in_package=number == 1
            )
    network.posters_shown, network.work_shown = Network.PosterSight.NEVER, Network.WorkSight.WHEN_DELIVERED
    network.save()
    return network


@pytest.fixture
def template(old: Network) -> CycleTemplate:
    return CycleTemplate.objects.get(slug="gode-pasientforlop")


def round_two(client: Client, old: Network, template: CycleTemplate) -> tuple[str, Network]:
    """The page of the second step, and the network that comes of it."""
    page = lay_out(client, asked(template, copied_from=old.pk))
    return page, create(client, fields(page))


def test_the_first_step_is_filled_in_from_the_old_network(cast: Cast, sign_in: SignIn, old: Network) -> None:
    Network.objects.filter(pk=old.pk).update(region="Vestland", language="nn")
    page = sign_in(cast.west.coordinator).get(reverse("planning:new"), {"fra": old.slug}).content.decode()
    assert f'name="copied_from" value="{old.pk}"' in page
    assert 'value="Læringsnettverk Vest"' in page
    assert 'value="Vestland"' in page
    assert page.count(" checked") == 3  # the template, the language, the supervising body


def test_the_plan_takes_the_old_networks_ways_along(
    cast: Cast, sign_in: SignIn, old: Network, template: CycleTemplate
) -> None:
    TemplateAssignment.objects.filter(gathering__template=template, gathering__number=1, slug="team").update(
        guidance_nb="Nytt i malen."
    )
    page, made = round_two(sign_in(cast.west.coordinator), old, template)
    said = text(page)
    assert all(title in said for title in ("Finn teamet", "Lag en film", "Intervju brukere og pasienter"))
    with tenancy.scope([made.pk]):
        team = Assignment.objects.get(gathering__number=1, slug="team")
        assert (team.title_nb, team.days_before, team.guidance_nb) == ("Finn teamet", 50, "Nytt i malen.")
        assert (team.planned or {})["title_nb"] == "Sett sammen forbedringsteamet", "what differs can be marked"
        assert Assignment.with_hidden.get(gathering__number=1, slug="intervju").hidden
        film = Assignment.objects.get(gathering__number=2, slug="film")
        assert (film.title_nb, film.planned) == ("Lag en film", None)
        assert Assignment.with_hidden.count() == 17


def test_library_and_settings_come_along_and_people_do_not(
    cast: Cast, sign_in: SignIn, old: Network, template: CycleTemplate
) -> None:
    _page, made = round_two(sign_in(cast.west.coordinator), old, template)
    assert (made.copied_from, made.posters_shown, made.work_shown) == (old, "never", "when_delivered")
    with tenancy.scope([old.pk]):
        before = set(Document.objects.values_list("file", flat=True))
    with tenancy.scope([made.pk]):
        shelf = [(row.title, row.in_package, row.document) for row in LibraryDocument.objects.all()]
        assert [(title, package) for title, package, _document in shelf] == [
            ("Huskeliste", False),
            ("Mal for intervju", True),
        ]
        for _title, _package, document in shelf:
            assert document.network == made
            assert document.file.name not in before
            assert default_storage.exists(str(document.file.name))
        assert not Participation.objects.exists()
    with tenancy.scope([old.pk]):
        assert LibraryDocument.objects.count() == 2


def test_a_file_that_is_gone_stops_nothing_and_is_told(
    cast: Cast, sign_in: SignIn, old: Network, template: CycleTemplate
) -> None:
    with tenancy.scope([old.pk]):
        default_storage.delete(str(LibraryDocument.objects.get(title="Huskeliste").document.file.name))
    client = sign_in(cast.west.coordinator)
    _page, made = round_two(client, old, template)
    with tenancy.scope([made.pk]):
        assert [row.title for row in LibraryDocument.objects.all()] == ["Mal for intervju"]
    assert "Huskeliste" in client.get(reverse("overview:network", args=[made.slug])).content.decode()


def test_work_before_a_gathering_the_new_cycle_has_not_is_left_behind_and_said(
    cast: Cast, sign_in: SignIn, old: Network
) -> None:
    with tenancy.scope([old.pk]):
        fourth = Gathering.objects.get(number=4)
        Assignment.objects.create(network=old, gathering=fourth, slug="arv", title_nb="Overlever arbeidet", due=FIRST)
    safety = load_cycle_templates()[2]
    page, made = round_two(sign_in(cast.west.coordinator), old, safety)
    assert "Overlever arbeidet" in text(page)
    with tenancy.scope([made.pk]):
        assert not Assignment.with_hidden.filter(slug="arv").exists()


def test_nobody_takes_along_what_is_not_hers(
    cast: Cast, sign_in: SignIn, template: CycleTemplate, old: Network
) -> None:
    client = sign_in(cast.east.coordinator)
    page = client.get(reverse("planning:new"), {"fra": old.slug}).content.decode()
    assert "Læringsnettverk Vest" not in page
    page = lay_out(client, asked(template, copied_from=old.pk))
    assert "plan-form" not in page
    assert "Finn teamet" not in page


def test_what_lay_beside_the_cycle_comes_along_as_long_after_the_gathering_before(
    cast: Cast, sign_in: SignIn, old: Network, template: CycleTemplate
) -> None:
    with tenancy.scope([old.pk]):
        second = Gathering.objects.get(number=2)
        assert second.starts_on
        day = second.starts_on + timedelta(days=21)
        workshop = Gathering.objects.create(
            network=old, kind="measurement_workshop", title="Måleverksted", place="Horten", starts_on=day, ends_on=day
        )
        Gathering.objects.create(network=old, kind="webinar", title="Avlyst", state="cancelled")
        Assignment.objects.create(
            network=old, gathering=workshop, slug="tall", title_nb="Ta med tall", due=day, days_before=7
        )
    client = sign_in(cast.west.coordinator)
    page = lay_out(client, asked(template, copied_from=old.pk, first=(FIRST + timedelta(days=364)).isoformat()))
    assert "Måleverksted" in text(page)
    assert "Avlyst" not in text(page)
    made = create(client, fields(page))
    with tenancy.scope([made.pk]):
        (extra,) = Gathering.objects.exclude(kind__in=["network", "experience"])
        second = Gathering.objects.get(number=2)
        assert extra.starts_on
        assert second.starts_on
        assert abs(extra.starts_on - second.starts_on - timedelta(days=21)) <= timedelta(days=4)
        assert is_working_day(extra.starts_on)
        assert (extra.title, extra.place, extra.planned) == ("Måleverksted", "", None)
        assert [work.title for work in Assignment.objects.filter(gathering=extra)] == ["Ta med tall"]
