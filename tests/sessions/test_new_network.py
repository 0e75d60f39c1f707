"""The page a network is planned on: laid out, changed, refused, created once."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from gpf import tenancy
from gpf.dates import long_date
from networks.cycle_templates import load_cycle_templates
from networks.models import CycleTemplate, HealthCommunity, Membership, Network, Organisation, Role, SupervisingBody
from networks.planning import Quiet
from sessions.clashes import QUIET, holiday_name
from sessions.models import Assignment, Gathering
from tests.cast import Cast

SignIn = Callable[[User], Client]
REAL = [date(2021, 3, 3), date(2021, 6, 9), date(2021, 12, 1), date(2022, 8, 31)]
FIRST = date(2031, 3, 5)


@pytest.fixture
def template(db: None) -> CycleTemplate:
    return load_cycle_templates()[0]


def asked(template: CycleTemplate, **other: object) -> dict[str, object]:
    """What step 1 asks."""
    return {
        "template": template.pk,
        "name": "Læringsnettverk Sør",
        "first": FIRST.isoformat(),
        "language": "nn",
        "region": "Agder",
    } | other


def fields(page: str) -> dict[str, str]:
    """What the plan's form would send: every field with its value, radio buttons and boxes where chosen."""
    sent: dict[str, str] = {}
    (form,) = re.findall(r'<form method="post" class="plan-form".*?</form>', page, re.DOTALL)
    for tag in re.findall(r"<input[^>]*>", form):
        found = {name: unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if "name" in found and (found.get("type") not in ("radio", "checkbox") or " checked" in tag):
            sent[found["name"]] = found.get("value", "")
    for name, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', form, re.DOTALL):
        sent[name] = "".join(re.findall(r'value="([^"]*)" selected', options))
    return sent


def text(page: str) -> str:
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", page).split()))


def lay_out(client: Client, data: dict[str, object]) -> str:
    response = client.post(reverse("planning:new"), data | {"do": "lay_out"})
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, sent: dict[str, str], do: str, **changed: str) -> str:
    """What the page answers when it is shown again."""
    response = client.post(reverse("planning:new"), sent | changed | {"do": do})
    assert response.status_code == 200, response["Location"]
    return response.content.decode()


def create(client: Client, sent: dict[str, str], **changed: str) -> Network:
    response = client.post(reverse("planning:new"), sent | changed | {"do": "create"})
    assert response.status_code == 302, text(response.content.decode())[:800]
    return Network.objects.order_by("-pk")[0]


def days(network: Network) -> list[tuple[int | None, date | None, date | None]]:
    with tenancy.scope([network.pk]):
        return list(Gathering.objects.order_by("starts_on").values_list("number", "starts_on", "ends_on"))


def test_a_network_is_laid_out_and_created_whole(cast: Cast, sign_in: SignIn, template: CycleTemplate) -> None:
    centre = Organisation.objects.create(slug="usht-sor", kind="development_centre", name="USHT Sør")
    community = HealthCommunity.objects.create(slug="agder", name="Helsefellesskapet Agder")
    client = sign_in(cast.west.coordinator)
    page = lay_out(client, asked(template, supervised_by=[centre.pk], health_community=community.pk))
    assert not Network.objects.filter(name="Læringsnettverk Sør").exists(), "nothing is written before she says so"
    network = create(client, fields(page))
    assert (network.slug, network.language, network.region) == ("laeringsnettverk-sor", "nn", "Agder")
    assert (network.from_year, network.to_year, network.phase) == (2031, 2032, Network.Phase.PLANNED)
    assert (network.template, network.programme) == (template, template.programme)
    assert (network.health_community, network.preparation_months) == (community, 3)
    assert days(network) == [
        (1, date(2031, 3, 5), date(2031, 3, 6)),
        (2, date(2031, 6, 5), date(2031, 6, 6)),
        (3, date(2031, 12, 4), date(2031, 12, 5)),
        (4, date(2032, 9, 6), date(2032, 9, 7)),
        (None, date(2033, 9, 6), date(2033, 9, 6)),
    ]
    with tenancy.scope([network.pk]):
        assert list(SupervisingBody.objects.values_list("organisation__name", flat=True)) == ["USHT Sør"]
        members = Membership.objects.filter(network=network)
        assert [(row.user, row.role) for row in members] == [(cast.west.coordinator, Role.COORDINATOR)]
        work = list(Assignment.objects.order_by("gathering__number", "position"))
        assert len(work) == 16
        assert all(row.planned is not None and row.planned["days_before"] == row.days_before for row in work)
        assert (work[0].slug, work[0].due) == ("forankring", date(2031, 1, 3))


