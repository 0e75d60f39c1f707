"""A network's own sections: what the teams are asked for, and that nothing they have written is lost by a change."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from networks.models import Change, Programme
from posters.composing import compose
from posters.models import Photo, Poster, PosterTemplate
from posters.sections import LAST, shipped_sections
from posters.template import services
from posters.template.resolving import sections_of, sections_of_poster, template_sections
from tests.cast import Cast, Place
from tests.identity_numbers import NATIONAL
from tests.posters.stage import pdf_document, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_english")]
SignIn = Callable[[User], Client]
BOTH = {"nb": "Pårørende", "nn": "Pårørande"}


@pytest.fixture
def read_english(cast: Cast) -> None:
    User.objects.update(language="en")


def address(name: str, place: Place, **more: Any) -> str:
    return reverse(f"posters:{name}", kwargs={"network_slug": place.network.slug, **more})


def keys(place: Place, stage: int = 2) -> list[str]:
    with tenancy.scope([place.network.pk]):
        return [section.key for section in template_sections(place.network, stage) if not section.hidden]


def heading(place: Place, key: str, stage: int = 2) -> str:
    with tenancy.scope([place.network.pk]):
        return next(each.heading["nb"] for each in template_sections(place.network, stage) if each.key == key)


def filled(client: Client, at: str) -> dict[str, Any]:
    """What the page would send with nothing touched."""
    form = client.get(at).context["form"]
    return {field.html_name: field.value() for field in form if field.value() not in (None, False)}


def add(place: Place) -> str:
    """A section of the network's own on the last poster, which is that of the cast's gathering 2."""
    return services.add_section(
        network=place.network, stage=LAST, later=False, heading=BOTH, prompt=BOTH, kind="text", words=(10, 30)
    )


# The pages


def test_another_programme_asks_for_its_own(cast: Cast) -> None:
    place = cast.west
    place.network.programme = Programme.objects.create(slug="pasientsikkerhet", name="Pasientsikkerhet")
    place.network.save()
    assert "risk" in keys(place)
    assert "risk" not in keys(cast.east)


def test_sections_are_moved_hidden_and_written_anew(cast: Cast, sign_in: SignIn) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    before = keys(place)
    at = {"stage": 2, "key": "needs"}
    answer = client.post(address("template_section_shift", place, **at), {"way": "up"})
    assert answer["Location"].endswith("/plakatmal/2/#del-needs")
    client.post(address("template_section_show", place, stage=2, key="checklists"), {"shown": "no"})
    page = address("template_section", place, **at)
    client.post(page, filled(client, page) | {"heading_nb": "Dette må på plass", "fewest": "5", "most": "20"})
    now = keys(place)
    assert now.index("needs") == before.index("needs") - 1
    assert set(before) - set(now) == {"checklists"}
    assert heading(place, "needs") == heading(place, "needs", stage=4) == "Dette må på plass"
    with tenancy.scope([place.network.pk]):
        asked = sections_of(place.gatherings[1])
        told = list(Change.objects.filter(table="posters_postertemplate").values_list("action", flat=True))
    assert [section.heading["nb"] for section in asked if section.key == "needs"] == ["Dette må på plass"]
    assert told.count("added") == 3, "stages 2, 3 and 4"
    assert "Dette må på plass" in client.get(address("template_stage", place, stage=2)).content.decode()
    assert keys(cast.east) == before
    assert heading(cast.east, "needs") != "Dette må på plass"


def test_at_the_ends_and_past_the_facts_nothing_moves(cast: Cast, sign_in: SignIn) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    before = keys(place)
    for key, way in (("team", "up"), ("interviewed", "down"), ("patient_group", "up"), (before[-1], "down")):
        client.post(address("template_section_shift", place, stage=2, key=key), {"way": way})
    assert keys(place) == before
    with tenancy.scope([place.network.pk]):
        assert not PosterTemplate.objects.exists(), "what is as the programme has it follows the programme"


def test_two_coordinators_at_once_lose_nothing(cast: Cast, sign_in: SignIn) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    page = address("template_section", place, stage=2, key="goals")
    hers = filled(client, page) | {"prompt_nb": "Mitt spørsmål"}
    with tenancy.scope([place.network.pk]):
        services.change_section(
            network=place.network, stage=2, key="goals", everywhere=False, heading={"nb": "Andres", "nn": "Andre sine"}
        )
    answer = client.post(page, hers | {"heading_nb": "Min"})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "is now “Andres”" in text
    assert "Mitt spørsmål" in text
    assert client.post(page, filled_from(answer)).status_code == 302
    assert heading(place, "goals") == "Min"


def filled_from(answer: Any) -> dict[str, Any]:
    form = answer.context["form"]
    return {field.html_name: field.value() for field in form if field.value() not in (None, False)}


@pytest.mark.parametrize(
    "wrong",
    [{"heading_nb": ""}, {"prompt_nn": NATIONAL}, {"kind": "film"}, {"most": "500"}, {"fewest": "60", "most": "20"}],
)
def test_what_is_wrong_is_not_saved(cast: Cast, sign_in: SignIn, wrong: dict[str, str]) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    page = address("template_section_new", place, stage=2)
    whole = {"heading_nb": "A", "heading_nn": "B", "prompt_nb": "C", "prompt_nn": "D", "kind": "text"}
    answer = client.post(page, whole | {"fewest": "10", "most": "30"} | wrong)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == list(wrong)[:1]
    with tenancy.scope([place.network.pk]):
        assert not PosterTemplate.objects.exists()


def test_a_section_of_the_networks_own_is_asked_for_at_this_gathering_and_the_later(
    cast: Cast, sign_in: SignIn
) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    whole = {"heading_nb": "Pårørende!", "heading_nn": "B", "prompt_nb": "C", "prompt_nn": "D", "kind": "bullets"}
    given = whole | {"fewest": "10", "most": "30", "everywhere": "on"}
    answer = client.post(address("template_section_new", place, stage=2), given)
    assert answer["Location"].endswith("#del-own-parorende")
    assert ["own-parorende" in keys(place, stage) for stage in services.STAGES] == [False, True, True, True]
    assert "own-parorende" not in keys(cast.east)
    with tenancy.scope([place.network.pk]):
        poster = write(place, 2, title="T", **{"own-parorende": "En telefon"})
    assert poster.content["own-parorende"] == "En telefon"


def test_the_record_of_changes_tells_of_it(cast: Cast, sign_in: SignIn) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    client.post(address("template_section_show", place, stage=2, key="goals"), {"shown": "no"})
    text = client.get(reverse("overview:changes", args=[place.network.slug])).content.decode()
    assert "the posters for gathering 2" in text
    assert address("template_stage", place, stage=2) in text


# Nothing is lost


def test_a_section_taken_away_while_posters_use_it_stays_on_them(cast: Cast, sign_in: SignIn) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    with tenancy.scope([place.network.pk]):
        key = add(place)
        write(place, 2, title="T", learned="Vi lærte", **{key: "Dette ba de om"})
    client.post(address("template_section_drop", place, stage=LAST, key=key))
    assert key not in keys(place, LAST)
    assert still_there(place, key) == ("Pårørende", "Dette ba de om")

    client.post(address("template_programmes", place, stage=LAST))
    assert still_there(place, key) == ("Pårørende", "Dette ba de om")
    with tenancy.scope([place.network.pk]):
        assert [each.key for each in template_sections(place.network, LAST)] == [
            each.key for each in shipped_sections("", LAST)
        ]
        assert add(place) != key, "a new one by the same name must not get the words of the one that is gone"

    client.post(address("template_take_back", place, stage=LAST))
    assert key in keys(place, LAST), "as it was before anything was taken away"
    with tenancy.scope([place.network.pk]):
        away = PosterTemplate.with_put_away.filter(stage=LAST).exclude(put_away_at=None).count()
    assert away == 1, "and what held until now can be taken back in its turn"


def still_there(place: Place, key: str) -> tuple[str, str]:
    with tenancy.scope([place.network.pk]):
        poster = Poster.objects.get()
        named = {section.key: section.heading["nb"] for section in sections_of_poster(poster)}
        return named[key], next(section.text for section in compose(poster).sections if section.key == key)


def test_a_hidden_section_is_asked_of_nobody_and_stays_on_the_poster_that_has_it(cast: Cast) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        poster = write(place, title="T", learned="Vi lærte")
        services.show_section(network=place.network, stage=LAST, key="learned", shown=False)
        assert "learned" not in {section.key for section in sections_of(poster.gathering)}
        assert "learned" in {section.key for section in compose(poster).sections}


def test_a_picture_stays_where_its_section_is_asked_for_no_longer(cast: Cast) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        poster = write(place, title="T", learned="Vi lærte")
        document = pdf_document(poster, "tavla")
        Photo.objects.create(
            network=place.network,
            poster=poster,
            section="pictures",
            document=document,
            width=4,
            height=3,
            alt="Tavla",
            people=Photo.People.NOBODY,
        )
        services.show_section(network=place.network, stage=LAST, key="pictures", shown=False)
        printed = {section.key: section.photos for section in compose(poster).sections}
    assert [photo.alt for photo in printed["pictures"]] == ["Tavla"]


def test_of_a_completed_network_the_template_is_read(cast: Cast, sign_in: SignIn) -> None:
    place, client = cast.west, sign_in(cast.west.coordinator)
    place.network.phase = place.network.Phase.COMPLETED
    place.network.save()
    page = client.get(address("template_stage", place, stage=2))
    assert page.status_code == 200
    assert b"<button" not in page.content.partition(b"<main")[2].partition(b"</main")[0]
    assert client.post(address("template_section_show", place, stage=2, key="goals")).status_code == 403
