"""What a person does with her own notices: reads them, chooses how she gets them, and gets out of the mail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email.utils import unquote
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Membership, Role
from notices import kinds
from notices.models import Choice, Notice, Quiet
from notices.preferences import ways
from notices.runs import run_daily
from notices.unsubscribing import address_of
from sessions import reminders
from sessions.services import deliver
from tests.cast import Cast
from tests.notices.conftest import Box, morning, only_due

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LIST = "/varsler/"


@pytest.fixture
def told(cast: Cast, box: Box) -> Cast:
    """Both networks' teams are told of a piece of work, and the mail has gone out."""
    for place in (cast.west, cast.east):
        only_due(place, 3)
    run_daily()
    return cast


def own(cast: Cast, user: User) -> list[Notice]:
    with tenancy.scope([cast.west.network.pk, cast.east.network.pk]):
        told = Notice.objects.filter(recipient=user).exclude(state=Notice.State.MISSED)
        return list(told.order_by("pk"))


def count(browser: Client) -> str:
    return browser.get(reverse("notices_own:unread")).content.decode()


# The list


def test_a_line_leads_to_the_place_and_counts_as_opened(told: Cast, sign_in: SignIn) -> None:
    west = told.west
    browser = sign_in(west.team_leader)
    (notice,) = own(told, west.team_leader)
    page = browser.get(LIST).content.decode()
    follow = reverse("notices_own:follow", args=[notice.pk])
    assert f'href="{follow}"' in page
    assert "data-unread" in page
    assert ">1<" in count(browser)
    place = reverse("gatherings:delivery", args=[west.network.slug, west.team.slug, west.document.pk])
    assert urlsplit(browser.get(follow)["Location"]).path == place
    assert count(browser).strip() == ""
    page = browser.get(LIST).content.decode()
    assert "data-unread" not in page
    assert f'href="{follow}"' in page


def test_all_can_be_marked_as_opened(told: Cast, sign_in: SignIn) -> None:
    browser = sign_in(told.west.team_leader)
    browser.post(reverse("notices_own:all_read"))
    assert count(browser).strip() == ""
    assert all(notice.read_at is None for notice in own(told, told.east.team_leader))


def test_nobody_opens_what_is_anothers(told: Cast, sign_in: SignIn) -> None:
    (theirs,) = own(told, told.east.team_leader)
    browser = sign_in(told.west.team_leader)
    assert browser.get(reverse("notices_own:follow", args=[theirs.pk]))["Location"] == LIST
    assert "Hamar" not in browser.get(LIST).content.decode()
    colleague = sign_in(told.west.member)
    (hers,) = own(told, told.west.team_leader)
    assert colleague.get(reverse("notices_own:follow", args=[hers.pk]))["Location"] == LIST
    assert own(told, told.east.team_leader)[0].read_at is own(told, told.west.team_leader)[0].read_at is None


def test_what_is_done_goes_by_itself_and_so_does_all_of_a_network_one_has_left(told: Cast, sign_in: SignIn) -> None:
    west = told.west
    browser = sign_in(west.team_leader)
    with tenancy.scope([west.network.pk]):
        deliver(team=west.team, assignment=west.document, by=west.member, comment="Planen", document=None)
    page = browser.get(LIST).content.decode()
    assert "/varsler/" + str(own(told, west.team_leader)[0].pk) not in page
    assert count(browser).strip() == ""
    with tenancy.scope([told.east.network.pk]):
        Membership.objects.filter(user=told.east.team_leader).update(ends_on=timezone.localdate())
    browser = sign_in(told.east.team_leader)
    assert count(browser).strip() == ""
    assert "data-unread" not in browser.get(LIST).content.decode()


def test_the_list_asks_as_much_for_many_as_for_one(told: Cast, sign_in: SignIn) -> None:
    west, browser = told.west, sign_in(told.west.team_leader)
    (first,) = own(told, west.team_leader)
    assert ">1<" in count(browser)  # from then on a look into an index, for a while
    with CaptureQueriesContext(connection) as few:
        browser.get(LIST)
    with tenancy.scope([west.network.pk]):
        for number in range(5):
            first.pk, first.key = None, f"{first.key}:{number}"
            first.save()
    with CaptureQueriesContext(connection) as many:
        assert browser.get(LIST).content.decode().count("/varsler/") >= 6
    with CaptureQueriesContext(connection) as header:
        assert ">6<" in count(browser)
    assert len(many) == len(few)
    assert len(header) <= 12


