"""Telling a network's coordinators that the sign-up of a round has opened, and how it stands when it closes."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gpf import dates
from networks.models import Membership, Network, Role
from notices.kinds import Handed, Kind, Line, Topic, Words
from notices.models import Notice
from notices.services import hand_over
from sessions.reminders import morning
from signup.models import Answer, InvitationRound
from signup.rounds_queries import invitees_of, read_rows
from signup.rounds_states import SILENT, UNSENT

NEWS = timedelta(days=14)
"""How long it is news that a round has closed."""

_ROUND = (_("what you call the round"), _("Municipalities, autumn"))
_DAY = (_("the day to answer by"), _("Tuesday 8 December"))
OPEN = Words(
    "signup_open",
    _("The sign-up opens"),
    gettext_noop("The sign-up is open: %(round)s, answer by %(date)s"),
    gettext_noop("%(count)s have been invited. You hear of each team that is registered."),
    {"round": _ROUND, "date": _DAY, "count": (_("how many are invited"), "12")},
)
CLOSED = Words(
    "signup_closed",
    _("The sign-up closes, and all have answered"),
    gettext_noop("The sign-up closed %(date)s: %(round)s"),
    gettext_noop("Everybody has answered, and %(registered)s have registered teams."),
    {"round": _ROUND, "date": _DAY, "registered": (_("how many have registered teams"), "5")},
)
SILENT_STILL = Words(
    "signup_closed:silent",
    _("The sign-up closes, and some have not answered"),
    gettext_noop("The sign-up closed %(date)s: %(count)s have not answered, %(round)s"),
    gettext_noop("%(registered)s have registered teams. Call those who have not answered: their links still work."),
    {**CLOSED.fields, "count": (_("how many have not answered"), "6")},
)


@dataclass(frozen=True)
class Standing:
    """How a round stands: how many have been invited, registered teams, and have not answered."""

    letters: InvitationRound
    invited: int
    registered: int
    silent: int


def announce_opening(*, letters: InvitationRound, by: User | None) -> None:
    """A round's letters go: the other coordinators are told, once for the round. Needs the network's scope."""
    now = timezone.now()
    others = [person for person in _coordinators(letters.network_id) if by is None or person != by.pk]
    about = {"round": letters.pk, "answer_by": letters.answer_by.isoformat()}
    hand_over(
        network_id=letters.network_id,
        notices=[Handed(f"signup:{letters.pk}:open:{person}", person, OPENED.name, about, now) for person in others],
    )


def announce_closed(*, network: Network, today: date) -> None:
    """The day to answer by has passed: the coordinators are told how it went. Needs the network's scope."""
    passed = InvitationRound.objects.filter(network=network, answer_by__range=(today - NEWS, today - timedelta(days=1)))
    people = _coordinators(network.pk) if passed else []
    hand_over(
        network_id=network.pk,
        notices=[
            Handed(
                key=f"signup:{letters.pk}:closed:{letters.answer_by:%Y%m%d}:{person}",
                recipient_id=person,
                kind=CLOSING.name,
                about={"round": letters.pk, "answer_by": letters.answer_by.isoformat()},
                due_at=morning(letters.answer_by + timedelta(days=1)),
            )
            for letters in passed
            for person in people
        ],
    )


def tell_open(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word the rounds that can still be answered in time."""
    return {
        notice.pk: _line(OPEN, standing, today)
        for notice, standing in _standing(notices, today)
        if standing.letters.answer_by >= today
    }


def tell_closed(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word the rounds whose day has passed, as they stand now."""
    return {
        notice.pk: _line(SILENT_STILL if standing.silent else CLOSED, standing, today)
        for notice, standing in _standing(notices, today)
        if standing.letters.answer_by < today
        and notice.about["answer_by"] == standing.letters.answer_by.isoformat()
        and today - standing.letters.answer_by <= NEWS + timedelta(days=1)
    }


OPENED = Kind(
    "signup_open",
    tell=tell_open,
    while_planned=True,
    label=_("The sign-up opens"),
    wordings=(OPEN,),
    roles=frozenset({Role.COORDINATOR}),
    topic=Topic.NETWORK,
)
CLOSING = Kind(
    "signup_closed",
    tell=tell_closed,
    while_planned=True,
    label=_("The sign-up closes"),
    wordings=(SILENT_STILL, CLOSED),
    roles=frozenset({Role.COORDINATOR}),
    topic=Topic.NETWORK,
)


def _standing(notices: Sequence[Notice], today: date) -> Iterator[tuple[Notice, Standing]]:
    """The notices to those who still coordinate, of rounds in which somebody has been invited. Four queries."""
    networks = {notice.network_id for notice in notices}
    rounds = InvitationRound.objects.filter(network__in=networks).select_related("network")
    found = rounds.in_bulk([notice.about["round"] for notice in notices])
    answers: dict[int, list[Answer]] = {key: [] for key in found}
    for row in read_rows(invitees_of().filter(round__in=found), today):
        answers[row.invitee.round_id].append(row.answer)
    people = _who_coordinate(networks, today)
    for notice in notices:
        key = notice.about["round"]
        invited = [answer for answer in answers.get(key, []) if answer not in UNSENT]
        if invited and (notice.network_id, notice.recipient_id) in people:
            silent = sum(answer in SILENT for answer in invited)
            yield notice, Standing(found[key], len(invited), invited.count(Answer.REGISTERED), silent)


def _line(words: Words, standing: Standing, today: date) -> Line:
    letters = standing.letters
    fields = {
        "round": letters.name,
        "date": dates.long_date(letters.answer_by, today=today),
        "registered": str(standing.registered),
        "count": str(standing.invited if words is OPEN else standing.silent),
    }
    path = reverse("signup:round", args=[letters.network.slug, letters.pk])
    return words.line(
        fields,
        title=gettext("Invitations: %(round)s") % fields,
        path=f"{path}?state=silent" if words is SILENT_STILL else path,
        when=letters.answer_by,
    )


def _coordinators(network: int) -> list[int]:
    seats = Membership.objects.active().filter(network=network, role=Role.COORDINATOR)
    return sorted(seats.values_list("user", flat=True))


def _who_coordinate(networks: Collection[int], today: date) -> set[tuple[int, int]]:
    seats = Membership.objects.active(today).filter(network__in=networks, role=Role.COORDINATOR)
    return set(seats.values_list("network", "user"))
