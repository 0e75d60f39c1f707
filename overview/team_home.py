"""A team's part of its people's first page: the next thing to do, what was answered and agreed, what others shared."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone

from gpf.timeline import Timeline
from networks.models import Network
from overview.gatherings import in_order
from overview.team_work import NewestChart, newest_charts
from overview.work import Thing, Work
from posters.access import shown_to_the_network
from posters.models import Edition
from sessions.cycle import draw_cycle
from sessions.models import Delivery, Gathering, Review
from supervision.meetings.queries import open_agreements
from supervision.models import Agreement
from teams.models import Team

NEW_ANSWERS = timedelta(days=14)
NEWLY_SHARED = timedelta(days=30)


@dataclass(frozen=True)
class Step:
    """A thing to do, where its button leads, and the answer it was sent back with if it was."""

    thing: Thing
    address: str
    sent_back: Review | None = None


@dataclass(frozen=True)
class Answer:
    """What the supervisor has said about the newest version of something."""

    review: Review
    thing: Thing
    address: str


@dataclass(frozen=True)
class TeamHome:
    """All that one team's part of the page shows."""

    team: Team
    network: Network
    work: Work
    steps: list[Step]
    drafts: list[Step]
    answers: list[Answer]
    shared: list[Edition]
    cycle: Timeline | None
    newest: NewestChart | None
    agreed: list[Agreement]


def team_homes(
    teams: Sequence[Team], work: dict[int, Work], networks: dict[int, Network], today: date
) -> list[TeamHome]:
    """Each team's part of the page; the queries are as many for three teams as for one."""
    cycles = _cycles([networks[key] for key in {team.network_id for team in teams}], today)
    answers = _answers(teams, work, networks)
    shared = _shared(teams, today)
    charts = newest_charts(teams, own=True)
    agreed = open_agreements(teams)
    return [
        TeamHome(
            team=team,
            network=networks[team.network_id],
            work=work[team.pk],
            steps=[_step(thing, networks[team.network_id], answers) for thing in work[team.pk].open[:3]],
            drafts=[_step(thing, networks[team.network_id], answers) for thing in work[team.pk].drafts],
            answers=_news(team, work[team.pk], answers),
            shared=[edition for edition in shared if edition.network_id == team.network_id][:5],
            cycle=cycles.get(team.network_id),
            newest=charts.get(team.pk),
            agreed=agreed.get(team.pk, []),
        )
        for team in teams
    ]


def _step(thing: Thing, network: Network, answers: Sequence[Answer]) -> Step:
    returned = (each for each in answers if each.thing == thing and each.review.verdict == Review.Verdict.RETURNED)
    newest = next(returned, None)
    return Step(thing, thing.field_address(network), newest.review if newest else None)


def _news(team: Team, work: Work, answers: Sequence[Answer]) -> list[Answer]:
    """The answers that stand on top of the page: all but the one the next thing to do tells of."""
    told = None if work.rests or not work.open else work.open[0]
    return [
        answer
        for answer in answers
        if answer.thing.team == team and not (answer.thing == told and answer.review.verdict == Review.Verdict.RETURNED)
    ][:3]


def _cycles(networks: Sequence[Network], today: date) -> dict[int, Timeline | None]:
    """The line of each of these networks, by primary key, in one query."""
    ordered = in_order(Gathering.objects.filter(network__in=networks))
    return {
        network.pk: draw_cycle(network, [each for each in ordered if each.network_id == network.pk], today=today)
        for network in networks
    }


def _answers(teams: Sequence[Team], work: dict[int, Work], networks: dict[int, Network]) -> list[Answer]:
    """The answers to what the team has not delivered anew since, newest first: of two weeks, and every return."""
    things = {(t.team.pk, t.assignment.pk): t for each in work.values() for t in each.things}
    reviews = (
        Review.objects.filter(
            Q(reviewed_at__gte=timezone.now() - NEW_ANSWERS) | Q(version__delivery__state=Delivery.State.RETURNED),
            version__delivery__team__in=[team.pk for team in teams],
            version__delivered_at=F("version__delivery__delivered_at"),
        )
        .select_related("version__delivery", "reviewed_by")
        .order_by("-reviewed_at")
    )
    found = []
    for review in reviews:
        delivery = review.version.delivery
        thing = things.get((delivery.team_id, delivery.assignment_id))
        if thing:
            found.append(Answer(review, thing, thing.address(networks[delivery.network_id])))
    return found


def _shared(teams: Sequence[Team], today: date) -> list[Edition]:
    """The posters that other teams of the same networks have shared lately, newest first.

    A poster is shared when it is handed in, and when the network's setting says so (see `posters.access`).
    """
    since = today - NEWLY_SHARED
    found = Edition.objects.filter(
        Q(version__delivered_at__date__gte=since) | Q(version__delivery__assignment__due__gte=since),
        shown_to_the_network(today),
        version__delivered_at=F("version__delivery__delivered_at"),
        network__in={team.network_id for team in teams},
    ).exclude(poster__team__in=[team.pk for team in teams])
    return list(found.select_related("poster__team", "poster__gathering", "version").order_by("-version__delivered_at"))
