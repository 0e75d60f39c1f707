"""The log of guidance meetings: what is written, who reads it, what becomes of what was agreed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Membership
from notices.letter_mail import as_mail
from notices.models import Message, Notice
from notices.services import hand_over
from sessions.models import Gathering
from supervision.meetings import notices
from supervision.models import Agreement, Meeting, MeetingPerson, MeetingTeam, PrivateNote
from supervision.scores import notices as scores
from teams.models import Supervisor, Team, TeamMember
from tests.cast import Cast, Place

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

SECRET = "Lederen holder igjen"


def day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def at(place: Place, name: str, *more: Any) -> str:
    return reverse(f"supervision:{name}", args=[place.network.slug, *more])


def guide_both(place: Place) -> None:
    """The supervisor guides Tokke, too, where the observer's colleague is a member."""
    with tenancy.scope([place.network.pk]):
        own = Membership.objects.get(user=place.supervisor)
        Supervisor.objects.create(network=place.network, team=place.other_team, membership=own)
        user = User.objects.create_user("tokke@test.example", name="Medlem Tokke")
        membership = Membership.objects.create(network=place.network, user=user, role="team_member")
        TeamMember.objects.create(network=place.network, team=place.other_team, membership=membership)


def sent(place: Place, *teams: int, **more: Any) -> dict[str, Any]:
    return {
        "teams": [str(team) for team in teams or (place.team.pk,)],
        "day": day(-1).isoformat(),
        "form": "digital",
        "people": [str(place.supervisor.pk), str(place.member.pk)],
        "others": "Fysioterapeuten, Kommunelegen",
        "themes": "mål og måling",
        "summary": "Vi så på tallene fra oktober.",
        "rader": "2",
        "ny-0-text": "Prøve sjekklista hos tre brukere",
        "ny-0-responsible": str(place.member.pk),
        "ny-0-due": day(3).isoformat(),
        "notat-note": SECRET,
        **more,
    }


def write(cast: Cast, sign_in: SignIn, *teams: int, **more: Any) -> Meeting:
    place = cast.west
    answer = sign_in(place.supervisor).post(at(place, "meeting_add"), sent(place, *teams, **more), secure=True)
    assert answer.status_code == 302, answer.context["page"].problems()
    with tenancy.scope([place.network.pk]):
        return Meeting.objects.get(follows=None)


