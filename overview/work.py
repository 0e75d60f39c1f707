"""What a team has to do and has done: assignments with how far the team has come, in the order they are due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from networks.models import AssignmentKind, Network
from overview.gatherings import gathering_name, is_over, next_gathering, read_gatherings
from sessions.access import progress_of
from sessions.models import Assignment, Delivery, Gathering
from sessions.progress import DONE, OPEN, Progress, State
from teams.models import Team

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Thing:
    """One assignment of one team."""

    team: Team
    assignment: Assignment
    progress: Progress
    delivered_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.progress.state in OPEN

    @property
    def done(self) -> bool:
        return self.progress.state in DONE

    @property
    def title(self) -> str:
        """Lag plakat til samling 2."""
        words = {"title": self.assignment.title, "gathering": str(self.assignment.gathering)}
        if self.assignment.kind == AssignmentKind.POSTER:
            return _("%(title)s for %(gathering)s") % words
        return _("%(title)s before %(gathering)s") % words

    @property
    def verb(self) -> str:
        """What the button to it says."""
        if self.progress.state == State.RETURNED:
            return _("Read the answer and deliver again")
        if self.assignment.kind == AssignmentKind.POSTER:
            return _("Go on with the poster") if self.progress.state == State.BEGUN else _("Make the poster")
        if self.assignment.kind == AssignmentKind.PLAN:
            return _("See the plan and deliver")
        if self.progress.state == State.BEGUN:
            return _("Go on where you were")
        return (
            _("Write the answer") if self.assignment.kind == AssignmentKind.ANSWER else _("Choose a file and deliver")
        )

    def address(self, network: Network) -> str:
        """The delivery's page."""
        return reverse(
            "gatherings:delivery",
            kwargs={
                "network_slug": network.slug,
                "team_slug": self.team.slug,
                "assignment_pk": self.assignment.pk,
            },
        )

    def field_address(self, network: Network) -> str:
        """Where the work itself is done: the poster's first page, the plan, or the field of the delivery."""
        number = self.assignment.gathering.number
        names = {"network_slug": network.slug, "team_slug": self.team.slug}
        if self.progress.state != State.RETURNED:
            if self.assignment.kind == AssignmentKind.POSTER and number:
                return reverse("posters:edit", kwargs={**names, "gathering_number": number})
            if self.assignment.kind == AssignmentKind.PLAN:
                return reverse("improvement:plan", kwargs=names)
        return self.address(network) + "#levering"


@dataclass(frozen=True)
class Work:
    """Everything one team is asked for, in the order it is due."""

    things: list[Thing]
    gatherings: list[Gathering]
    today: date

    @property
    def open(self) -> list[Thing]:
        return [thing for thing in self.things if thing.open]

    @property
    def late(self) -> list[Thing]:
        return [thing for thing in self.things if thing.progress.state == State.LATE]

    @property
    def drafts(self) -> list[Thing]:
        """What is begun, not late, and was never handed in."""
        return [thing for thing in self.things if thing.progress.state == State.BEGUN]

    @property
    def done(self) -> list[Thing]:
        return [thing for thing in self.things if thing.done]

    @property
    def asked(self) -> list[Thing]:
        """What the team is not exempt from."""
        return [thing for thing in self.things if thing.progress.state != State.EXEMPT]

    @property
    def so_far(self) -> list[Thing]:
        """What was due by today or has been handed in at any time: what was sent back is still counted here."""
        return [thing for thing in self.asked if thing.delivered_at or thing.progress.due <= self.today]

    @property
    def newest_done(self) -> list[Thing]:
        """What was handed in, the newest first."""
        return sorted(self.done, key=lambda thing: thing.delivered_at or EPOCH, reverse=True)

    @property
    def next_gathering(self) -> Gathering | None:
        found = next_gathering(self.gatherings, self.today)
        return found if found and not is_over(found, self.today) else None

    @property
    def rests(self) -> bool:
        """Everything up to and with the next gathering is handed in, and nothing is late or sent back."""
        coming = self.next_gathering
        until = self.gatherings.index(coming) if coming else len(self.gatherings) - 1
        return not any(
            thing.progress.state in (State.LATE, State.RETURNED)
            or self.gatherings.index(thing.assignment.gathering) <= until
            for thing in self.open
        )

    def by_gathering(self) -> list[tuple[str, Gathering, list[Thing]]]:
        """The things under the name of their gathering."""
        grouped = [
            (gathering_name(gathering), gathering, [t for t in self.things if t.assignment.gathering == gathering])
            for gathering in self.gatherings
        ]
        return [group for group in grouped if group[2]]


def read_work(teams: Sequence[Team], today: date) -> dict[int, Work]:
    """The work of each team (by primary key) in three queries; the teams may be of several open networks."""
    gatherings = read_gatherings()
    assignments = _assignments(gatherings)
    facts = {
        (delivery.team_id, delivery.assignment_id): delivery
        for delivery in Delivery.objects.filter(team__in=[team.pk for team in teams])
    }
    return {team.pk: _work(team, gatherings, assignments, facts, today) for team in teams}


def _assignments(gatherings: Iterable[Gathering]) -> list[Assignment]:
    by_key = {gathering.pk: gathering for gathering in gatherings}
    found = list(Assignment.objects.filter(gathering__in=by_key).order_by("due", "position", "pk"))
    for assignment in found:
        assignment.gathering = by_key[assignment.gathering_id]
    return found


def _work(
    team: Team,
    gatherings: list[Gathering],
    assignments: list[Assignment],
    deliveries: dict[tuple[int, int], Delivery],
    today: date,
) -> Work:
    own = [assignment for assignment in assignments if assignment.network_id == team.network_id]
    things = [_thing(team, assignment, deliveries.get((team.pk, assignment.pk)), today) for assignment in own]
    return Work(
        things=sorted(things, key=lambda thing: thing.progress.due),
        gatherings=[gathering for gathering in gatherings if gathering.network_id == team.network_id],
        today=today,
    )


def _thing(team: Team, assignment: Assignment, delivery: Delivery | None, today: date) -> Thing:
    found = progress_of(team, assignment, delivery, today=today)
    return Thing(team, assignment, found, delivery.delivered_at if delivery else None)
