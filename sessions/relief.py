"""More time for teams, or none needed: given, corrected and taken back, for one team or for many at once.

Every function needs the network's scope, writes everything or nothing, and asks as much for forty teams as for one. The
teams are told in their next digest, with the reason.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from gpf import dates
from notices.kinds import Handed, Line, Words
from notices.models import Notice
from notices.services import hand_over, withdraw
from sessions import answer_words
from sessions.models import Assignment, Delivery
from sessions.progress import DONE
from sessions.reminders import delivery_path, doers, withdraw_reminders_for
from teams.models import Team

KIND = "relief"
AFTER_GATHERING = timedelta(days=60)
"""How long after the gathering work can still be asked for: later than that it has no use for it."""

EXTENDED, TAKEN_BACK, EXEMPT, ASKED_AGAIN = "extended", "taken_back", "exempt", "asked_again"


@dataclass(frozen=True)
class Limits:
    """The first and the last day that an extension may be given to."""

    first: date
    last: date


def limits(assignment: Assignment, today: date) -> Limits:
    """After the deadline that holds for everybody, not past, and at most `AFTER_GATHERING` after the gathering."""
    ends_on = assignment.gathering.ends_on or assignment.gathering.starts_on or assignment.due
    return Limits(max(assignment.due + timedelta(days=1), today), max(ends_on, assignment.due) + AFTER_GATHERING)


@transaction.atomic
def extend_teams(*, teams: Collection[Team], assignment: Assignment, until: date, reason: str) -> None:
    """Give teams a later day, or another later day than they were given.

    1. Hold the pairs' deliveries, made where there are none.
    2. Write the day and the reason.
    3. Withdraw the reminders of the day they had; tell them.
    """
    held = _held(teams, assignment)
    held.update(extended_to=until, extension_reason=reason)
    _tell(teams, assignment, EXTENDED, reason, until)


@transaction.atomic
def take_extensions_back(*, teams: Collection[Team], assignment: Assignment, reason: str = "") -> None:
    """The deadline that holds for everybody holds for these teams again. Those without an extension are not told."""
    extended = _held(teams, assignment).filter(extended_to__isnull=False)
    teams = _of(teams, extended)
    extended.update(extended_to=None, extension_reason=reason)
    _tell(teams, assignment, TAKEN_BACK, reason, assignment.due)


@transaction.atomic
def exempt_teams(*, teams: Collection[Team], assignment: Assignment, reason: str) -> None:
    """Free teams from the work; their reminders are withdrawn."""
    _held(teams, assignment).update(exempt=True, exempt_reason=reason)
    _tell(teams, assignment, EXEMPT, reason)


@transaction.atomic
def lift_exemptions(*, teams: Collection[Team], assignment: Assignment, reason: str = "") -> None:
    """Ask teams for the work after all. Their reminders come again by themselves."""
    exempted = _held(teams, assignment).filter(exempt=True)
    teams = _of(teams, exempted)
    exempted.update(exempt=False, exempt_reason=reason)
    _tell(teams, assignment, ASKED_AGAIN, reason)


def _held(teams: Collection[Team], assignment: Assignment) -> QuerySet[Delivery]:
    """The deliveries of the pairs, made where there are none, held until the transaction ends."""
    Delivery.objects.bulk_create(
        (Delivery(network_id=team.network_id, team=team, assignment=assignment) for team in teams),
        ignore_conflicts=True,
    )
    found = Delivery.objects.filter(team__in=teams, assignment=assignment)
    list(found.select_for_update().order_by("pk").values_list("pk"))
    return found


def _of(teams: Collection[Team], deliveries: QuerySet[Delivery]) -> list[Team]:
    keys = set(deliveries.values_list("team_id", flat=True))
    return [team for team in teams if team.pk in keys]


def _tell(teams: Collection[Team], assignment: Assignment, what: str, reason: str, until: date | None = None) -> None:
    """Hand over a notice for each person who does a team's work; what she has not been told yet gives way to it."""
    if not teams:
        return
    now, today = timezone.now(), timezone.localdate()
    withdraw_reminders_for(teams=teams, assignment=assignment)
    network_id = assignment.network_id
    withdraw(network_id=network_id, prefixes=[_key(assignment, team) for team in teams])
    people = doers({team.pk for team in teams}, today)
    about = {"assignment": assignment.pk, "what": what, "reason": reason, "until": until.isoformat() if until else ""}
    notices = [
        Handed(f"{_key(assignment, team)}{now:%Y%m%d%H%M%S%f}:{person}", person, KIND, {**about, "team": team.pk}, now)
        for team in teams
        for person in people.get(team.pk, ())
    ]
    hand_over(network_id=network_id, notices=notices)


def _key(assignment: Assignment, team: Team) -> str:
    return f"{KIND}:{assignment.pk}:{team.pk}:"


# Telling


def tell(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word what still holds of it, to those who still do the team's work."""
    pairs = _pairs(notices)
    people = doers({notice.about["team"] for notice in notices}, today)
    lines = {}
    for notice in notices:
        delivery = pairs.get((notice.about["assignment"], notice.about["team"]))
        if delivery and _holds(notice, delivery) and notice.recipient_id in people.get(delivery.team_id, ()):
            lines[notice.pk] = _line(notice, delivery, today)
    return lines


def _pairs(notices: Sequence[Notice]) -> dict[tuple[int, int], Delivery]:
    found = Delivery.objects.filter(
        network__in={notice.network_id for notice in notices},
        assignment__in={notice.about["assignment"] for notice in notices},
        team__in={notice.about["team"] for notice in notices},
        assignment__hidden=False,
    ).select_related("team", "assignment__gathering", "assignment__network")
    return {(delivery.assignment_id, delivery.team_id): delivery for delivery in found}


def _holds(notice: Notice, delivery: Delivery) -> bool:
    """Whether it is as the notice says, and matters: what is handed in needs no day."""
    until = delivery.extended_to.isoformat() if delivery.extended_to else ""
    stands = {
        EXTENDED: until == notice.about["until"] and not delivery.exempt,
        TAKEN_BACK: not until and not delivery.exempt,
        EXEMPT: delivery.exempt,
        ASKED_AGAIN: not delivery.exempt,
    }
    return delivery.state not in DONE and stands[notice.about["what"]]


def _line(notice: Notice, delivery: Delivery, today: date) -> Line:
    what, reason = notice.about["what"], notice.about["reason"]
    due = max(delivery.extended_to or delivery.assignment.due, delivery.assignment.due)
    fields = {
        "title": delivery.assignment.title,
        "gathering": str(delivery.assignment.gathering),
        "team": delivery.team.name,
        "due": dates.long_date(due, today=today),
        "reason": reason and _("Why: %(reason)s") % {"reason": reason},
    }
    return WORDS[what].line(
        fields,
        title=_("%(title)s, before %(gathering)s") % fields,
        path=delivery_path(delivery.assignment, delivery.team),
        when=None if what == EXEMPT else due,
    )


WORDS: Mapping[str, Words] = {
    EXTENDED: answer_words.EXTENDED,
    TAKEN_BACK: answer_words.TAKEN_BACK,
    EXEMPT: answer_words.EXEMPT,
    ASKED_AGAIN: answer_words.ASKED_AGAIN,
}
"""What is said of each."""
