"""What a person gets, and when she gets nothing."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from gpf import dates, tenancy
from networks.models import Membership, Network, Role
from notices import kinds
from notices.digests import send_digests
from notices.kinds import Handed, Kind, Line
from notices.models import Digest, Message, Notice
from notices.runs import find_due, run_daily
from notices.services import hand_over, withdraw
from sessions.models import Assignment, Delivery
from sessions.reminders import withdraw_reminders
from teams.models import TeamMember
from tests.cast import Cast, Place
from tests.notices.conftest import Box, html_of, messages, morning, only_due, states

SENT, WAITING, WITHDRAWN, MISSED = (
    Notice.State.SENT,
    Notice.State.WAITING,
    Notice.State.WITHDRAWN,
    Notice.State.MISSED,
)


def speak(user: User, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)


# What it says


def test_the_mail_names_the_thing_and_its_date_and_leads_straight_to_it(west: Place, box: Box) -> None:
    speak(west.team_leader, "en")
    run_daily(at=morning())
    letter = box.only()
    due = dates.long_date(west.document.due, language="en")
    link = f"{settings.GPF_BASE_URL}/nettverk/vest/team/vinje/leveringer/{west.document.pk}/#levering"
    assert letter.to == [west.team_leader.email]
    assert letter.subject == f"Lever forbedringsplan: due {due}"
    assert letter.body == (
        "Hello, Teamleder Vest\n"
        "\n"
        "Læringsnettverk Vest\n"
        "\n"
        "– Lever forbedringsplan, before gathering 2\n"
        f"  The deadline for Vinje is {due}, in 14 days.\n"
        f"  {link}\n"
        "\n"
        "The link takes you straight to the place. If you are not signed in, you sign in on the way.\n"
        "You get at most one such mail a day, and none when there is nothing to tell.\n"
        f"Choose which mails you get: {settings.GPF_BASE_URL}/varsler/innstillinger/\n"
    )
    assert f'<a href="{link}">Lever forbedringsplan, before gathering 2</a>' in html_of(letter)
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert letter.extra_headers["Content-Language"] == "en"


def test_a_posters_reminder_leads_to_its_fields_and_work_sent_back_to_the_reason(west: Place, box: Box) -> None:
    only_due(west, 300)
    with tenancy.scope([west.network.pk]):
        soon = Assignment.objects.filter(pk__in=[west.poster.pk, west.document.pk])
        soon.update(due=timezone.localdate() + timedelta(days=3))
        delivers(west)
        Delivery.objects.update(state=Delivery.State.RETURNED)
    run_daily(at=morning())
    links = [line.strip() for line in str(box.only().body).splitlines() if "/nettverk/" in line]
    base = f"{settings.GPF_BASE_URL}/nettverk/vest/team/vinje"
    assert sorted(links) == [f"{base}/leveringer/{west.document.pk}/", f"{base}/plakat/2/skriv/"]


def test_every_link_leads_to_a_page_the_recipient_may_open(
    west: Place, box: Box, sign_in: Callable[[User], Client]
) -> None:
    with tenancy.scope([west.network.pk]):
        Assignment.objects.update(due=timezone.localdate() + timedelta(days=3))
    run_daily(at=morning())
    browser = sign_in(west.team_leader)
    links = [line.strip() for line in str(box.only().body).splitlines() if "/nettverk/" in line]
    assert len(links) == 4
    for link in links:
        assert browser.get(link.removeprefix(settings.GPF_BASE_URL).partition("#")[0]).status_code == 200


def test_several_things_come_in_one_mail_with_the_most_urgent_in_its_subject(west: Place, box: Box) -> None:
    speak(west.team_leader, "en")
    late = timezone.localdate() - timedelta(days=1)
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(pk=west.poster.pk).update(due=late)
    run_daily(at=morning())
    letter = box.only()
    assert letter.subject == f"Lag plakat: was due {dates.long_date(late, language='en')} – and 1 more"
    assert letter.body.index("Lag plakat") < letter.body.index("Lever forbedringsplan")
    assert "yesterday. Hand in what you have, or ask the coordinator for a later day." in letter.body


@pytest.mark.parametrize(
    ("language", "title"), [("nb", "Lever plan"), ("nn", "Lever planen dykkar"), ("en", "Lever plan")]
)
def test_everyone_reads_her_own_language(west: Place, box: Box, language: str, title: str) -> None:
    speak(west.team_leader, language)
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(pk=west.document.pk).update(title_nb="Lever plan", title_nn="Lever planen dykkar")
    run_daily(at=morning())
    letter = box.only()
    assert letter.subject.startswith(f"{title}: ")
    assert letter.subject.endswith(dates.long_date(west.document.due, language=language))
    assert dates.from_now(west.document.due, language=language) in letter.body
    assert f'<html lang="{language}">' in html_of(letter)
    assert letter.extra_headers["Content-Language"] == language


def test_two_people_in_one_run_each_read_their_own_language(west: Place, box: Box) -> None:
    with tenancy.scope([west.network.pk]):
        TeamMember.objects.update(function=TeamMember.Function.MEMBER)
    speak(west.member, "nn")
    run_daily(at=morning())
    due = west.document.due
    assert dates.long_date(due, language="nb") in box.to(west.team_leader.email)[0].subject
    assert dates.long_date(due, language="nn") in box.to(west.member.email)[0].subject


def test_one_mail_for_two_networks_of_which_each_keeps_its_own_part(cast: Cast, box: Box) -> None:
    """The leader in Vest works in Øst too; Øst's plan is late, so it heads the mail, and Vest must not read of it."""
    leader, west, east = cast.west.team_leader, cast.west, cast.east
    only_due(west, 14)
    only_due(east, -1)
    with tenancy.scope([east.network.pk]):
        Assignment.objects.filter(pk=east.document.pk).update(title_nb="Bare i øst")
        place = Membership.objects.create(network=east.network, user=leader, role=Role.TEAM_MEMBER)
        TeamMember.objects.filter(function=TeamMember.Function.LEADER).delete()
        TeamMember.objects.create(
            network=east.network, team=east.team, membership=place, function=TeamMember.Function.LEADER
        )
    run_daily(at=morning())
    letter = box.only()
    (in_west,), (in_east,) = messages(west), messages(east)
    assert letter.subject.startswith("Bare i øst")
    assert letter.body.index("Læringsnettverk Øst") < letter.body.index("Læringsnettverk Vest")
    assert in_west.message_id == in_east.message_id == letter.extra_headers["Message-ID"]
    assert (in_west.subject.startswith("Lever forbedringsplan"), in_east.subject.startswith("Bare i øst")) == (
        True,
        True,
    )
    assert "øst" not in in_west.text.lower()
    assert "Vest\n\n–" not in in_east.text
    assert (in_west.state, in_east.state) == (Message.State.SENT, Message.State.SENT)


