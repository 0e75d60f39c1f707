"""Telling the team that its work is answered, the supervisor that work waits, and each of what the other writes.

All of it goes into the next digest: what is announced here is handed over in the transaction that made it true.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from gpf import dates
from networks.models import Membership, Role
from notices.kinds import Handed, Line
from notices.models import Notice
from notices.services import hand_over, withdraw
from sessions import answer_words
from sessions.models import Delivery, DeliveryVersion, Reply, Review
from sessions.reminders import LOOK_BACK, delivery_path, doers, withdraw_reminders
from teams.models import Supervisor

WAITING = "review_waiting"
ANSWERED = "review_answered"
REPLY = "delivery_reply"
READ_ALONG = ("team", "assignment__gathering", "assignment__network")


def announce_delivery(version: DeliveryVersion) -> None:
    """A version is handed in: the team's reminders end, and its supervisors are told. Needs the network's scope."""
    delivery = version.delivery
    withdraw_reminders(team=delivery.team, assignment=delivery.assignment)
    withdraw(network_id=version.network_id, prefixes=[_key(ANSWERED, delivery), _key(WAITING, delivery)])
    people = supervisors([delivery.team_id], timezone.localdate()).get(delivery.team_id, set())
    _tell_people(people, WAITING, delivery, {"version": version.pk})


def announce_answer(answer: Review) -> None:
    """A version is approved or sent back: the team is told, of the newest answer only, and it waits for nobody.

    Needs the network's scope.
    """
    delivery = answer.version.delivery
    withdraw(network_id=answer.network_id, prefixes=[_key(WAITING, delivery), _key(ANSWERED, delivery)])
    people = doers([delivery.team_id], timezone.localdate()).get(delivery.team_id, set())
    _tell_people(people, ANSWERED, delivery, {"review": answer.pk})


def announce_reply(reply: Reply) -> None:
    """Somebody has written under a delivery: the other side is told, and of the newest only. Needs the scope.

    What this side was to read, it has seen where it wrote.
    """
    delivery = reply.delivery
    withdraw(network_id=reply.network_id, prefixes=[_key(REPLY, delivery)])
    read = supervisors if reply.from_team else doers
    people = read([delivery.team_id], timezone.localdate()).get(delivery.team_id, set())
    _tell_people(people - {reply.written_by_id}, REPLY, delivery, {"reply": reply.pk})


def announce_comment(comment: Review) -> None:
    """Who guides the team has commented, and the work still waits: the team is told as of a reply. Needs the scope."""
    delivery = comment.version.delivery
    withdraw(network_id=comment.network_id, prefixes=[_key(REPLY, delivery)])
    people = doers([delivery.team_id], timezone.localdate()).get(delivery.team_id, set())
    _tell_people(people - {comment.reviewed_by_id}, REPLY, delivery, {"comment": comment.pk})


def tell_waiting(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word what still waits for an answer, to those who still guide the team."""
    versions = _newest_versions(notices, {notice.about["version"] for notice in notices})
    people = supervisors({version.delivery.team_id for version in versions.values()}, today)
    lines = {}
    for notice in notices:
        version = versions.get(notice.about["version"])
        if version is None or version.delivery.state != Delivery.State.DELIVERED:
            continue
        if notice.recipient_id in people.get(version.delivery.team_id, ()):
            lines[notice.pk] = _waiting_line(version, today)
    return lines


