"""Writing the log of a meeting, asking people to one, moving it, calling it off, and doing what was agreed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from networks.models import NationalCoordinator, Network
from notices.services import withdraw
from supervision.meetings import letters, notices
from supervision.meetings.people import asked_of, teams_of
from supervision.meetings.rows import Agreed
from supervision.models import Agreement, Meeting, MeetingPerson, MeetingTeam
from supervision.notes.services import write_note
from teams.models import Team


@dataclass(frozen=True)
class Log:
    """What is written of a meeting beside its own row: teams, who was there, what was agreed, the private note.

    `people` are keys of users with their names, `others` names alone. `note` is for those who guide and coordinate,
    and is about the team `note_about`.
    """

    teams: Sequence[Team]
    people: Mapping[int, str]
    others: Sequence[str] = ()
    kept: Sequence[Agreement] = ()
    removed: Sequence[Agreement] = ()
    added: Sequence[Agreed] = ()
    note: str = ""
    note_about: Team | None = None
    fixed: Sequence[Team] = field(default=())
    """Teams of the meeting that the writer does not guide: they stay with it."""


@transaction.atomic
def write_log(*, meeting: Meeting, log: Log, by: User) -> Meeting:
    """Write down a meeting that was held; one that was planned becomes held by it. Needs the network's scope.

    1. The meeting itself, its teams, and who was there.
    2. What was agreed: rewritten, taken away, added. Reminders of what was moved or is gone are taken back.
    3. The private note.
    4. Nobody is reminded of the meeting any more.
    """
    meeting.state = Meeting.State.HELD
    meeting.written_by, meeting.written_at = by, timezone.now()
    meeting.save()
    _save_teams(meeting, log.teams, log.fixed)
    _save_people(meeting, log.people, log.others)
    _save_agreements(meeting, log)
    if log.note and log.note_about:
        write_note(team=log.note_about, by=by, text=log.note, meeting=meeting)
    withdraw(network_id=meeting.network_id, prefixes=[notices.meeting_key(meeting.pk)])
    return meeting


@transaction.atomic
def plan_meeting(
    *, meeting: Meeting, teams: Sequence[Team], people: Mapping[int, str], by: User, network: Network
) -> int:
    """Ask people to a meeting. Returns how many are asked. Needs the network's scope.

    1. The meeting, its teams and its people.
    2. A letter to each of them, with the event for her calendar.
    """
    meeting.state = Meeting.State.PLANNED
    meeting.written_by, meeting.written_at = by, timezone.now()
    meeting.save()
    _save_teams(meeting, teams, ())
    _save_people(meeting, people, ())
    return _write(meeting, people, letters.ASKED, network)


@transaction.atomic
def replan_meeting(
    *,
    meeting: Meeting,
    teams: Sequence[Team],
    fixed: Sequence[Team],
    people: Mapping[int, str],
    network: Network,
) -> int:
    """A planned meeting gets another day, place or people. Returns how many letters go out. Needs the network's scope.

    1. The meeting with the next number for calendars, its teams and its people.
    2. Who was asked before and still is, is told of the change; who is new is asked; who is not asked any more is told
       that she need not come.
    3. Reminders of the old day are taken back.
    """
    before = set(_users(meeting))
    meeting.calendar_sequence += 1
    meeting.save()
    _save_teams(meeting, teams, fixed)
    _save_people(meeting, people, ())
    withdraw(network_id=meeting.network_id, prefixes=[notices.meeting_key(meeting.pk)])
    now = set(people)
    return sum(
        _write(meeting, those, what, network)
        for those, what in (
            (now & before, letters.MOVED),
            (now - before, letters.ASKED),
            (before - now, letters.LEFT),
        )
    )


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, network: Network, reason: str) -> int:
    """Call a planned meeting off. Returns how many are told. Needs the network's scope.

    1. Write that it is cancelled.
    2. Take back the reminders.
    3. A letter to everybody who was asked, which takes it out of her calendar.
    """
    meeting.state = Meeting.State.CANCELLED
    meeting.calendar_sequence += 1
    meeting.save(update_fields=["state", "calendar_sequence"])
    withdraw(network_id=meeting.network_id, prefixes=[notices.meeting_key(meeting.pk)])
    return _write(meeting, _users(meeting), letters.CANCELLED, network, reason=reason)


@transaction.atomic
def pass_meetings_on(*, team: Team, giver: User, taker: User, network: Network, still_guides: Collection[int]) -> None:
    """Let another come to the team's planned meetings in place of one. Needs the network's scope.

    1. Who takes over is asked to each of them.
    2. Who gives the team up is told that she need not come, unless she guides another team that meets then
       (`still_guides`, the teams' keys).
    """
    planned = Meeting.objects.filter(
        state=Meeting.State.PLANNED, day__gte=timezone.localdate(), teams__team=team, people__user=giver
    )
    for meeting in planned.select_for_update(of=("self",)):
        asked = set(_users(meeting))
        if taker.pk not in asked:
            own = {"network_id": meeting.network_id, "name": str(taker)[:120]}
            MeetingPerson.objects.create(meeting=meeting, user=taker, **own)
            _write(meeting, [taker.pk], letters.ASKED, network)
        if not meeting.teams.filter(team__in=still_guides).exists():
            meeting.people.filter(user=giver).delete()
            _write(meeting, [giver.pk], letters.LEFT, network)


@transaction.atomic
def settle_agreement(*, agreement: Agreement, by: User, done: bool) -> None:
    """What was agreed is done, or is not after all. Needs the network's scope.

    1. Write it, with who and when.
    2. Take back what waits to remind of it; the daily run brings it again where it is not done.
    """
    agreement.done_at, agreement.done_by = (timezone.now(), by) if done else (None, None)
    agreement.save(update_fields=["done_at", "done_by"])
    withdraw(network_id=agreement.network_id, prefixes=[notices.agreement_key(agreement.pk)])


def _save_teams(meeting: Meeting, teams: Sequence[Team], fixed: Sequence[Team]) -> None:
    keys = {team.pk for team in (*teams, *fixed)}
    meeting.teams.exclude(team__in=keys).delete()
    here = set(meeting.teams.values_list("team_id", flat=True))
    MeetingTeam.objects.bulk_create(
        MeetingTeam(network_id=meeting.network_id, meeting=meeting, team_id=key) for key in sorted(keys - here)
    )


def _save_people(meeting: Meeting, people: Mapping[int, str], others: Iterable[str]) -> None:
    """Who was written down before keeps the name she had then."""
    meeting.people.exclude(user__in=people).delete()
    meeting.people.filter(user=None).delete()
    here = set(_users(meeting))
    new = [
        MeetingPerson(network_id=meeting.network_id, meeting=meeting, user_id=key, name=name[:120])
        for key, name in people.items()
        if key not in here
    ]
    named = [MeetingPerson(network_id=meeting.network_id, meeting=meeting, name=name[:120]) for name in others]
    MeetingPerson.objects.bulk_create([*new, *named])


def _save_agreements(meeting: Meeting, log: Log) -> None:
    before = {row.pk: row for row in Agreement.objects.filter(pk__in=[row.pk for row in log.kept])}
    gone = [row.pk for row in log.removed]
    for row in log.kept:
        old = before[row.pk]
        if (old.due, old.responsible_id, old.team_id) != (row.due, row.responsible_id, row.team_id):
            gone.append(row.pk)
        row.save()
    withdraw(network_id=meeting.network_id, prefixes=[notices.agreement_key(key) for key in gone])
    Agreement.objects.filter(pk__in=[row.pk for row in log.removed]).delete()
    Agreement.objects.bulk_create(
        Agreement(
            network_id=meeting.network_id,
            meeting=meeting,
            team_id=each.team,
            text=each.text,
            responsible_id=each.responsible,
            due=each.due,
        )
        for each in log.added
    )


def _users(meeting: Meeting) -> list[int]:
    rows = meeting.people.exclude(user=None).values_list("user_id", flat=True)
    return [key for key in rows if key is not None]


def _write(meeting: Meeting, people: Iterable[int], what: str, network: Network, *, reason: str = "") -> int:
    """To those of them who may still come; that it is off, for all or for her, is told to whoever was asked."""
    keys = set(people)
    if what not in (letters.CANCELLED, letters.LEFT):
        national = NationalCoordinator.objects.filter(user__in=keys).values_list("user", flat=True)
        welcome = {*asked_of([meeting], teams_of([meeting]), timezone.localdate())[meeting.pk], *national}
        letters.take_back(meeting, keys - welcome, network=network)
        keys &= welcome
    users = list(User.objects.filter(pk__in=keys, is_active=True).order_by("pk"))
    names = meeting.teams.order_by("team__sort_name").values_list("team__name", flat=True)
    letters.write_letters(meeting, users, what, network=network, teams=", ".join(names), reason=reason)
    return len(users)
