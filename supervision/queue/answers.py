"""What somebody waits for an answer to: work that is handed in, questions, and replies."""

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from networks.models import AssignmentKind, Network
from sessions.models import Assignment, Delivery, Gathering, Reply, Review
from supervision.models import Question
from supervision.questions.talk import waits
from supervision.queue.rows import Kind, Row, waited
from teams.models import Team

SHOWN = 110
"""So many signs of somebody's words stand in a row."""


def deliveries(teams: Mapping[int, Team], networks: Mapping[int, Network]) -> Iterator[Row]:
    """Work that is handed in and not answered. One query."""
    found = Delivery.objects.filter(team__in=teams, state=Delivery.State.DELIVERED, assignment__hidden=False)
    for each in found.exclude(assignment__gathering__state=Gathering.State.CANCELLED).select_related(
        "assignment__gathering"
    ):
        assert each.delivered_at is not None
        team, network = teams[each.team_id], networks[each.network_id]
        words = {"team": team.name, "work": named(each.assignment)}
        yield Row(
            kind=Kind.DELIVERY,
            key=str(each.pk),
            team=team,
            network=network,
            since=each.delivered_at,
            sentence=_("%(team)s has delivered %(work)s") % words,
            address=review_address(network, team, each.assignment_id),
            how_long=waited(each.delivered_at),
        )


def questions(teams: Mapping[int, Team], networks: Mapping[int, Network]) -> Iterator[Row]:
    """Questions whose last word is the team's. Two queries."""
    for each in Question.objects.filter(team__in=teams, closed_at=None).prefetch_related("answers"):
        team, network = teams[each.team_id], networks[each.network_id]
        since, text = waits(each)
        words = {"team": team.name, "question": _short(text)}
        yield Row(
            kind=Kind.QUESTION,
            key=str(each.pk),
            team=team,
            network=network,
            since=since,
            sentence=_("%(team)s asks: “%(question)s”") % words,
            address=reverse("supervision:question", args=[network.slug, team.slug, each.pk]),
            how_long=waited(since),
        )


def replies(teams: Mapping[int, Team], networks: Mapping[int, Network]) -> Iterator[Row]:
    """What teams have said to an answer, and got no word to since. One query.

    Where the work itself waits for an answer, it is that which waits.
    """
    found: dict[int, list[Reply]] = {}
    for each in unanswered().filter(delivery__team__in=teams).select_related("delivery__assignment__gathering"):
        found.setdefault(each.delivery_id, []).append(each)
    for said in found.values():
        delivery = said[0].delivery
        team, network = teams[delivery.team_id], networks[delivery.network_id]
        words = {"team": team.name, "work": named(delivery.assignment), "reply": _short(said[-1].text)}
        yield Row(
            kind=Kind.REPLY,
            key=str(delivery.pk),
            team=team,
            network=network,
            since=said[0].written_at,
            sentence=_("%(team)s writes about %(work)s: “%(reply)s”") % words,
            address=review_address(network, team, delivery.assignment_id),
            how_long=waited(said[0].written_at),
            newest=said[-1].written_at,
        )


def unanswered() -> QuerySet[Reply]:
    """The teams' replies that nobody who guides has said anything after, oldest first, where no work waits itself."""
    later = Reply.objects.filter(delivery=OuterRef("delivery"), from_team=False, written_at__gt=OuterRef("written_at"))
    answered = Review.objects.filter(version__delivery=OuterRef("delivery"), reviewed_at__gt=OuterRef("written_at"))
    waiting = Reply.objects.filter(~Exists(later), ~Exists(answered), from_team=True).order_by("written_at", "pk")
    return waiting.exclude(delivery__state=Delivery.State.DELIVERED)


def review_address(network: Network, team: Team, assignment: int) -> str:
    """Where a delivery is answered."""
    return reverse("supervision:review", args=[network.slug, team.slug, assignment])


def named(assignment: Assignment) -> str:
    """As “Lag plakat” for gathering 2."""
    words = {"title": assignment.title, "gathering": str(assignment.gathering)}
    if assignment.kind == AssignmentKind.POSTER:
        return _("“%(title)s” for %(gathering)s") % words
    return _("“%(title)s” before %(gathering)s") % words


def _short(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(SHOWN)


def all_of(teams: Mapping[int, Team], networks: Mapping[int, Network]) -> Sequence[Row]:
    """Everything that waits for an answer. Four queries."""
    return [*deliveries(teams, networks), *questions(teams, networks), *replies(teams, networks)]