def test_the_outbox_keeps_exactly_what_was_sent(west: Place, box: Box) -> None:
    run_daily(at=morning())
    (kept,) = messages(west)
    letter = box.only()
    assert (kept.subject, kept.text) == (letter.subject, letter.body)
    assert (kept.recipient, kept.day, kept.language) == (west.team_leader, timezone.localdate(), "nb")
    assert (kept.created_at, kept.sent_at) == (morning(), morning())


def test_a_line_break_in_a_title_stays_out_of_the_subject(west: Place, box: Box) -> None:
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(pk=west.document.pk).update(title_nb="Lever\r\nBcc: alle@test.example")
    run_daily(at=morning())
    assert box.only().subject.startswith("Lever Bcc: alle@test.example: ")


def test_what_people_wrote_is_text_in_the_html_part(west: Place, box: Box) -> None:
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(pk=west.document.pk).update(title_nb="<b>Plan</b> & mål")
    run_daily(at=morning())
    letter = box.only()
    assert "<b>Plan</b> & mål" in letter.body
    assert "&lt;b&gt;Plan&lt;/b&gt; &amp; mål" in html_of(letter)


# When


def test_running_twice_sends_nothing_twice(west: Place, box: Box) -> None:
    run_daily(at=morning())
    run_daily(at=morning())
    run_daily(at=morning(1))
    assert len(box) == 1
    assert states(west) == {("14", "team_leader"): SENT}


