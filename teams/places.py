"""How long a person's places last, and with them her access.

A place is what a role is about: a seat in a team, or having committed an organisation. It ends when the person leaves,
when the team ends, or when the organisation withdraws. A membership whose last place has ended ends with it; coming
back, it begins again. Supervisors, coordinators and observers are in the network by themselves, not through a team.

Everything here needs the network's scope.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.models import User
from networks.models import Membership, Participation, ParticipationLeader, Role
from teams.models import Team, TeamMember

BY_PLACE = (Role.TEAM_MEMBER, Role.LEADER)


@dataclass(frozen=True)
class Ending:
    """What is about to end on a day: an organisation's participation, a team, or one seat (primary keys)."""

    day: date
    participation: int | None = None
    team: int | None = None
    seat: int | None = None


@dataclass(frozen=True)
class Kept:
    """A person who stays in the network, and as what."""

    user: User
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Effects:
    """What an ending does: the teams that end, who loses access to the network, and who keeps it."""

    day: date
    teams: list[Team]
    losing: list[User]
    keeping: list[Kept]

    @property
    def fingerprint(self) -> str:
        """The same for the same teams and people: what was shown is what is done."""
        teams = ",".join(str(team.pk) for team in self.teams)
        return f"{teams}/{','.join(str(user.pk) for user in self.losing)}"


def effects(ending: Ending) -> Effects:
    """What the ending will do, without doing it. In at most five queries, however many people there are."""
    teams = _teams_ended_by(ending)
    ended = concerned(ending)
    last = last_days(ended, ending)
    over = [row for row in ended if _is_over(row, last, ending.day)]
    staying = _other_roles(over, ending.day)
    losing = {row.user for row in over if row.user_id not in staying}
    keeping = [Kept(row.user, tuple(staying[row.user_id])) for row in over if row.user_id in staying]
    keeping += [Kept(row.user, (str(row.get_role_display()),)) for row in ended if row not in over]
    return Effects(
        day=ending.day,
        teams=teams,
        losing=sorted(losing, key=lambda user: (user.name, user.pk)),
        keeping=[kept for kept in keeping if kept.user not in losing],
    )


def concerned(ending: Ending) -> list[Membership]:
    """The memberships with a place that the ending takes, of those that last beyond it."""
    seats = TeamMember.objects.filter(Q(left_on=None) | Q(left_on__gt=ending.day))
    leaders: Collection[int] = ()
    if ending.participation is not None:
        seats = seats.filter(team__participation=ending.participation)
        leaders = ParticipationLeader.objects.filter(participation=ending.participation).values_list("user", flat=True)
    elif ending.team is not None:
        seats = seats.filter(team=ending.team)
    else:
        seats = seats.filter(pk=ending.seat or 0)
    place = Q(pk__in=seats.values("membership")) | Q(role=Role.LEADER, user__in=leaders)
    lasting = Q(ends_on=None) | Q(ends_on__gt=ending.day)
    return list(Membership.objects.filter(place, lasting).select_related("user").order_by("user__name", "pk"))


def last_days(memberships: Collection[Membership], ending: Ending | None = None) -> dict[int, date | None]:
    """The day the last place of each of these memberships ends, None for open; as if the ending had happened.

    Those without any place are left out.
    """
    ends: dict[int, list[date | None]] = defaultdict(list)
    seats = TeamMember.objects.filter(membership__in=memberships).select_related("team__participation")
    for seat in seats:
        ends[seat.membership_id].append(_seat_ends(seat, ending))
    leading = {row.user_id: row.pk for row in memberships if row.role == Role.LEADER}
    for place in ParticipationLeader.objects.filter(user__in=leading).select_related("participation"):
        ends[leading[place.user_id]].append(_participation_ends(place.participation, ending))
    return {pk: _latest(days) for pk, days in ends.items()}


def end_memberships(memberships: Iterable[Membership]) -> list[Membership]:
    """End those whose last place has ended or will, on that day. Returns those that were changed."""
    rows = [row for row in memberships if row.role in BY_PLACE]
    last = last_days(rows)
    changed = []
    for row in rows:
        day = last.get(row.pk)
        if day is not None and (row.ends_on is None or row.ends_on > day):
            row.ends_on = day
            row.save(update_fields=["ends_on"])
            changed.append(row)
    return changed


def begin_memberships_again(memberships: Iterable[Membership], *, ended_on: date | None) -> list[Membership]:
    """Let those that ended on the day last as long as their places do now. Returns those that were changed.

    A person who was taken out by herself has left her place on the day, so that nothing begins again for her.
    """
    rows = [row for row in memberships if row.role in BY_PLACE and row.ends_on == ended_on]
    last = last_days(rows)
    changed = []
    for row in rows:
        day = last.get(row.pk, row.ends_on)
        if day != row.ends_on:
            row.ends_on = day
            row.save(update_fields=["ends_on"])
            changed.append(row)
    return changed


def people_of(teams: Iterable[Team], participation: Participation | None = None) -> list[Membership]:
    """The memberships with a seat in these teams, or of those who committed the organisation, ended or not."""
    place = Q(team_places__team__in=list(teams))
    if participation is not None:
        place |= Q(role=Role.LEADER, user__in=participation.leaders.values("user"))
    return list(Membership.objects.filter(place).select_related("user").distinct())


def _teams_ended_by(ending: Ending) -> list[Team]:
    teams = Team.objects.going_on(ending.day).order_by("sort_name", "pk")
    if ending.participation is not None:
        return list(teams.filter(participation=ending.participation))
    return list(teams.filter(pk=ending.team)) if ending.team is not None else []


def _is_over(row: Membership, last: dict[int, date | None], day: date) -> bool:
    """Whether the membership's last place ends no later than the day."""
    end = last.get(row.pk)
    return end is not None and end <= day


def _other_roles(over: Collection[Membership], day: date) -> dict[int, list[str]]:
    """What these people are in the network beside what is over, by user."""
    others = Membership.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), user__in=[row.user_id for row in over]
    ).exclude(pk__in=[row.pk for row in over])
    found: dict[int, list[str]] = defaultdict(list)
    for row in others:
        found[row.user_id].append(str(row.get_role_display()))
    return dict(found)


def _seat_ends(seat: TeamMember, ending: Ending | None) -> date | None:
    days = [seat.left_on, seat.team.ended_on, _participation_ends(seat.team.participation, ending)]
    if ending and (ending.seat == seat.pk or (ending.team is not None and ending.team == seat.team_id)):
        days.append(ending.day)
    return min((day for day in days if day is not None), default=None)


def _participation_ends(participation: Participation, ending: Ending | None) -> date | None:
    """Of some that withdrew long ago no date is known."""
    if ending and ending.participation == participation.pk:
        return ending.day
    return (participation.withdrawn_on or date.min) if participation.withdrawn else None


def _latest(days: list[date | None]) -> date | None:
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
