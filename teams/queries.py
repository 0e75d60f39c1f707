"""Reading who is in a team."""

from datetime import date

from django.db.models import Q

from teams.models import Supervisor, Team, TeamMember


def read_seats(team: Team) -> list[TeamMember]:
    """Everyone who is or was in the team: its leader first, then by what they do."""
    order = TeamMember.Function.values
    seats = team.members.select_related("membership__user")
    return sorted(seats, key=lambda seat: (order.index(seat.function), str(seat), seat.pk))


def read_guides(team: Team, today: date) -> list[Supervisor]:
    """Who guides the team today."""
    rows = team.supervisors.filter(Q(until=None) | Q(until__gt=today), since__lte=today)
    return list(rows.select_related("membership__user").order_by("membership__user__name", "pk"))
