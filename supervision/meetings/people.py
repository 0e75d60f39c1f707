"""Who can have been at a meeting with some teams, or be asked to one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from networks.models import Membership, Role
from supervision.models import Meeting, MeetingPerson, MeetingTeam
from teams.models import Supervisor, Team, TeamMember

Group = tuple[str, list[tuple[str, str]]]
"""A heading, and under it people's keys and names: the choices of a field."""


def offered_people(teams: Sequence[Team], *, by: User, today: date, meeting: Meeting | None = None) -> list[Group]:
    """Those who guide the teams and `by` first, then team by team; each once. Three queries.

    Of a meeting that is there, also those who were written down before and are in none of the teams any more.
    """
    seen: set[int] = set()
    groups = [_group(_("Supervisors"), [by, *_guides(teams, today)], seen)]
    seats = list(
        TeamMember.objects.filter(
            Q(left_on=None) | Q(left_on__gt=today), team__in=teams, membership__in=Membership.objects.active(today)
        )
        .select_related("membership__user")
        .order_by("membership__user__name", "pk")
    )
    groups += [
        _group(team.name, [seat.membership.user for seat in seats if seat.team_id == team.pk], seen) for team in teams
    ]
    if meeting is not None and meeting.pk is not None:
        before = [row.user for row in meeting.people.select_related("user") if row.user is not None]
        groups.append(_group(_("Written down before"), before, seen))
    return [group for group in groups if group[1]]


def people_of(teams: Collection[int], today: date) -> dict[int, set[int]]:
    """By team: its people and those who guide it, who have access today (keys of users). Two queries."""
    active = Membership.objects.active(today)
    found: dict[int, set[int]] = {team: set() for team in teams}
    seats = TeamMember.objects.filter(
        Q(left_on=None) | Q(left_on__gt=today), team__in=teams, membership__in=active.filter(role=Role.TEAM_MEMBER)
    )
    guides = Supervisor.objects.guiding(today).filter(
        team__in=teams, membership__in=active.filter(role=Role.SUPERVISOR)
    )
    for rows in (seats, guides):
        for team, person in rows.values_list("team_id", "membership__user_id"):
            found[team].add(person)
    return found


def teams_of(meetings: Sequence[Meeting]) -> dict[int, list[tuple[int, str]]]:
    """Each meeting's teams: key and name."""
    rows = MeetingTeam.objects.filter(meeting__in=meetings).order_by("team__sort_name")
    found: dict[int, list[tuple[int, str]]] = {}
    for meeting, team, name in rows.values_list("meeting_id", "team_id", "team__name"):
        found.setdefault(meeting, []).append((team, name))
    return found


def asked_of(
    meetings: Sequence[Meeting], teams: Mapping[int, list[tuple[int, str]]], today: date
) -> dict[int, dict[int, int | None]]:
    """By meeting: who is asked and may still come, and which of its teams she has to do with; None: she coordinates."""
    found: dict[int, dict[int, int | None]] = {meeting.pk: {} for meeting in meetings}
    if not meetings:
        return found
    those = people_of({team for rows in teams.values() for team, _name in rows}, today)
    coordinators = set(
        Membership.objects.active(today)
        .filter(network__in={meeting.network_id for meeting in meetings}, role=Role.COORDINATOR)
        .values_list("network_id", "user_id")
    )
    rows = MeetingPerson.objects.filter(meeting__in=meetings, user__isnull=False)
    for meeting, network, person in rows.values_list("meeting_id", "network_id", "user_id"):
        own = next((team for team, _name in teams.get(meeting, []) if person in those[team]), None)
        if person is not None and (own is not None or (network, person) in coordinators):
            found[meeting][person] = own
    return found


def _guides(teams: Sequence[Team], today: date) -> list[User]:
    rows = Supervisor.objects.guiding(today).filter(team__in=teams, membership__in=Membership.objects.active(today))
    return [row.membership.user for row in rows.select_related("membership__user").order_by("membership__user__name")]


def _group(heading: str, users: Sequence[User], seen: set[int]) -> Group:
    people = []
    for user in users:
        if user.pk not in seen:
            seen.add(user.pk)
            people.append((str(user.pk), str(user)))
    return heading, people