def test_a_group_meeting_is_written_down_and_each_team_reads_its_own(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    guide_both(place)
    tokke = User.objects.get(email="tokke@test.example")
    meeting = write(
        cast,
        sign_in,
        place.team.pk,
        place.other_team.pk,
        **{
            "ny-0-team": str(place.team.pk),
            "ny-1-text": "Ringe lederen",
            "ny-1-team": str(place.other_team.pk),
            "notat-about": str(place.team.pk),
        },
    )
    with tenancy.scope([place.network.pk]):
        assert sorted(meeting.people.values_list("name", flat=True)) == [
            "Fysioterapeuten",
            "Kommunelegen",
            "Medlem Vest",
            "Veileder Vest",
        ]
        assert PrivateNote.objects.get().team == place.team
    page = at(place, "meeting", meeting.pk)
    texts = {name: sign_in(user).get(page, secure=True) for name, user in {**place.people(), "tokke": tokke}.items()}
    assert {name: answer.status_code for name, answer in texts.items()} == {
        **dict.fromkeys(("coordinator", "supervisor", "team_leader", "member", "tokke"), 200),
        "leader": 403,
        "observer": 403,
    }
    said = {name: answer.content.decode() for name, answer in texts.items() if answer.status_code == 200}
    assert {name for name, text in said.items() if "tallene fra oktober" in text} == set(said)
    assert {name for name, text in said.items() if "Prøve sjekklista" in text} == set(said) - {"tokke"}
    assert {name for name, text in said.items() if "Ringe lederen" in text} == {"coordinator", "supervisor", "tokke"}
    assert {name for name, text in said.items() if SECRET in text} == {"coordinator", "supervisor"}
    # Nor does the note reach the team by its own pages or its home.
    for user, team in ((place.member, place.team), (tokke, place.other_team)):
        client = sign_in(user)
        pages = [at(place, "team_log", team.slug), reverse("overview:team", args=[place.network.slug, team.slug])]
        assert all(SECRET not in client.get(one, secure=True).content.decode() for one in [*pages, "/"])


def test_a_note_on_a_group_meeting_is_never_placed_with_a_team_by_guess(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    guide_both(place)
    client = sign_in(place.supervisor)
    both = sent(place, place.team.pk, place.other_team.pk, **{"ny-0-team": str(place.team.pk)})
    page = client.post(at(place, "meeting_add"), both, secure=True)
    assert list(page.context["page"].note.errors) == ["about"]
    assert SECRET in page.content.decode()
    answer = client.post(at(place, "meeting_add"), {**both, "notat-about": str(place.other_team.pk)}, secure=True)
    assert answer.status_code == 302
    with tenancy.scope([place.network.pk]):
        assert PrivateNote.objects.get().team == place.other_team


def test_the_form_grows_without_losing_what_is_typed(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    client = sign_in(place.supervisor)
    page = client.get(f"{at(place, 'meeting_add')}?team={place.team.slug}", secure=True)
    assert page.context["form"].initial["teams"] == [str(place.team.pk)]
    half = sent(place, rad_til="1", themes="", once="a")
    page = client.post(at(place, "meeting_add"), half, secure=True)
    text = page.content.decode()
    assert page.context["rows"].count == 3
    assert all(words in text for words in ("Prøve sjekklista", "tallene fra oktober", SECRET, "Fysioterapeuten"))
    assert page.context["page"].problems() == []
    page = client.post(at(place, "meeting_add"), sent(place, themes=""), secure=True)
    assert list(page.context["form"].errors) == ["themes"]
    with tenancy.scope([place.network.pk]):
        assert not Meeting.objects.exists()


def test_what_was_agreed_is_the_teams_own_and_is_reminded_of(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    meeting = write(cast, sign_in)
    with tenancy.scope([place.network.pk]):
        agreement = Agreement.objects.get()
        today = timezone.localdate()
        hand_over(network_id=place.network.pk, notices=notices.find_agreements(place.network, today))
        notice = Notice.objects.get(kind=notices.AGREEMENT)
        assert (notice.recipient_id, notice.about["stage"]) == (place.member.pk, "3")
        assert list(notices.tell_agreements([notice], today)) == [notice.pk]
        # On the day the second takes the first one's place.
        assert notices.tell_agreements([notice], day(3)) == {}
        later = list(notices.find_agreements(place.network, day(3)))
        assert [(each.about["stage"], each.superseded) for each in later] == [("3", True), ("day", False)]
    assert "Prøve sjekklista" in sign_in(place.member).get("/", secure=True).content.decode()
    answer = sign_in(place.member).post(at(place, "agreement", agreement.pk), {"from": "home"}, secure=True)
    assert answer["Location"] == "/"
    assert sign_in(place.member).get("/", secure=True).context["homes"][0].agreed == []
    with tenancy.scope([place.network.pk]):
        notice.refresh_from_db()
        agreement.refresh_from_db()
        assert (notice.state, agreement.done_by) == (Notice.State.WITHDRAWN, place.member)
    # Moved by the supervisor in the log: what was handed over for the old day is taken back.
    client = sign_in(place.supervisor)
    client.post(at(place, "agreement", agreement.pk), {"state": "ikke"}, secure=True)
    with tenancy.scope([place.network.pk]):
        hand_over(network_id=place.network.pk, notices=notices.find_agreements(place.network, today))
        assert Notice.objects.get(kind=notices.AGREEMENT).state == Notice.State.WAITING
    page = client.get(at(place, "meeting_write", meeting.pk), secure=True)
    row = page.context["rows"].old[0]
    moved = sent(
        place,
        seen=page.context["form"]["seen"].value(),
        **{
            f"{row.prefix}-text": "Prøve sjekklista hos fem",
            f"{row.prefix}-responsible": str(place.member.pk),
            f"{row.prefix}-due": day(20).isoformat(),
            f"{row.prefix}-seen": row["seen"].value(),
            "ny-0-text": "",
            "ny-0-responsible": "",
            "ny-0-due": "",
            "notat-note": "",
        },
    )
    assert client.post(at(place, "meeting_write", meeting.pk), moved, secure=True).status_code == 302
    with tenancy.scope([place.network.pk]):
        assert Notice.objects.get(kind=notices.AGREEMENT).state == Notice.State.WITHDRAWN
        assert list(Agreement.objects.values_list("text", "due")) == [("Prøve sjekklista hos fem", day(20))]


def test_people_are_asked_to_the_next_meeting_told_when_it_moves_and_when_it_is_off(
    cast: Cast, sign_in: SignIn
) -> None:
    place = cast.west
    write(cast, sign_in, **{"neste-day": day(1).isoformat(), "neste-starts_at": "09:00", "neste-ends_at": "10:30"})
    with tenancy.scope([place.network.pk]):
        coming = Meeting.objects.get(state="planned")
        assert coming.follows is not None
        hand_over(network_id=place.network.pk, notices=notices.find_meetings(place.network, day(0)))
        reminders = list(Notice.objects.filter(kind=notices.MEETING))
        everybody = {place.supervisor.pk, place.member.pk, place.team_leader.pk}
        assert {row.recipient_id for row in reminders} == everybody
        assert len(notices.tell_meetings(reminders, day(0))) == 3
    client = sign_in(place.supervisor)
    page = client.get(at(place, "meeting_replan", coming.pk), secure=True)
    moved = {
        "teams": [str(place.team.pk)],
        "people": [str(place.supervisor.pk), str(place.team_leader.pk)],
        "day": day(2).isoformat(),
        "starts_at": "12:00",
        "ends_at": "13:00",
        "form": "digital",
        "seen": page.context["form"]["seen"].value(),
    }
    assert client.post(at(place, "meeting_replan", coming.pk), moved, secure=True).status_code == 302
    with tenancy.scope([place.network.pk]):
        assert notices.tell_meetings(reminders, day(0)) == {}
    client.post(at(place, "meeting_cancel", coming.pk), {"reason": "Sykdom"}, secure=True)
    assert _letters(place) == {
        (place.supervisor.pk, "REQUEST", 0),
        (place.member.pk, "REQUEST", 0),
        (place.team_leader.pk, "REQUEST", 0),
        (place.supervisor.pk, "REQUEST", 1),
        (place.team_leader.pk, "REQUEST", 1),
        (place.member.pk, "CANCEL", 1),
        (place.supervisor.pk, "CANCEL", 2),
        (place.team_leader.pk, "CANCEL", 2),
    }


def _letters(place: Place) -> set[tuple[int, str, int]]:
    """Whom each letter's event is for, what it asks, and its number; all of one event."""
    with tenancy.scope([place.network.pk]):
        rows = list(Message.objects.filter(key__startswith="guidance:"))
        files = {part.get_filename() for row in rows for part in as_mail(row).message().walk()}
    assert files == {None, "veiledning.ics"}
    lines = [dict(line.split(":", 1) for line in row.calendar.split("\r\n") if ":" in line) for row in rows]
    assert len({each["UID"] for each in lines}) == 1
    assert all(row.address in row.calendar.replace("\r\n ", "") for row in rows)
    return {
        (row.recipient_id or 0, each["METHOD"], int(each["SEQUENCE"])) for row, each in zip(rows, lines, strict=True)
    }


def test_the_log_is_searched_without_private_notes_and_without_others(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    write(cast, sign_in)
    with tenancy.scope([cast.east.network.pk]):
        Meeting.objects.create(network=cast.east.network, day=day(-1), state="held", themes="mål")
    client = sign_in(place.supervisor)

    def found(**asked: str) -> int:
        return len(client.get(at(place, "log"), asked, secure=True).context["entries"])

    assert found(q="oktober måling") == 1
    assert found(q="SJEKKLISTA") == 1
    assert found(q="Lederen") == 0
    assert found(q="mål", team=str(place.team.pk), since=day(-2).isoformat(), to=day(0).isoformat()) == 1
    assert found(q="mål", since=day(0).isoformat()) == 0
    with tenancy.scope([place.network.pk]):
        Supervisor.objects.update(until=day(0))
    assert found() == 0


@pytest.mark.parametrize("more", [0, 4])
def test_finding_and_telling_ask_as_much_for_many_as_for_one(cast: Cast, more: int) -> None:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        Gathering.objects.filter(pk=place.gatherings[1].pk).update(starts_on=day(5), ends_on=day(6))
        for number in range(1 + more):
            team = place.team if number == 0 else _another_team(place, number)
            held = Meeting.objects.create(network=place.network, day=day(-1), state="held")
            coming = Meeting.objects.create(network=place.network, day=day(1))
            for meeting in (held, coming):
                MeetingTeam.objects.create(network=place.network, meeting=meeting, team=team)
            MeetingPerson.objects.create(network=place.network, meeting=coming, user=place.supervisor, name="Veileder")
            Agreement.objects.create(network=place.network, meeting=held, team=team, text="Ringe", due=day(3))
        kinds = {
            (notices.find_agreements, notices.tell_agreements): 4,
            (notices.find_meetings, notices.tell_meetings): 6,
            (scores.find, scores.tell): 5,
        }
        asked = {}
        for find, tell in kinds:
            with CaptureQueriesContext(connection) as finding:
                found = list(find(place.network, day(0)))
            hand_over(network_id=place.network.pk, notices=found)
            waiting = list(Notice.objects.filter(kind=found[0].kind))
            assert len(waiting) == len(found) > more
            with CaptureQueriesContext(connection) as telling:
                assert len(tell(waiting, day(0))) == len(found)
            asked[find, tell] = (len(finding), len(telling))
    assert asked == {each: (number, number) for each, number in kinds.items()}


def _another_team(place: Place, number: int) -> Team:
    team = Team.objects.create(
        network=place.network, slug=f"team-{number}", name=f"Team {number}", participation=place.team.participation
    )
    own = Membership.objects.get(user=place.supervisor)
    Supervisor.objects.create(network=place.network, team=team, membership=own)
    TeamMember.objects.create(network=place.network, team=team, membership=Membership.objects.get(user=place.member))
    return team
