"""Cycle templates: what comes with the product, and what a national coordinator makes of it."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from networks.cycle_templates import load_cycle_templates, pattern_of
from networks.models import AssignmentKind, CycleTemplate, Programme, TemplateAssignment, TemplateGathering
from networks.planning import plan_cycle
from sessions.models import Assignment, Gathering
from sessions.plans import plan_network_cycle
from tests.cast import Cast

SignIn = Callable[[User], Client]
WORDS = {
    "title_nb": "Lag film",
    "title_nn": "Lag film",
    "guidance_nb": "Vis det.",
    "guidance_nn": "Vis det.",
    "kind": "document",
    "days_before": "30",
}


@pytest.fixture
def template(db: None) -> CycleTemplate:
    return load_cycle_templates()[0]


@pytest.fixture
def client(cast: Cast, sign_in: SignIn) -> Client:
    """The national coordinator's browser."""
    return sign_in(cast.national)


def at(name: str, *args: object) -> str:
    return reverse(f"networks:{name}", args=args)


def hidden(client: Client, address: str) -> dict[str, str]:
    """The hidden fields of the first form on a page that has any of its own."""
    page = client.get(address).content.decode()
    return {
        name: unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="(seen|once)" value="([^"]*)"', page)
    }


def titles(template: CycleTemplate, number: int) -> list[str]:
    return [
        row.title_nb
        for row in TemplateAssignment.objects.filter(gathering__template=template, gathering__number=number)
    ]


def numbers(template: CycleTemplate) -> list[int]:
    return list(template.gatherings.values_list("number", flat=True))


# What comes with the product


def test_the_shipped_templates_are_whole_in_both_languages(db: None) -> None:
    loaded = {template.slug: template for template in load_cycle_templates()}
    shapes = {
        slug: [gathering.months_after_previous for gathering in template.gatherings.all()]
        for slug, template in loaded.items()
    }
    assert shapes == {
        "gode-pasientforlop": [0, 3, 6, 9],
        "psykisk-helse-og-rus": [0, 3, 6],
        "pasientsikkerhet": [0, 4, 4],
    }
    assert loaded["pasientsikkerhet"].experience_gathering_months == 0
    for work in TemplateAssignment.objects.all():
        assert work.title_nb
        assert work.title_nn
        assert work.guidance_nb
        assert work.guidance_nn
        assert work.guidance_nb != work.guidance_nn or work.title_nb != work.title_nn
    for gathering in TemplateGathering.objects.prefetch_related("assignments"):
        kinds = [work.kind for work in gathering.assignments.all()]
        days = [work.days_before for work in gathering.assignments.all()]
        assert kinds[-1] == AssignmentKind.POSTER, "posters are shown at every gathering"
        assert days == sorted(days, reverse=True), "the order they are done in"


def test_the_programmes_own_covers_the_work_of_the_programme(template: CycleTemplate) -> None:
    work = {
        gathering.number: [assignment.slug for assignment in gathering.assignments.all()]
        for gathering in template.gatherings.all()
    }
    assert work == {
        1: ["forankring", "team", "intervju", "plakat"],
        2: ["behov", "involver", "plan", "plakat"],
        3: ["leder", "brukerrolle", "plan", "plakat"],
        4: ["oppfolging", "spredning", "resultat", "plakat"],
    }


def test_loading_again_leaves_what_was_edited(template: CycleTemplate) -> None:
    CycleTemplate.objects.filter(pk=template.pk).update(name_nb="Vår egen")
    TemplateAssignment.objects.filter(gathering__template=template, slug="forankring").delete()
    CycleTemplate.objects.get(slug="pasientsikkerhet").delete()
    assert len(load_cycle_templates()) == 3
    template.refresh_from_db()
    assert template.name_nb == "Vår egen"
    assert not TemplateAssignment.objects.filter(gathering__template=template, slug="forankring").exists()
    assert CycleTemplate.objects.filter(slug="pasientsikkerhet").exists()


def test_every_shipped_template_can_be_laid_out(db: None) -> None:
    for template in load_cycle_templates():
        cycle = plan_cycle(pattern_of(template), date(2027, 2, 3))
        assert (cycle.experience is None) == (template.experience_gathering_months == 0)
        before = date.min
        for gathering in cycle.gatherings:
            assert all(before < due < gathering.starts_on for due in gathering.due.values())
            before = gathering.ends_on