def test_planned_from_the_real_first_day_it_lies_near_the_real_gatherings(
    cast: Cast, sign_in: SignIn, template: CycleTemplate
) -> None:
    client = sign_in(cast.national)
    sent = fields(lay_out(client, asked(template, name="Sogn og Fjordane", first="2021-03-03")))
    planned = [date.fromisoformat(sent[f"samling{number}_fra"]) for number in (1, 2, 3, 4)]
    assert all(abs(ours - real) <= timedelta(weeks=3) for ours, real in zip(planned, REAL, strict=True))
    network = create(client, sent)
    assert network.phase == Network.Phase.FOLLOW_UP
    with tenancy.scope([network.pk]):
        assert set(Gathering.objects.values_list("state", flat=True)) == {Gathering.State.HELD}


def test_it_says_that_the_first_day_is_past(cast: Cast, sign_in: SignIn, template: CycleTemplate) -> None:
    page = text(lay_out(sign_in(cast.west.coordinator), asked(template, first="2021-03-03")))
    with override("nb"):
        assert page.count(_("It is over already. That is right when you register a network that has begun.")) == 5


def test_what_she_changes_is_kept_and_differs_from_the_template(
    cast: Cast, sign_in: SignIn, template: CycleTemplate
) -> None:
    client = sign_in(cast.west.coordinator)
    sent = fields(lay_out(client, asked(template)))
    sent |= {"samling2_fra": "2031-06-11", "samling2_til": "2031-06-12", "samling1_frist_plakat": "2031-02-26"}
    page = send(client, sent, "create")
    shown = fields(page)
    assert shown["samling2_frist_plakat"] == "2031-05-30", "what was not touched follows, and is shown first"
    assert shown["samling1_frist_plakat"] == "2031-02-26"
    network = create(client, shown)
    with tenancy.scope([network.pk]):
        second = Gathering.objects.get(number=2)
        assert (second.starts_on, second.planned) == (
            date(2031, 6, 11),
            {"starts_on": "2031-06-05", "ends_on": "2031-06-06"},
        )
        poster = Assignment.objects.get(gathering__number=1, slug="plakat")
        assert (poster.due, poster.days_before, (poster.planned or {})["days_before"]) == (date(2031, 2, 26), 7, 10)
        assert Assignment.objects.get(gathering=second, slug="plakat").due == date(2031, 5, 30)


def test_deadlines_follow_also_after_days_that_could_not_be_were_put_right(
    cast: Cast, sign_in: SignIn, template: CycleTemplate
) -> None:
    client = sign_in(cast.west.coordinator)
    sent = fields(lay_out(client, asked(template)))
    wrong = fields(send(client, sent, "check", samling2_fra="2031-03-20", samling2_til="2031-03-18"))
    right = fields(send(client, wrong, "check", samling2_fra="2031-06-11", samling2_til="2031-06-12"))
    assert right["samling2_frist_plakat"] == "2031-05-30"


