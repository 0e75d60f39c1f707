"""Reminding of what was agreed, three days before and on the day; and of a meeting, the day before."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from gpf import dates
from networks.models import Network
from notices.kinds import Handed, Line
from notices.models import Notice
from sessions.reminders import doers
from supervision import words as words_of
from supervision.meetings.letters import when
from supervision.meetings.people import asked_of, people_of, teams_of
from supervision.models import Agreement, Meeting
from teams.models import Team

AGREEMENT = "agreement_due"
MEETING = "meeting_reminder"
MORNING = time(7)
STAGES = {"3": timedelta(days=3), "day": timedelta(0)}
"""How long before the day each reminder of an agreement comes; the later takes the place of the earlier."""
LOOK_BACK = timedelta(days=7)
"""Days after the day in which what was not told is made good."""


def agreement_key(agreement: int) -> str:
    """What the keys of an agreement's reminders begin with."""
    return f"agreement:{agreement}:"


def meeting_key(meeting: int) -> str:
    """What the keys of a meeting's reminders begin with."""
    return f"meeting:{meeting}:"


# What was agreed


def find_agreements(network: Network, today: date) -> Iterator[Handed]:
    """The reminders of what is agreed for these days and not done. Four queries."""
    due = list(_open([network.pk]).filter(due__gte=today - LOOK_BACK, due__lte=today + STAGES["3"]))
    people = _responsible(due, today)
    for row in due:
        assert row.due is not None
        reached = [name for name, before in STAGES.items() if row.due - before <= today]
        for name in reached:
            for person in sorted(people[row.pk]):
                yield Handed(
                    key=f"{agreement_key(row.pk)}{row.due:%Y%m%d}:{name}:{person}",
                    recipient_id=person,
                    kind=AGREEMENT,
                    about={"agreement": row.pk, "team": row.team_id, "due": row.due.isoformat(), "stage": name},
                    due_at=_morning(row.due - STAGES[name]),
                    superseded=name != reached[-1],
                )


def tell_agreements(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word what is not done, for the day it was handed over for, to those who are to do it."""
    networks = {notice.network_id for notice in notices}
    rows = {row.pk: row for row in _open(networks).filter(pk__in={notice.about["agreement"] for notice in notices})}
    people = _responsible(list(rows.values()), today)
    lines = {}
    for notice in notices:
        row = rows.get(notice.about["agreement"])
        if row is None or row.due is None or notice.recipient_id not in people[row.pk]:
            continue
        reached = [name for name, before in STAGES.items() if row.due - before <= today]
        if reached and (notice.about["due"], notice.about["stage"]) == (row.due.isoformat(), reached[-1]):
            lines[notice.pk] = _agreement_line(row, row.due, today)
    return lines


def _open(networks: Collection[int]) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(
        network__in=networks, done_at=None, due__isnull=False, team__in=Team.objects.going_on().values("pk")
    )
    return rows.select_related("team", "network", "meeting")


def _responsible(rows: Sequence[Agreement], today: date) -> dict[int, set[int]]:
    """Who is told of each: whoever is to do it, as long as she has to do with the team; else who does its work."""
    teams = {row.team_id for row in rows}
    if not teams:
        return {}
    those, leading = people_of(teams, today), doers(teams, today)
    return {
        row.pk: {row.responsible_id} if row.responsible_id in those[row.team_id] else set(leading.get(row.team_id, ()))
        for row in rows
    }


def _agreement_line(row: Agreement, due: date, today: date) -> Line:
    words = {
        "what": row.text,
        "team": row.team.name,
        "date": dates.long_date(due, today=today),
        "when": dates.from_now(due, today=today),
        "met": dates.short_date(row.meeting.day, today=today),
    }
    return words_of.AGREEMENT.line(
        words,
        title=_("%(what)s, for %(team)s") % words,
        path=f"{reverse('supervision:team_log', args=[row.network.slug, row.team.slug])}#avtale-{row.pk}",
        when=due,
    )


# Meetings


def find_meetings(network: Network, today: date) -> Iterator[Handed]:
    """The reminders of the meetings of tomorrow; of today's too, where yesterday's run was missed."""
    coming = list(_planned([network.pk]).filter(day__gte=today, day__lte=today + timedelta(days=1)))
    teams = teams_of(coming)
    asked = asked_of(coming, teams, today)
    for meeting in coming:
        for person, team in sorted(asked[meeting.pk].items()):
            yield Handed(
                key=f"{meeting_key(meeting.pk)}{meeting.day:%Y%m%d}:{person}",
                recipient_id=person,
                kind=MEETING,
                about={
                    "meeting": meeting.pk,
                    "day": meeting.day.isoformat(),
                    **({"team": team or teams[meeting.pk][0][0]} if teams.get(meeting.pk) else {}),
                },
                due_at=_morning(meeting.day - timedelta(days=1)),
            )


def tell_meetings(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word the meetings that are still planned for their day, to those who are still asked."""
    networks = {notice.network_id for notice in notices}
    keys = {notice.about["meeting"] for notice in notices}
    coming = list(_planned(networks).filter(pk__in=keys, day__gte=today))
    found = {meeting.pk: meeting for meeting in coming}
    teams = teams_of(coming)
    asked = asked_of(coming, teams, today)
    lines = {}
    for notice in notices:
        meeting = found.get(notice.about["meeting"])
        if meeting is None or notice.about["day"] != meeting.day.isoformat():
            continue
        if notice.recipient_id in asked[meeting.pk]:
            names = ", ".join(name for _pk, name in teams.get(meeting.pk, []))
            lines[notice.pk] = _meeting_line(meeting, names)
    return lines


def _planned(networks: Collection[int]) -> QuerySet[Meeting]:
    return Meeting.objects.filter(network__in=networks, state=Meeting.State.PLANNED).select_related("network")


def _meeting_line(meeting: Meeting, teams: str) -> Line:
    words = {"teams": teams, "when": when(meeting), "where": meeting.place or meeting.online_link}
    return words_of.MEETING.line(
        words,
        title=_("Guidance of %(teams)s") % words,
        path=reverse("supervision:meeting", args=[meeting.network.slug, meeting.pk]),
        when=meeting.day,
    )


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, MORNING))