# What a national coordinator does


def test_none_yet_fetches_those_that_come_along(client: Client) -> None:
    assert "plan-form" not in client.get(at("templates")).content.decode()
    assert client.post(at("templates")).status_code == 302
    assert CycleTemplate.objects.count() == 3
    page = client.get(at("templates")).content.decode()
    assert page.count('class="cover"') == 3


def test_the_list_asks_as_much_for_three_as_for_one(client: Client, template: CycleTemplate) -> None:
    asked = []
    for keep in (3, 1):
        CycleTemplate.objects.exclude(pk__in=CycleTemplate.objects.order_by("pk").values("pk")[:keep]).delete()
        with CaptureQueriesContext(connection) as captured:
            client.get(at("templates"))
        asked.append(len(captured))
    assert asked == [asked[0]] * 2


def test_the_page_shows_how_it_would_lie_from_a_date(client: Client, template: CycleTemplate) -> None:
    page = client.get(at("template", template.slug), {"fra": "2031-03-05"}).content.decode()
    assert "5.–6. mars 2031" in page
    assert "6.–7. september 2032" in page
    for wrong in ("9999-12-31", "0001-01-01", "i morgen"):
        assert client.get(at("template", template.slug), {"fra": wrong}).status_code == 200


def test_work_is_added_last_rewritten_moved_and_taken_out(client: Client, template: CycleTemplate) -> None:
    add = at("template_work_new", template.slug, 2)
    client.post(add, WORDS | hidden(client, add))
    assert titles(template, 2)[-1] == "Lag film"
    film = TemplateAssignment.objects.get(slug="lag-film")
    edit = at("template_work", template.slug, film.pk)
    client.post(edit, WORDS | hidden(client, edit) | {"title_nb": "Lag en film", "days_before": "5"})
    film.refresh_from_db()
    assert (film.title_nb, film.days_before, film.slug) == ("Lag en film", 5, "lag-film")
    shift = at("template_work_shift", template.slug, film.pk)
    for way in ("up", "up", "down", "down", "down"):
        client.post(shift, {"way": way})
    assert titles(template, 2)[-1] == "Lag en film"
    client.post(shift, {"way": "up"})
    assert titles(template, 2)[-2] == "Lag en film"
    client.post(at("template_work_drop", template.slug, film.pk))
    assert "Lag en film" not in titles(template, 2)


def test_a_double_click_adds_once(client: Client, template: CycleTemplate) -> None:
    for name, given in (
        ("template_work_new", WORDS),
        ("template_gathering_new", {"months_after_previous": "3", "days": "2"}),
    ):
        address = at(name, template.slug, *([2] if name == "template_work_new" else []))
        sent = given | hidden(client, address)
        assert [client.post(address, sent).status_code for _ in range(2)] == [302, 302]
    assert titles(template, 2).count("Lag film") == 1
    assert numbers(template) == [1, 2, 3, 4, 5]


def test_work_with_a_name_that_is_taken_gets_its_own_slug(client: Client, template: CycleTemplate) -> None:
    add = at("template_work_new", template.slug, 2)
    client.post(add, WORDS | {"title_nb": "Plakat"} | hidden(client, add))
    slugs = TemplateAssignment.objects.filter(gathering__template=template, gathering__number=2)
    assert set(slugs.values_list("slug", flat=True)) == {"behov", "involver", "plan", "plakat", "plakat-2"}


def test_gatherings_never_share_a_number_and_close_up(client: Client, template: CycleTemplate) -> None:
    add = at("template_gathering_new", template.slug)
    client.post(add, {"months_after_previous": "6", "days": "1"})
    assert numbers(template) == [1, 2, 3, 4, 5]
    client.post(at("template_gathering_drop", template.slug, 2))
    assert numbers(template) == [1, 2, 3, 4]
    assert titles(template, 2)[0] == "Hold ledelsen informert"


@pytest.mark.parametrize(
    "given", [{"months_after_previous": "0"}, {"days": "0"}, {"days": "6"}, {"months_after_previous": "1"}]
)
def test_a_gathering_without_time_before_it_is_refused(
    given: dict[str, str], client: Client, template: CycleTemplate
) -> None:
    address = at("template_gathering", template.slug, 3)
    sent = {"months_after_previous": "6", "days": "2"} | hidden(client, address) | given
    response = client.post(address, sent)
    assert response.status_code == 200
    assert "data-error-summary" in response.content.decode()
    assert pattern_of(template).gatherings[2].months == 6