def test_each_stage_is_one_mail(west: Place, box: Box) -> None:
    for day in range(20):
        run_daily(at=morning(day))
    own = [message for message in messages(west) if message.recipient == west.team_leader]
    assert [(message.day - timezone.localdate()).days for message in own] == [0, 11, 14, 15]
    letters = box.to(west.team_leader.email)
    assert len({letter.extra_headers["Message-ID"] for letter in letters}) == len(letters) == 4
    assert {state for (_stage, part), state in states(west).items() if part == "team_leader"} == {SENT}


def test_three_days_in_which_nothing_ran_lose_nothing(west: Place, box: Box) -> None:
    """The reminder of day 0 goes on day 3, and the one of day 11 on day 13: each still the right one."""
    run_daily(at=morning(3))
    assert dates.from_now(west.document.due, today=timezone.localdate() + timedelta(days=3)) == "om 11 dager"
    assert "om 11 dager" in box.only().body
    run_daily(at=morning(13))
    assert "i morgen" in list(box)[1].body
    assert states(west) == {("14", "team_leader"): SENT, ("3", "team_leader"): SENT}


def test_a_stage_that_another_has_overtaken_is_missed_and_only_the_later_is_sent(west: Place, box: Box) -> None:
    run_daily(at=morning(15))
    assert len(box.to(west.team_leader.email)) == 1
    assert states(west) == {
        ("14", "team_leader"): MISSED,
        ("3", "team_leader"): MISSED,
        ("0", "team_leader"): MISSED,
        ("late", "team_leader"): SENT,
    }


def test_what_comes_after_todays_mail_waits_for_tomorrows(west: Place, box: Box) -> None:
    run_daily(at=morning())
    only_due(west, 3)
    run_daily(at=morning() + timedelta(hours=2))
    assert len(box) == 1
    assert states(west)["3", "team_leader"] == WAITING
    run_daily(at=morning(1))
    assert len(box) == 2


def test_what_is_not_due_yet_waits(west: Place, box: Box) -> None:
    with tenancy.scope([west.network.pk]):
        later = Handed("later", west.team_leader.pk, "assignment_due", {}, due_at=morning(2))
        hand_over(network_id=west.network.pk, notices=[later])
        Assignment.objects.update(due=timezone.localdate() + timedelta(days=300))
    run_daily(at=morning(1))
    assert len(box) == 0
    with tenancy.scope([west.network.pk]):
        assert Notice.objects.get().state == WAITING


# What is no longer true


def delivers(west: Place) -> None:
    Delivery.objects.create(
        network=west.network,
        team=west.team,
        assignment=west.document,
        state=Delivery.State.DELIVERED,
        delivered_at=timezone.now(),
    )


def loses_access(west: Place) -> None:
    Membership.objects.filter(user=west.team_leader).update(ends_on=timezone.localdate())


def leaves_the_team(west: Place) -> None:
    TeamMember.objects.filter(membership__user=west.team_leader).update(left_on=timezone.localdate())


def loses_the_account(west: Place) -> None:
    User.objects.filter(pk=west.team_leader.pk).update(is_active=False)


def network_ends(west: Place) -> None:
    Network.objects.filter(pk=west.network.pk).update(phase=Network.Phase.COMPLETED)


def deadline_moves(west: Place) -> None:
    Assignment.objects.filter(pk=west.document.pk).update(due=timezone.localdate() + timedelta(days=40))


def is_exempt(west: Place) -> None:
    Delivery.objects.create(network=west.network, team=west.team, assignment=west.document, exempt=True)


def assignment_goes(west: Place) -> None:
    Assignment.objects.filter(pk=west.document.pk).delete()