def test_a_last_day_follows_its_first_day(cast: Cast, sign_in: SignIn, template: CycleTemplate) -> None:
    client = sign_in(cast.west.coordinator)
    sent = fields(lay_out(client, asked(template)))
    shown = fields(send(client, sent, "check", samling3_fra="2031-11-19"))
    assert (shown["samling3_til"], shown["samling3_frist_plakat"]) == ("2031-11-20", "2031-11-07")
    again = fields(send(client, shown, "check"))
    assert again == shown | {"once": again["once"], "csrfmiddlewaretoken": again["csrfmiddlewaretoken"]}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"samling2_fra": "2031-03-06"}, "samling2_fra"),  # on the last day of the gathering before
        ({"samling2_fra": "2030-06-05"}, "samling2_fra"),  # before its predecessor
        ({"samling1_til": "2031-03-04"}, "samling1_til"),  # ends before it begins
        ({"samling1_til": "2031-04-04"}, "samling1_til"),  # lasts a month
        ({"samling1_fra": ""}, "samling1_fra"),
        ({"samling1_fra": "0031-03-05"}, "samling1_fra"),
        ({"samling2_frist_plakat": "2031-06-06"}, "samling2_frist_plakat"),  # after the gathering has begun
        ({"samling2_frist_plakat": "i mai"}, "samling2_frist_plakat"),
        ({"erfaring_fra": "2032-01-05"}, "erfaring_fra"),  # before the last gathering
        ({"erfaring_fra": ""}, "erfaring_fra"),
    ],
)
def test_dates_that_can_not_be_are_refused_and_kept(
    changed: dict[str, str], field: str, cast: Cast, sign_in: SignIn, template: CycleTemplate
) -> None:
    client = sign_in(cast.west.coordinator)
    sent = fields(lay_out(client, asked(template)))
    page = send(client, sent, "create", **changed)
    assert f'id="plan-{field}_error"' in page
    assert fields(page)[field] == changed[field], "what she wrote is still there"
    assert Network.objects.count() == 2


def test_no_experience_gathering_where_its_days_are_emptied(
    cast: Cast, sign_in: SignIn, template: CycleTemplate
) -> None:
    client = sign_in(cast.west.coordinator)
    sent = fields(lay_out(client, asked(template)))
    network = create(client, sent, erfaring_fra="", erfaring_til="")
    assert [number for number, *_ in days(network)] == [1, 2, 3, 4]


def test_a_template_without_experience_gathering_plans_none(cast: Cast, sign_in: SignIn) -> None:
    safety = load_cycle_templates()[2]
    client = sign_in(cast.west.coordinator)
    network = create(client, fields(lay_out(client, asked(safety))))
    assert [number for number, *_ in days(network)] == [1, 2, 3]


def test_a_double_click_makes_one_network(cast: Cast, sign_in: SignIn, template: CycleTemplate) -> None:
    client = sign_in(cast.west.coordinator)
    sent = fields(lay_out(client, asked(template))) | {"do": "create"}
    first = client.post(reverse("planning:new"), sent)
    second = client.post(reverse("planning:new"), sent)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Network.objects.filter(name="Læringsnettverk Sør").count() == 1


def test_a_name_that_exists_gets_another_address_and_is_told(
    cast: Cast, sign_in: SignIn, template: CycleTemplate
) -> None:
    client = sign_in(cast.west.coordinator)
    slugs = []
    for _number in range(3):
        page = lay_out(client, asked(template, name="Vest", region="Vestland"))
        slugs.append(create(client, fields(page)).slug)
    assert slugs == ["vest-2031", "vest-2031-2", "vest-2031-3"], "the cast's own network has the address already"
    assert "Vest, 2031–2032. Vestland." in text(page)
    assert create(client, fields(lay_out(client, asked(template, name="Ny")))).slug == "ny-2031"


def test_holidays_and_quiet_weeks_are_said_by_name(cast: Cast, sign_in: SignIn, template: CycleTemplate) -> None:
    client = sign_in(cast.west.coordinator)
    sent = fields(lay_out(client, asked(template)))
    page = send(client, sent, "check", samling2_fra="2031-05-22", samling2_til="2031-05-24", samling3_fra="2031-07-10")
    said = unescape(page)
    assert "Torsdag 22. mai 2031" in said
    with override("nb"):  # as the page says it
        assert holiday_name(date(2031, 5, 22)) in said
        assert str(QUIET[Quiet.SUMMER]) in said
    assert "Lørdag 24. mai 2031" in said