def test_work_due_before_the_gathering_before_is_refused(client: Client, template: CycleTemplate) -> None:
    add = at("template_work_new", template.slug, 2)
    response = client.post(add, WORDS | hidden(client, add) | {"days_before": "84"})
    assert response.status_code == 200
    assert titles(template, 2)[-1] == "Lag plakat"


def test_the_second_of_two_who_edit_is_shown_what_changed(client: Client, template: CycleTemplate) -> None:
    address = at("template_edit", template.slug)
    given = {
        "name_nb": template.name_nb,
        "name_nn": template.name_nn,
        "preparation_months": "3",
        "experience_gathering_months": "12",
    }
    first, second = hidden(client, address), hidden(client, address)
    assert client.post(address, given | first | {"preparation_months": "4"}).status_code == 302
    response = client.post(address, given | second | {"preparation_months": "5"})
    assert response.status_code == 200
    template.refresh_from_db()
    assert template.preparation_months == 4
    again = dict(re.findall(r'name="(seen)" value="([^"]*)"', response.content.decode()))
    assert client.post(address, given | again | {"preparation_months": "5"}).status_code == 302


def test_a_copy_goes_its_own_way(client: Client, template: CycleTemplate) -> None:
    given = {
        "name_nb": "Vår mal",
        "name_nn": "Malen vår",
        "programme": template.programme_id,
        "new_programme": "Eldres helse",
    }
    assert client.post(at("template_copy", template.slug), given).status_code == 302
    copy = CycleTemplate.objects.get(slug="var-mal")
    assert (copy.programme.name, titles(copy, 3)) == ("Eldres helse", titles(template, 3))
    client.post(at("template_gathering_drop", copy.slug, 4))
    assert (numbers(copy), numbers(template)) == ([1, 2, 3], [1, 2, 3, 4])
    again = client.post(at("template_copy", template.slug), given)
    assert again.status_code == 200, "the programme is there already"
    assert Programme.objects.filter(name="Eldres helse").count() == 1


def test_a_change_touches_no_running_network(cast: Cast, client: Client, template: CycleTemplate) -> None:
    network = cast.west.network
    with tenancy.scope([network.pk]):
        Gathering.objects.all().delete()
        plan_network_cycle(network=network, template=template, first=date(2031, 3, 5))
    before = _everything(cast)
    page = client.get(reverse("gatherings:list", args=[network.slug])).content.decode()
    work = TemplateAssignment.objects.get(gathering__template=template, gathering__number=2, slug="plan")
    for address, given in (
        (at("template_work", template.slug, work.pk), WORDS),
        (
            at("template_edit", template.slug),
            {"name_nb": "A", "name_nn": "B", "preparation_months": "6", "experience_gathering_months": "0"},
        ),
        (at("template_gathering", template.slug, 3), {"months_after_previous": "9", "days": "1"}),
    ):
        assert client.post(address, given | hidden(client, address)).status_code == 302
    client.post(at("template_work_drop", template.slug, work.pk))
    client.post(at("template_gathering_drop", template.slug, 4))
    assert _everything(cast) == before
    after = client.get(reverse("gatherings:list", args=[network.slug])).content.decode()
    assert _line(after) == _line(page)
    client.post(at("template_remove", template.slug))
    assert CycleTemplate.objects.filter(pk=template.pk).exists(), "a network was planned from it"


def _line(page: str) -> str:
    """The line of the cycle on a page."""
    found = re.search(r"<ol class=\"timeline.*?</ol>", page, re.DOTALL)
    assert found
    return found[0]


def _everything(cast: Cast) -> list[object]:
    with tenancy.scope([cast.west.network.pk]):
        return [
            list(Gathering.objects.order_by("pk").values()),
            list(Assignment.with_hidden.order_by("pk").values()),
        ]


def test_a_template_nobody_used_can_go(client: Client, template: CycleTemplate) -> None:
    assert client.post(at("template_remove", template.slug)).status_code == 302
    assert not CycleTemplate.objects.filter(pk=template.pk).exists()
