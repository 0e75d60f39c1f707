"""What somebody waits for an answer to: work that is handed in, questions, and replies."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from networks.models import AssignmentKind, Network
from sessions.models import Assignment, Delivery, Gathering, Reply, Review
from supervision.models import Question
from supervision.questions.talk import waits
from supervision.queue.rows import Kind, Row, Said, waited
from teams.models import Team

SHOWN = 110
"""So many signs of somebody's words stand in a row."""


def deliveries(teams: Mapping[int, Team], networks: Mapping[int, Network]) -> Iterator[Row]:
    """Work that is handed in and not answered. Two queries."""
    found = Delivery.objects.filter(team__in=teams, state=Delivery.State.DELIVERED, assignment__hidden=False)
    found = found.exclude(assignment__gathering__state=Gathering.State.CANCELLED)
    rows = list(found.values_list("pk", "team_id", "assignment_id", "delivered_at"))
    works = Assignment.objects.select_related("gathering").in_bulk({work for _pk, _team, work, _at in rows})
    for pk, team, work, at in rows:
        assert at is not None  # what is delivered has a time, by the table's own constraint
        yield _row(Kind.DELIVERY, str(pk), teams[team], networks, at, partial(_delivered, works[work]))


def _delivered(work: Assignment, team: Team, network: Network, since: datetime) -> Said:
    words = {"team": team.name, "work": named(work)}
    return Said(_("%(team)s has delivered %(work)s") % words, review_address(network, team, work.pk), waited(since))


def questions(teams: Mapping[int, Team], networks: Mapping[int, Network]) -> Iterator[Row]:
    """Questions whose last word is the team's. Two queries."""
    for each in Question.objects.filter(team__in=teams, closed_at=None).prefetch_related("answers"):
        since, text = waits(each)
        yield _row(Kind.QUESTION, str(each.pk), teams[each.team_id], networks, since, partial(_asked, each, text))


def _asked(question: Question, text: str, team: Team, network: Network, since: datetime) -> Said:
    words = {"team": team.name, "question": _short(text)}
    address = reverse("supervision:question", args=[network.slug, team.slug, question.pk])
    return Said(_("%(team)s asks: “%(question)s”") % words, address, waited(since))


def replies(teams: Mapping[int, Team], networks: Mapping[int, Network]) -> Iterator[Row]:
    """What teams have said to an answer, and got no word to since. One query.

    Where the work itself waits for an answer, it is that which waits.
    """
    found: dict[int, list[Reply]] = {}
    for each in unanswered().filter(delivery__team__in=teams).select_related("delivery__assignment__gathering"):
        found.setdefault(each.delivery_id, []).append(each)
    for said in found.values():
        delivery, first, last = said[0].delivery, said[0], said[-1]
        say = partial(_written, delivery.assignment, last.text)
        team = teams[delivery.team_id]
        yield _row(Kind.REPLY, str(delivery.pk), team, networks, first.written_at, say, last.written_at)


def _written(work: Assignment, text: str, team: Team, network: Network, since: datetime) -> Said:
    words = {"team": team.name, "work": named(work), "reply": _short(text)}
    address = review_address(network, team, work.pk)
    return Said(_("%(team)s writes about %(work)s: “%(reply)s”") % words, address, waited(since))


def _row(
    kind: Kind,
    key: str,
    team: Team,
    networks: Mapping[int, Network],
    since: datetime,
    say: Callable[[Team, Network, datetime], Said],
    newest: datetime | None = None,
) -> Row:
    network = networks[team.network_id]
    return Row(kind, key, team, network, since, partial(say, team, network, since), newest)


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
    """Everything that waits for an answer. Five queries."""
    return [*deliveries(teams, networks), *questions(teams, networks), *replies(teams, networks)]