def tell_answered(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word the answers that still stand, to those who do the team's work."""
    rows = Review.objects.filter(pk__in={notice.about["review"] for notice in notices})
    newest = Max("version__reviews__pk", filter=~Q(version__reviews__verdict=Review.Verdict.COMMENTED))
    answers = {answer.pk: answer for answer in rows.annotate(newest=newest).filter(pk=F("newest"))}
    versions = _newest_versions(notices, {answer.version_id for answer in answers.values()})
    people = doers({version.delivery.team_id for version in versions.values()}, today)
    lines = {}
    for notice in notices:
        answer = answers.get(notice.about["review"])
        version = versions.get(answer.version_id) if answer else None
        if answer is None or version is None or not _stands(answer, version.delivery, today):
            continue
        if notice.recipient_id in people.get(version.delivery.team_id, ()):
            lines[notice.pk] = _answered_line(answer, version.delivery, today)
    return lines


def tell_replies(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word what was written last under a delivery, and is still news, to the side that is to read it."""
    written = {**_replies(notices), **_comments(notices)}
    teams = {each.delivery.team_id for each in written.values()}
    sides = {True: supervisors(teams, today), False: doers(teams, today)}
    lines = {}
    for notice in notices:
        found = written.get(_which(notice))
        if found is None or (today - found.day).days > LOOK_BACK:
            continue
        if notice.recipient_id in sides[found.from_team].get(found.delivery.team_id, ()):
            lines[notice.pk] = _written_line(found, today)
    return lines


@dataclass(frozen=True)
class _Written:
    """A reply, or a comment of who guides the team: both are read in the same place."""

    delivery: Delivery
    by: User | None
    at: datetime
    from_team: bool

    @property
    def day(self) -> date:
        return timezone.localdate(self.at)


def _which(notice: Notice) -> tuple[str, int]:
    ((name, pk),) = ((name, notice.about[name]) for name in ("reply", "comment") if name in notice.about)
    return name, pk


def _replies(notices: Sequence[Notice]) -> dict[tuple[str, int], _Written]:
    """The replies that nobody has written after."""
    found = Reply.objects.filter(network__in={notice.network_id for notice in notices})
    newest = Max("delivery__replies__pk")
    rows = found.filter(pk__in={pk for name, pk in map(_which, notices) if name == "reply"}).annotate(newest=newest)
    path = (f"delivery__{name}" for name in READ_ALONG)
    return {
        ("reply", row.pk): _Written(row.delivery, row.written_by, row.written_at, row.from_team)
        for row in rows.filter(pk=F("newest")).select_related("written_by", *path)
    }


def _comments(notices: Sequence[Notice]) -> dict[tuple[str, int], _Written]:
    """The comments; what is said after one takes its notice back."""
    found = Review.objects.filter(network__in={notice.network_id for notice in notices})
    rows = found.filter(pk__in={pk for name, pk in map(_which, notices) if name == "comment"})
    path = (f"version__delivery__{name}" for name in READ_ALONG)
    return {
        ("comment", row.pk): _Written(row.version.delivery, row.reviewed_by, row.reviewed_at, from_team=False)
        for row in rows.select_related("reviewed_by", *path)
    }


def supervisors(teams: Collection[int], today: date) -> dict[int, set[int]]:
    """Who guides a team on the day (keys of users, by the team's); nobody for a team that has no supervisor."""
    places = Supervisor.objects.guiding(today).filter(
        team__in=teams,
        membership__in=Membership.objects.active(today).filter(role=Role.SUPERVISOR),
    )
    found: dict[int, set[int]] = defaultdict(set)
    for team, person in places.values_list("team_id", "membership__user_id"):
        found[team].add(person)
    return found


def _newest_versions(notices: Sequence[Notice], versions: Collection[int]) -> dict[int, DeliveryVersion]:
    """Of these versions, by key, those that no newer one has been handed in after."""
    networks = {notice.network_id for notice in notices}
    handed_in = Q(delivery__versions__delivered_at__isnull=False)
    newest = (
        DeliveryVersion.objects.filter(network__in=networks, pk__in=versions)
        .annotate(newest=Max("delivery__versions__number", filter=handed_in))
        .filter(number=F("newest"))
        .select_related(*(f"delivery__{name}" for name in ("team", "assignment__gathering", "assignment__network")))
    )
    return {version.pk: version for version in newest}


def _tell_people(people: Collection[int], kind: str, delivery: Delivery, about: dict[str, int]) -> None:
    ((name, what),) = about.items()
    mark = f"c{what}" if name == "comment" else what  # replies and comments are numbered each by themselves
    now = timezone.now()
    whole = {**about, "team": delivery.team_id}
    notices = [Handed(f"{_key(kind, delivery)}{mark}:{person}", person, kind, whole, due_at=now) for person in people]
    hand_over(network_id=delivery.network_id, notices=notices)


def _stands(answer: Review, delivery: Delivery, today: date) -> bool:
    """Whether the answer is still the delivery's, and still news."""
    age = today - timezone.localdate(answer.reviewed_at)
    return delivery.state == answer.verdict and age.days <= LOOK_BACK


def _key(kind: str, delivery: Delivery) -> str:
    """What the keys of all such notices about a delivery begin with."""
    return f"{kind}:{delivery.pk}:"


def _waiting_line(version: DeliveryVersion, today: date) -> Line:
    delivery = version.delivery
    assert version.delivered_at is not None  # _newest_versions finds no drafts
    handed_in = timezone.localdate(version.delivered_at)
    fields = {**_thing(delivery), "date": dates.long_date(handed_in, today=today)}
    return answer_words.WAITING.line(
        fields,
        title=_("%(title)s, from %(team)s") % fields,
        path=_answer_path(delivery),
        when=handed_in,
    )


def _answered_line(answer: Review, delivery: Delivery, today: date) -> Line:
    returned = answer.verdict == Review.Verdict.RETURNED
    due = max(delivery.extended_to or delivery.assignment.due, delivery.assignment.due)
    fields = {
        **_thing(delivery),
        "date": dates.long_date(timezone.localdate(answer.reviewed_at), today=today),
        "due": dates.long_date(due, today=today),
    }
    sent_back = answer_words.RETURNED_LATE if due < today else answer_words.RETURNED
    said = sent_back if returned else answer_words.APPROVED
    return said.line(
        fields,
        title=_("%(title)s, before %(gathering)s") % fields,
        path=delivery_path(delivery.assignment, delivery.team),
        when=due if returned else None,
    )


def _written_line(written: _Written, today: date) -> Line:
    delivery = written.delivery
    who = written.by.name if written.by else ""
    fields = {
        **_thing(delivery),
        "person": who or _("Somebody"),
        "date": dates.long_date(written.day, today=today),
    }
    return answer_words.REPLY.line(
        fields,
        title=_("%(title)s, from %(team)s") % fields,
        path=_answer_path(delivery)
        if written.from_team
        else f"{delivery_path(delivery.assignment, delivery.team)}#samtale",
    )


def _answer_path(delivery: Delivery) -> str:
    """Where those who guide the team answer it."""
    return f"{delivery_path(delivery.assignment, delivery.team)}svar/"


def _thing(delivery: Delivery) -> dict[str, str]:
    return {
        "title": delivery.assignment.title,
        "gathering": str(delivery.assignment.gathering),
        "team": delivery.team.name,
    }