@pytest.mark.parametrize(
    "event",
    [
        delivers,
        loses_access,
        leaves_the_team,
        loses_the_account,
        network_ends,
        deadline_moves,
        is_exempt,
        assignment_goes,
    ],
    ids=lambda event: event.__name__,
)
def test_what_changed_a_second_before_sending_is_not_sent(
    west: Place, box: Box, monkeypatch: pytest.MonkeyPatch, event: Callable[[Place], None]
) -> None:
    """The change comes after the reminder was found and its recipient known: only the last check can see it."""

    def a_second_later(**arguments: object) -> object:
        with tenancy.scope([west.network.pk]):
            event(west)
        return send_digests(**arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr("notices.runs.send_digests", a_second_later)
    run_daily(at=morning())
    assert states(west)["14", "team_leader"] == WITHDRAWN
    assert (len(box), messages(west)) == (0, [])


def test_nothing_to_tell_leaves_the_day_free_for_something_else(west: Place, box: Box) -> None:
    find_due(timezone.localdate())
    with tenancy.scope([west.network.pk]):
        delivers(west)
    run_daily(at=morning())
    assert (len(box), Digest.objects.get().state) == (0, Digest.State.OPEN)
    with tenancy.scope([west.network.pk]):
        Assignment.objects.filter(pk=west.poster.pk).update(due=timezone.localdate() + timedelta(days=3))
    run_daily(at=morning() + timedelta(hours=1))
    assert "Lag plakat" in box.only().subject
    assert Digest.objects.get().state == Digest.State.SENT


def test_handing_in_takes_the_reminders_back_at_once(west: Place) -> None:
    find_due(timezone.localdate())
    with tenancy.scope([west.network.pk]):
        withdraw_reminders(team=west.other_team, assignment=west.document)
        withdraw_reminders(team=west.team, assignment=west.poster)
        assert Notice.objects.get().state == WAITING
        withdraw_reminders(team=west.team, assignment=west.document)
        assert Notice.objects.get().state == WITHDRAWN


def test_what_is_true_again_is_told_after_all(west: Place, box: Box) -> None:
    find_due(timezone.localdate())
    with tenancy.scope([west.network.pk]):
        withdraw_reminders(team=west.team, assignment=west.document)
    run_daily(at=morning())
    assert len(box) == 1
    assert states(west) == {("14", "team_leader"): SENT}


def test_what_was_sent_can_not_be_taken_back(west: Place) -> None:
    run_daily(at=morning())
    with tenancy.scope([west.network.pk]):
        assert withdraw(network_id=west.network.pk, prefixes=["due:"]) == 0
        assert withdraw(network_id=west.network.pk, prefixes=[]) == 0
    assert states(west) == {("14", "team_leader"): SENT}


# Kinds


def test_two_kinds_can_not_have_one_name() -> None:
    def tell(notices: object, today: date) -> dict[int, Line]:
        return {}

    with pytest.raises(ValueError, match="assignment_due"):
        kinds.register(Kind("assignment_due", tell=tell))


def test_a_notice_of_an_unknown_kind_is_withdrawn(west: Place, box: Box) -> None:
    only_due(west, 300)
    with tenancy.scope([west.network.pk]):
        unknown = Handed("x", west.team_leader.pk, "no_such_kind", {}, due_at=morning())
        hand_over(network_id=west.network.pk, notices=[unknown])
    run_daily(at=morning())
    with tenancy.scope([west.network.pk]):
        assert Notice.objects.get().state == WITHDRAWN
    assert len(box) == 0


def test_a_digest_of_many_things_takes_as_many_queries_as_of_one(west: Place, box: Box) -> None:
    def queries(day: int) -> int:
        at = morning(day)
        find_due(timezone.localdate(at))
        with CaptureQueriesContext(connection) as captured:
            run_daily(at=at)
        return len(captured)

    one = queries(0)
    with tenancy.scope([west.network.pk]):
        Assignment.objects.update(due=timezone.localdate() + timedelta(days=10))
    several = queries(1)
    assert (len(box), list(box)[1].body.count("/nettverk/")) == (2, 4)
    assert several == one