# How she gets them


def test_she_chooses_kind_by_kind_and_the_days_on_which_she_is_away(told: Cast, sign_in: SignIn, box: Box) -> None:
    member, browser = told.west.team_leader, sign_in(told.west.team_leader)
    kind = next(kind.name for kind in kinds.registered() if kind.may_decline and kind.concerns({Role.TEAM_MEMBER}))
    page = reverse("notices_own:preferences")
    fields = {name: field.initial for name, field in browser.get(page).context["form"].fields.items() if "way-" in name}
    today = timezone.localdate()
    wrong = {**fields, "starts_on": today.isoformat(), "ends_on": (today - timedelta(days=1)).isoformat()}
    assert browser.post(page, wrong).status_code == 200
    assert not Quiet.objects.exists()
    chosen = {
        **fields,
        f"way-{kind}": "product",
        "starts_on": today.isoformat(),
        "ends_on": today.isoformat(),
    }
    counted_on = {**chosen, f"way-{reminders.KIND}": "product"}
    assert browser.post(page, counted_on).status_code == 200  # somebody counts on her: it comes by mail
    assert browser.post(page, chosen).status_code == 302
    assert ways(member)[kind] == Choice.Way.PRODUCT
    assert Choice.objects.filter(user=member).count() == 1  # the rest follows the kinds
    assert Quiet.objects.get(user=member).ends_on == today
    assert browser.get(page).context["form"][f"way-{kind}"].value() == "product"
    assert browser.post(page, {**fields, "starts_on": "", "ends_on": ""}).status_code == 302
    assert not Choice.objects.exists()
    assert not Quiet.objects.exists()


# Out of the mail


def test_a_mail_program_gets_her_out_with_one_press_and_without_signing_in(
    told: Cast, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = told.west.team_leader
    (counted_on,) = box.to(member.email)
    assert not {"List-Unsubscribe", "List-Unsubscribe-Post"} & set(counted_on.message())  # nothing in it to decline
    monkeypatch.setitem(kinds._registered, reminders.KIND, replace(_kind(reminders.KIND), may_decline=True))
    run_daily(at=morning(3))
    letter = box.to(member.email)[-1]
    headers = letter.message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way_out = urlsplit(unquote(str(headers["List-Unsubscribe"]).replace("\n ", ""))).path
    stranger = Client(enforce_csrf_checks=True)
    assert set(stranger.get(way_out).context["declined"]) == _labels(may_decline=True)
    assert not Choice.objects.exists()  # scanners of mail follow links
    assert stranger.post(way_out, {"List-Unsubscribe": "One-Click"}).status_code == 200
    page = stranger.post(way_out)
    assert set(page.context["kept"]) == _labels(may_decline=False)
    assert all(str(label) in page.content.decode() for label in _labels(may_decline=True))
    declined = {kind.name for kind in kinds.registered() if kind.may_decline}
    assert {name for name, way in ways(member).items() if way == Choice.Way.PRODUCT} == declined
    assert not Choice.objects.exclude(user=member).exists()
    # It lets in whoever has it, so the network's coordinators do not read it in their outbox.
    assert way_out not in letter.body
    _payload, stamp, signature = address_of(told.west.leader).rsplit(":", 2)
    forged = f"{way_out.rsplit(':', 2)[0]}:{stamp}:{signature}"  # signed for another
    for wrong in (forged, way_out[:-2] + "/", "/varsler/avmeld/1:x/"):
        assert stranger.get(wrong).status_code == stranger.post(wrong).status_code == 404
    User.objects.filter(pk=member.pk).update(is_active=False)
    assert stranger.get(way_out).status_code == 404


def _kind(name: str) -> kinds.Kind:
    (kind,) = (kind for kind in kinds.registered() if kind.name == name)
    return kind


def _labels(*, may_decline: bool) -> set[kinds.Said]:
    told = [kind for kind in kinds.registered() if kind.concerns({Role.TEAM_MEMBER})]
    return {kind.label for kind in told if kind.may_decline == may_decline}
