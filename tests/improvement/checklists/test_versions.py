"""Adapting a list: what holds where, two people at once, and the way back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from gpf import tenancy
from improvement.checklists.content import Content, start
from improvement.checklists.models import ChecklistVersion
from improvement.checklists.queries import Held, Holder, read_held
from improvement.checklists.services import save_version
from improvement.checklists.steps import BY_KEY
from improvement.models import Paper
from tests.cast import Cast, Place
from tests.identity_numbers import NATIONAL

STEP = BY_KEY["hph2"]
SignIn = Callable[[User], Client]


def url(place: Place, page: str, **more: str) -> str:
    where = {"network_slug": place.network.slug, "team_slug": place.team.slug, "step": "hph2", **more}
    return reverse(f"improvement:{page}", kwargs=where)


def adapt(place: Place, text: str, *, team: bool = True, **more: Any) -> ChecklistVersion:
    """The first point rewritten, on top of what holds."""
    holder = Holder(place.network, place.team if team else None)
    with tenancy.scope([place.network.pk]):
        held = read_held(holder, STEP)
        rows = [{**row, "text": text} if row["id"] == "s1-1" else row for row in held.rows]
        content: Content = {"when": held.content["when"], "rows": rows, **more}  # type: ignore[typeddict-item]
        saved = save_version(
            holder=holder,
            step=STEP,
            began_from=held.token,
            content=content,
            language=held.language,
            note="Fordi",
            by=place.member,
        )
    assert saved
    return saved


def holds(place: Place, *, team: bool = True) -> Held:
    with tenancy.scope([place.network.pk]):
        return read_held(Holder(place.network, place.team if team else None), STEP)


def form_of(began_from: str, **texts: str) -> dict[str, Any]:
    """What the browser sends: every row of the starting version, some rewritten."""
    rows = start("hph2", "nb")["rows"]
    return {
        "began_from": began_from,
        "takes_in": "0",
        "language": "nb",
        "when": start("hph2", "nb")["when"],
        "note": "Fordi",
        "row": [f"{row['kind']}:{row['id']}" for row in rows],
        "text": [texts.get(row["id"].replace("-", "_"), row["text"]) for row in rows],
        "field": [row["field"] for row in rows],
        "do": "save",
    }


def test_the_teams_own_goes_before_the_networks_and_that_before_the_products(cast: Cast) -> None:
    adapt(cast.east, "Plantet i Øst", team=False)
    assert holds(cast.west).token == "start"
    adapt(cast.west, "Nettverkets", team=False)
    assert (holds(cast.west).token, holds(cast.west).rows[1]["text"]) == ("network-1", "Nettverkets")
    adapt(cast.west, "Teamets", network_version=1)
    assert (holds(cast.west).token, holds(cast.west).newer) == ("team-1", None)
    newer = adapt(cast.west, "Nettverkets nye", team=False)
    assert (holds(cast.west).rows[1]["text"], holds(cast.west).newer) == ("Teamets", newer)


@pytest.mark.django_db
def test_the_second_of_two_is_shown_the_firsts_and_loses_nothing(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in(cast.west.member), url(cast.west, "checklist_edit")
    assert client.post(address, form_of("start", s1_1="Den første sitt", s1_2="Også hennes")).status_code == 302
    answer = client.post(address, form_of("start", s1_1="Den andre sitt", s1_3="Bare den andres"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert holds(cast.west).token == "team-1"
    for words in ("Den første sitt", "Den andre sitt", "Også hennes", "Bare den andres", 'value="team-1"'):
        assert words in page


@pytest.mark.django_db
def test_buttons_save_nothing_and_an_identity_number_stops_it(cast: Cast, sign_in: SignIn) -> None:
    client, address = sign_in(cast.west.member), url(cast.west, "checklist_edit")
    moved = client.post(address, form_of("start", s1_2="Mitt") | {"do": "up:s1-2"}).content.decode()
    assert moved.index("item:s1-2") < moved.index("item:s1-1")
    assert "Mitt" in moved
    refused = client.post(address, form_of("start", s1_2=f"Ring {NATIONAL} <b>")).content.decode()
    assert f"Ring {NATIONAL} &lt;b&gt;" in refused
    assert 'aria-invalid="true"' in refused
    assert client.post(address, form_of("start")).status_code == 302  # nothing changed
    with tenancy.scope([cast.west.network.pk]):
        assert not ChecklistVersion.objects.exists()


@pytest.mark.django_db
def test_a_team_takes_in_what_the_network_has_changed_and_can_go_back(cast: Cast, sign_in: SignIn) -> None:
    adapt(cast.west, "Teamets")
    adapt(cast.west, "Nettverkets", team=False)
    client = sign_in(cast.west.member)
    page = client.get(url(cast.west, "checklist_edit") + "?med=nettverk").content.decode()
    assert "Nettverkets" in page
    assert "Teamets" in page
    assert 'name="takes_in" value="1"' in page
    sent = form_of("team-1", s1_1="Teamets") | {"takes_in": "1"}
    client.post(url(cast.west, "checklist_edit"), sent)
    assert holds(cast.west).newer is None
    compared = client.get(url(cast.west, "checklist_version", token="team-1")).content.decode()
    assert "<ins>Teamets</ins>" in compared
    assert "<del>" in compared
    back = url(cast.west, "checklist_restore", token="start")
    client.post(back, {"began_from": "team-1"})  # somebody who has not seen the newest
    client.post(back, {"began_from": holds(cast.west).token, "language": "nb"})
    assert holds(cast.west).rows == start("hph2", "nb")["rows"]


@pytest.mark.django_db
def test_a_version_is_read_by_its_name_alone(cast: Cast, sign_in: SignIn) -> None:
    adapt(cast.east, "Plantet i Øst")
    client = sign_in(cast.west.member)
    for token in ("team-1", "team-99999", "team-", "network-1", "x"):
        assert client.get(url(cast.west, "checklist_version", token=token)).status_code == 404
    assert client.get(url(cast.west, "checklist", step="hph9")).status_code == 404
    assert "Plantet i Øst" not in client.get(url(cast.west, "checklist")).content.decode()


@pytest.mark.django_db
def test_a_print_is_asked_for_in_the_chosen_language(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.west.observer)
    address = reverse("improvement:network_checklist_pdf", args=[cast.west.network.slug, "hph6"])
    client.post(address, {"language": "nn"})
    with tenancy.scope([cast.west.network.pk]):
        paper = Paper.objects.get()
    assert (paper.language, paper.content["when"]) == ("nn", start("hph6", "nn")["when"])
