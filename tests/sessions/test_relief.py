"""More time, or none needed, for several teams at once."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from gpf import tenancy
from gpf.dates import long_date
from networks.models import Membership, Role
from notices.models import Notice
from notices.runs import find_due
from sessions.models import Delivery
from sessions.relief import KIND, extend_teams, tell
from sessions.services import deliver, exempt, extend
from teams.models import Team, TeamMember
from tests.cast import Cast, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def west(cast: Cast) -> Place:
    return cast.west


def address(place: Place) -> str:
    return reverse("gatherings:relieve", args=[place.network.slug])


def look(browser: Client, place: Place, query: dict[str, Any]) -> Any:
    return browser.get(address(place), query)


def later(place: Place, days: int = 7) -> date:
    return place.document.due + timedelta(days=days)


def data(
    place: Place, what: str = "extended", teams: tuple[str, ...] = ("vinje", "tokke"), **more: str
) -> dict[str, Any]:
    until = later(place).isoformat()
    return {"assignment": place.document.pk, "teams": teams, "what": what, "until": until, "reason": "Sykdom"} | more


def given(place: Place) -> dict[str, tuple[date | None, str, bool, str]]:
    with tenancy.scope([place.network.pk]):
        rows = Delivery.objects.filter(assignment=place.document).select_related("team")
        return {row.team.slug: (row.extended_to, row.extension_reason, row.exempt, row.exempt_reason) for row in rows}


def notices(place: Place) -> list[Notice]:
    with tenancy.scope([place.network.pk]):
        return list(Notice.objects.filter(kind=KIND, state="waiting").order_by("pk"))


def said(place: Place) -> list[tuple[str, str]]:
    with tenancy.scope([place.network.pk]), translation.override("en"):
        return [(line.subject, line.text) for line in tell(notices(place), timezone.localdate()).values()]


def page(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_several_teams_get_a_later_day_and_are_told_why(west: Place, cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(west.coordinator).post(address(west), data(west)).status_code == 302
    assert given(west) == {slug: (later(west), "Sykdom", False, "") for slug in ("vinje", "tokke")}
    (notice,) = notices(west)
    assert notice.recipient == west.team_leader, "who leads the team; the other team has nobody yet"
    ((subject, text),) = said(west)
    assert "new deadline" in subject
    assert "Sykdom" in text
    with tenancy.scope([cast.east.network.pk]):
        assert not Delivery.objects.exists()


def test_it_is_corrected_to_an_earlier_day_and_told_once_more(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    browser.post(address(west), data(west))
    browser.post(address(west), data(west, teams=("vinje",), until=later(west, 3).isoformat(), reason="Det holder"))
    assert given(west)["vinje"][:2] == (later(west, 3), "Det holder")
    assert given(west)["tokke"][0] == later(west)
    assert len(notices(west)) == 1, "the first gives way to the second"
    browser.post(address(west), data(west, "taken_back", until="", reason="Alle er friske"))
    assert given(west)["vinje"][0] is None
    assert [text for _subject, text in said(west)] == [
        f"The common deadline holds for Vinje: {_en(west.document.due)}. Why: Alle er friske"
    ]
    seen = page(sign_in(west.team_leader).get(_delivery(west)))
    assert [word in seen for word in ("Sykdom", "Det holder", "Alle er friske")] == [True] * 3
    assert seen.count("Koordinator Vest") == 3


def _en(day: date) -> str:
    return long_date(day, language="en")


def _delivery(place: Place) -> str:
    return reverse("gatherings:delivery", args=[place.network.slug, place.team.slug, place.document.pk])


def test_exempt_and_asked_again(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    browser.post(address(west), data(west, "exempt", until="", reason="Slår seg sammen"))
    assert given(west) == dict.fromkeys(("vinje", "tokke"), (None, "", True, "Slår seg sammen"))
    find_due(timezone.localdate())
    with tenancy.scope([west.network.pk]):
        assert (
            not Notice.objects.filter(about__assignment=west.document.pk, state="waiting").exclude(kind=KIND).exists()
        )
    browser.post(address(west), data(west, "asked_again", teams=("vinje",), until="", reason=""))
    assert (given(west)["vinje"][2], given(west)["tokke"][2]) == (False, True)
    assert [subject.startswith("Lever forbedringsplan: due") for subject, _text in said(west)] == [True]


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"teams": ()}, "teams"),
        ({"teams": ("hamar",)}, "teams"),
        ({"reason": ""}, "reason"),
        ({"until": ""}, "until"),
        ({"until": "i morgen"}, "until"),
        ({"days": 0}, "until"),
        ({"days": 14 + 1 + 61}, "until"),
        ({"what": "taken_back"}, "what"),
        ({"what": "exempt", "reason": ""}, "reason"),
    ],
)
def test_what_is_refused_is_said_and_kept(changed: dict[str, Any], field: str, west: Place, sign_in: SignIn) -> None:
    changed = dict(changed)
    if "days" in changed:
        changed["until"] = later(west, changed.pop("days")).isoformat()
    response = sign_in(west.coordinator).post(address(west), data(west) | changed)
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert given(west) == {}
    if changed.get("reason") != "":
        assert "Sykdom" in page(response)


def test_the_last_day_is_sixty_days_after_the_gathering(west: Place, sign_in: SignIn) -> None:
    ends_on = west.gatherings[1].ends_on
    assert ends_on
    last = ends_on + timedelta(days=60)
    assert sign_in(west.coordinator).post(address(west), data(west, until=last.isoformat())).status_code == 302


def test_a_team_that_has_handed_in_is_not_offered(west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):
        deliver(team=west.team, assignment=west.document, by=west.team_leader, comment="Ferdig")
    browser = sign_in(west.coordinator)
    assert browser.post(address(west), data(west, teams=("vinje",))).status_code == 200
    assert browser.post(address(west), data(west, teams=("tokke",))).status_code == 302


def test_taking_back_what_none_of_them_has(west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):
        extend(team=west.other_team, assignment=west.document, until=later(west), reason="x")
        exempt(team=west.other_team, assignment=west.document, reason="x")
    browser = sign_in(west.coordinator)
    for what in ("taken_back", "asked_again"):
        response = browser.post(address(west), data(west, what, teams=("vinje",)))
        assert list(response.context["form"].errors) == ["teams"]


def test_what_is_chosen_in_the_progress_table_is_chosen_here(west: Place, cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    response = look(browser, west, {"assignment": west.poster.pk, "team": "tokke"})
    assert response.context["assignment"] == west.poster
    assert [row.team.slug for row in response.context["rows"] if row.chosen] == ["tokke"]
    with tenancy.scope([west.network.pk]):
        west.poster.due = timezone.localdate() - timedelta(days=1)
        west.poster.save()
        extend(team=west.team, assignment=west.poster, until=timezone.localdate(), reason="x")
    response = look(browser, west, {"assignment": west.poster.pk, "sene": ""})
    assert [row.team.slug for row in response.context["rows"] if row.chosen] == ["tokke"], "only who is late"
    assert look(browser, west, {"assignment": cast.east.document.pk}).status_code == 404


def test_a_double_click_tells_once(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    for _ in range(2):
        assert browser.post(address(west), data(west, once="en")).status_code == 302
    with tenancy.scope([west.network.pk]):
        assert Notice.objects.filter(kind=KIND).count() == 1


def test_what_is_no_longer_so_is_not_told(west: Place) -> None:
    with tenancy.scope([west.network.pk]):
        extend_teams(teams=[west.team], assignment=west.document, until=later(west), reason="Sykdom")
        deliver(team=west.team, assignment=west.document, by=west.team_leader, comment="Ferdig")
    assert said(west) == []


@pytest.mark.parametrize("teams", [1, 3])
def test_the_statements_are_as_many_for_many_teams(teams: int, west: Place, sign_in: SignIn) -> None:
    with tenancy.scope([west.network.pk]):
        for number in range(teams):
            user = User.objects.create_user(f"ny.{number}@test.example", name=f"Teamleder {number}")
            team = Team.objects.create(
                network=west.network,
                slug=f"nytt-{number}",
                name=f"Nytt {number}",
                participation=west.team.participation,
            )
            place = Membership.objects.create(network=west.network, user=user, role=Role.TEAM_MEMBER)
            TeamMember.objects.create(network=west.network, team=team, membership=place, function="leader")
    browser = sign_in(west.coordinator)
    chosen = tuple(f"nytt-{number}" for number in range(teams))
    with CaptureQueriesContext(connection) as looking:
        look(browser, west, {"assignment": west.document.pk, "team": chosen})
    with CaptureQueriesContext(connection) as saving:
        assert browser.post(address(west), data(west, teams=chosen)).status_code == 302
    assert len(notices(west)) == teams
    assert (len(looking), len(saving)) == (LOOK, SAVE)


LOOK, SAVE = 10, 26


def test_one_team_s_later_deadline_has_a_button_that_takes_it_back(west: Place, sign_in: SignIn) -> None:
    browser = sign_in(west.coordinator)
    browser.post(address(west), data(west))
    shown = look(browser, west, {"assignment": west.document.pk}).content.decode()
    (button,) = re.findall(r'<button [^>]*form="taken_back"[^>]*value="tokke"[^>]*>', shown)
    assert 'name="teams"' in button
    (sent,) = re.findall(r'<form method="post" id="taken_back">.*?</form>', shown, re.DOTALL)
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', sent))
    assert browser.post(address(west), fields | {"teams": "tokke"}).status_code == 302
    assert {team: until for team, (until, *_more) in given(west).items()} == {"vinje": later(west), "tokke": None}
