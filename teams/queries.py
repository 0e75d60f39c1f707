"""Reading who is in a network."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from networks.models import Membership, Role
from teams.models import Supervisor, TeamMember


@dataclass(frozen=True)
class Line:
    """A person in one role: where she belongs, and whether she has come in yet."""

    user: User
    role: str
    teams: list[str]
    state: str

    @property
    def is_invited(self) -> bool:
        return self.state == "invited"


def read_people(today: date) -> list[Line]:
    """Everyone of the network that is open, by role and name. Three queries, however many they are."""
    order = list(Role)
    members = Membership.objects.select_related("user").order_by("user__name", "pk")
    places = _teams_of(today)
    lines = [Line(row.user, row.get_role_display(), places.get(row.pk, []), _state(row, today)) for row in members]
    roles = {str(role.label): order.index(role) for role in order}
    return sorted(lines, key=lambda line: (line.state == "ended", roles[line.role]))


def _teams_of(today: date) -> dict[int, list[str]]:
    """The names of the teams a membership works in or guides, by the membership's primary key."""
    seats = TeamMember.objects.select_related("team").order_by("team__sort_name")
    guides = Supervisor.objects.select_related("team").order_by("team__sort_name")
    found: dict[int, list[str]] = {}
    for seat in seats:
        if seat.left_on is None or seat.left_on > today:
            name = str(seat.team)
            shown = name if seat.function == TeamMember.Function.MEMBER else f"{name} ({seat.get_function_display()})"
            found.setdefault(seat.membership_id, []).append(shown)
    for guide in guides:
        if guide.until is None or guide.until > today:
            found.setdefault(guide.membership_id, []).append(str(guide.team))
    return found


def _state(row: Membership, today: date) -> str:
    if row.ends_on is not None and row.ends_on <= today:
        return "ended"
    return "active" if row.user.last_login else "invited"
