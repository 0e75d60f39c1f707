"""The coordinator's desk: what goes out next, kept back or paused, and letters to a group."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from desk.coming import Narrowed, next_day, read_coming, read_person
from desk.models import Circular
from notices.mailing import send_waiting_letters
from notices.models import Choice, Message, Notice, Pause
from notices.runs import run_daily
from sessions.models import Assignment
from sessions.services import deliver
from tests.cast import Cast, Place
from tests.overview.stage import add_team, join, page, questions, reads_english, within, words

SignIn = Callable[[User], Client]

pytestmark = pytest.mark.django_db

DESK = "/nettverk/vest/utsending/"


def due_in_three_days(place: Place) -> None:
    """Nothing else is due; the plan is, three days after the next day with mail."""
    day = next_day(timezone.now())
    Assignment.objects.update(due=day + timedelta(days=300))
    plan = place.document
    plan.due = day + timedelta(days=3)
    plan.save()


def told(place: Place) -> list[str]:
    """To whom in the network mail went."""
    own = {person.email for person in place.people().values()}
    return [one.to[0] for one in mail.outbox if one.to[0] in own]


def test_next_day_is_a_working_day(settings: Settings) -> None:
    settings.GPF_MAIL_AT_ANY_HOUR = False
    zone = timezone.get_current_timezone()
    friday_noon = datetime(2026, 11, 20, 12, tzinfo=zone)
    monday_dawn = datetime(2026, 11, 23, 5, tzinfo=zone)
    assert (next_day(friday_noon), next_day(monday_dawn)) == (monday_dawn.date(), monday_dawn.date())


def test_what_will_be_told_is_read_as_its_recipient_will_and_nothing_is_written(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    reads_english(place.coordinator)
    with within(place):
        due_in_three_days(place)
        day = next_day(timezone.now())
        before = Notice.objects.count()
        found = read_person(place.network, day, place.team_leader.pk)
        assert Notice.objects.count() == before
    assert found is not None
    mailed, letter = found
    assert [item.notice.kind for item in mailed.items] == ["assignment_due"]
    assert place.document.title in letter.subject
    html = page(sign_in(place.coordinator), DESK)
    assert "Teamleder Vest" in html
    shown = sign_in(place.coordinator).get(f"{DESK}til/{place.team_leader.pk}/brev/")
    assert letter.html == shown.content.decode()
    assert "default-src 'none'" in shown["Content-Security-Policy"], (
        "whatever is in a mail, nothing in it runs or is fetched"
    )
    assert "Teamleder Øst" not in html
    with within(place):
        deliver(team=place.team, assignment=place.document, by=place.team_leader, comment="Ferdig")
        assert place.team_leader.pk not in read_coming_people(place)


def read_coming_people(place: Place) -> list[int]:
    coming = read_coming(place.network, next_day(timezone.now()), Narrowed(), None)
    return [mailed.recipient.user.pk for mailed in coming.mailed]


def test_the_page_asks_as_much_for_many_as_for_few(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    client = sign_in(place.coordinator)
    with within(place):
        due_in_three_days(place)
    few = questions(client, DESK)
    with within(place):
        for number in range(4):
            team = add_team(place, f"Kommune {number}")
            for role in ("team_leader", "member"):
                join(place, team, getattr(place, role))
    assert questions(client, DESK) == few


def test_one_kept_back_waits_until_it_is_let_go(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    client = sign_in(place.coordinator)
    with within(place):
        due_in_three_days(place)
        found = read_person(place.network, next_day(timezone.now()), place.team_leader.pk)
    assert found is not None
    key = found[0].items[0].notice.key
    client.post(f"{DESK}hold/", {"key": key})
    at = timezone.make_aware(datetime.combine(next_day(timezone.now()), datetime.min.time().replace(hour=9)))
    run_daily(at=at)
    assert told(place) == []
    assert client.get(f"{DESK}til/{place.team_leader.pk}/").status_code == 200, "the desk still leads there"
    with within(place):
        assert read_coming(place.network, next_day(timezone.now()), Narrowed(), None).things == 0
        held = Notice.objects.get(key=key)
        assert (held.state, held.held_at is not None) == (Notice.State.WAITING, True)
    client.post(f"{DESK}hold/", {"key": str(held.pk), "do": "release"})
    run_daily(at=at)
    assert told(place) == [place.team_leader.email]


@pytest.mark.parametrize("what", ["network", "team"])
def test_a_pause_keeps_it_back_and_says_so(cast: Cast, sign_in: SignIn, what: str) -> None:
    place = cast.west
    client = sign_in(place.coordinator)
    with within(place):
        due_in_three_days(place)
    client.post(f"{DESK}pause/", {"what": "" if what == "network" else str(place.team.pk), "reason": "Ferie"})
    at = timezone.make_aware(datetime.combine(next_day(timezone.now()), datetime.min.time().replace(hour=9)))
    run_daily(at=at)
    assert told(place) == []
    assert "Ferie" in page(client, DESK)
    assert client.get(f"{DESK}til/{place.team_leader.pk}/").status_code == 200
    with within(place):
        (pause,) = Pause.objects.all()
        coming = read_coming(place.network, next_day(timezone.now()), Narrowed(), None)
        (mailed,) = coming.mailed
        assert (coming.people, coming.things) == (0, 0), "nobody is said to get what waits for the pause to end"
        assert (len(mailed.items), len(mailed.held), len(mailed.paused)) == (0, 0, 1)
    client.post(f"{DESK}pause/{pause.pk}/slutt/")
    run_daily(at=at)
    assert told(place) == [place.team_leader.email]


def test_a_choice_is_honoured_in_what_is_foretold(cast: Cast) -> None:
    place = cast.west
    with within(place):
        due_in_three_days(place)
        Choice.objects.create(user=place.team_leader, kind="assignment_due", way=Choice.Way.AT_ONCE)
        found = read_person(place.network, next_day(timezone.now()), place.team_leader.pk)
    assert found is not None
    assert [item.way for item in found[0].items] == [Choice.Way.AT_ONCE]


# Letters to a group


def begin(client: Client, place: Place, **said: object) -> Circular:
    """A draft written through the pages."""
    client.post(f"{DESK}brev/nytt/", {"ready": "near"})
    with within(place):
        draft = Circular.objects.latest("pk")
    address = f"{DESK}brev/{draft.pk}/skriv/"
    form = client.get(address).context["form"]
    data = {
        "seen": form["seen"].value() or form["seen"].initial or "",
        "whom": "not_delivered",
        "assignment": str(place.document.pk),
        **{name: form[name].value() for name in ("subject_nb", "text_nb", "subject_nn", "text_nn")},
        **said,
    }
    response = client.post(address, data)
    assert response.status_code == 302, words(response.content.decode())
    with within(place):
        return Circular.objects.get(pk=draft.pk)


def test_who_has_not_handed_in_gets_it_once_in_her_language(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    client = sign_in(place.coordinator)
    User.objects.filter(pk=place.member.pk).update(language="nn")
    draft = begin(client, place)
    address = f"{DESK}brev/{draft.pk}/"
    shown = page(client, address)
    assert "Teamleder Vest" in shown
    assert "Veileder Vest" not in shown
    assert "{navn}" not in shown
    client.post(f"{address}send/", {"do": "test"})
    send_waiting_letters(place.network)
    assert {tuple(one.to) for one in mail.outbox} == {(place.coordinator.email,)}
    mail.outbox.clear()
    for _turn in range(2):
        client.post(f"{address}send/", {"do": "send"})
    send_waiting_letters(place.network)
    assert sorted(one.to for one in mail.outbox) == sorted([[place.team_leader.email], [place.member.email]])
    assert {tuple(one.reply_to) for one in mail.outbox} == {(place.coordinator.email,)}, "who answers it writes to her"
    by_address = {one.to[0]: one.body for one in mail.outbox}
    assert "ikke levert" in by_address[place.team_leader.email]
    assert "ikkje levert" in by_address[place.member.email]
    assert "Vinje" in by_address[place.member.email]
    assert "Teamleder Vest" in page(client, address)
    with within(place):
        assert Message.objects.filter(key__startswith=f"circular:{draft.pk}:").count() == 2


def test_who_has_handed_in_since_is_left_out_of_it(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    client = sign_in(place.coordinator)
    draft = begin(client, place)
    with within(place):
        deliver(team=place.team, assignment=place.document, by=place.team_leader, comment="Ferdig")
    client.post(f"{DESK}brev/{draft.pk}/send/", {"do": "send"})
    send_waiting_letters(place.network)
    assert mail.outbox == []


def test_a_broken_text_is_refused_when_it_is_saved_and_keeps_what_was_typed(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    client = sign_in(place.coordinator)
    draft = begin(client, place)
    address = f"{DESK}brev/{draft.pk}/skriv/"
    form = client.get(address).context["form"]
    data = {"seen": form["seen"].value() or "", "whom": "everybody", "subject_nb": "Hei", "text_nb": "Hei, {nvn} og {"}
    response = client.post(address, data)
    assert response.status_code == 200
    assert "{nvn}" in response.content.decode()
    with within(place):
        assert Circular.objects.get(pk=draft.pk).text_nb == draft.text_nb