def test_other_networks_on_the_same_days_are_shown_to_whom_they_concern(
    cast: Cast, sign_in: SignIn, template: CycleTemplate
) -> None:
    for place in (cast.west, cast.east):
        with tenancy.scope([place.network.pk]):
            Gathering.objects.filter(number=2).update(starts_on="2031-03-04", ends_on="2031-03-05")
    seen = {}
    for who in (cast.west.coordinator, cast.east.coordinator, cast.national):
        page = text(lay_out(sign_in(who), asked(template)))
        seen[who] = set(re.findall(r"(Læringsnettverk \w+) \w+ \w+ 2 \w* ?4\.–5\. mars 2031\.", page))
    assert list(seen.values()) == [
        {"Læringsnettverk Vest"},
        {"Læringsnettverk Øst"},
        {"Læringsnettverk Vest", "Læringsnettverk Øst"},
    ]


def test_another_template_is_laid_out_before_anything_is_created(
    cast: Cast, sign_in: SignIn, template: CycleTemplate
) -> None:
    client = sign_in(cast.west.coordinator)
    mental = load_cycle_templates()[1]
    sent = fields(lay_out(client, asked(template)))
    shown = fields(send(client, sent, "create", template=str(mental.pk)))
    assert "samling3_fra" in shown
    assert "samling4_fra" not in shown
    assert create(client, shown).template == mental


@pytest.mark.parametrize("wrong", [{"first": "2031-02-30"}, {"name": " "}, {"template": "9999"}, {"language": "en"}])
def test_the_first_step_is_asked_again(
    wrong: dict[str, str], cast: Cast, sign_in: SignIn, template: CycleTemplate
) -> None:
    page = lay_out(sign_in(cast.west.coordinator), asked(template) | wrong)
    (field,) = wrong
    assert f'id="id_{field}_error"' in page
    assert "plan-form" not in page


def test_without_templates_it_says_who_can_fetch_them(cast: Cast, sign_in: SignIn) -> None:
    page = reverse("planning:new")
    assert reverse("networks:templates") not in sign_in(cast.west.coordinator).get(page).content.decode()
    assert reverse("networks:templates") in sign_in(cast.national).get(page).content.decode()


def test_creating_asks_as_much_for_a_long_cycle_as_for_a_short_one(
    cast: Cast, sign_in: SignIn, template: CycleTemplate
) -> None:
    client = sign_in(cast.west.coordinator)
    asked_for = []
    for chosen in load_cycle_templates():
        sent = fields(lay_out(client, asked(chosen, name=chosen.name))) | {"do": "create"}
        with CaptureQueriesContext(connection) as captured:
            assert client.post(reverse("planning:new"), sent).status_code == 302
        asked_for.append(len(captured))
    assert len(asked_for) == 3
    assert set(asked_for) == {asked_for[0]}


def test_a_first_day_in_quiet_weeks_is_moved_and_says_why(cast: Cast, sign_in: SignIn, template: CycleTemplate) -> None:
    client, wanted = sign_in(cast.west.coordinator), date(FIRST.year, 7, 15)

    def aside(**other: object) -> Any:
        data = asked(template, **other) | {"do": "lay_out"}
        response = client.post(reverse("planning:new"), data)
        return response.context["page"].aside, text(response.content.decode())

    found, page = aside(first=wanted.isoformat())
    with override("nb"):
        reasons = [str(QUIET[Quiet.SUMMER])]
        assert (found.wanted, found.reasons) == (wanted, reasons)
        assert f"{reasons[0]}" in page[page.index(long_date(wanted)) :]
    assert aside()[0] is None
