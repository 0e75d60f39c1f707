"""Addresses that mail comes back from, or whose owners reported it as unwanted: marked, told of, and put right.

The mark belongs to the address (`Trouble`). What the outbox says and who is told belongs to each network, which is
opened by itself.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower

from accounts.models import User
from gpf import mail_services, tenancy
from gpf.guarded import holds_identity_number
from networks.models import Membership, Network, Role
from notices.kinds import Handed
from notices.models import Digest, Message, Trouble
from notices.services import hand_over, withdraw

logger = logging.getLogger(__name__)

KIND = "address_trouble"

WITHIN = timedelta(days=7)
"""How long before the event a mail that may have caused it was sent, where the service does not say which it was."""

AHEAD = timedelta(minutes=10)
"""How far the service's clock may be behind ours."""

GONE_OUT = (Message.State.SENT, Message.State.BOUNCED, Message.State.COMPLAINED)


class What(StrEnum):
    """What became of a mail after the mail server had taken it."""

    GONE = "bounced"
    UNWANTED = "complained"
    PUT_OFF = "put off"


@dataclass(frozen=True)
class Report:
    """What a mail service tells, in our words.

    `address` is in lower case. `number` is an SMTP server's, `word` anymail's own for the reason. `mark` is the part of
    the Message-ID before @, empty where the service does not say which mail it was.
    """

    address: str
    what: What
    number: int | None
    word: str
    mark: str
    at: datetime


@transaction.atomic
def note(report: Report) -> None:
    """Carry out what a mail service tells. The same twice changes nothing the second time.

    1. Find the mail, and note by it what became of it: in every network that it told something about.
    2. Where the address is one of ours, and it is more than a mail put off, mark the address.
    3. Tell the coordinators of the networks that the person is in, and of those that wrote to the address.
    """
    person = User.objects.filter(email=report.address).first()
    mark = report.mark or _newest(report, person)
    marked = set(_note_mails(report, mark)) if mark else set()
    addressed = set(_networks_that_wrote(report.address))
    if report.what == What.PUT_OFF or holds_identity_number(report.address):
        return
    if person is None and not addressed:
        return
    trouble = _trouble(report)
    for network in _open_networks():
        with tenancy.scope([network]):
            own = person is not None and Membership.objects.active().filter(network=network, user=person).exists()
            if own or network in addressed:
                hand_over(network_id=network, notices=_told(network, trouble, person if own else None))
    logger.info("Mail to an address is %s (%s), noted in %d networks", report.what, trouble.code, len(marked))


@transaction.atomic
def put_right(address: str) -> None:
    """The address is right, or nobody has it any more: take the mark away, and what was to be told of it.

    1. Take back what was handed over, network by network.
    2. Remove the mark.
    """
    trouble = Trouble.objects.select_for_update().filter(address=address.lower()).first()
    if trouble is None:
        return
    for network in Network.objects.order_by("pk").values_list("pk", flat=True):
        with tenancy.scope([network]):
            withdraw(network_id=network, prefixes=[key(trouble)])
    trouble.delete()


def trouble_of(address: str) -> Trouble | None:
    """The mark on an address, if it has one."""
    return Trouble.objects.filter(address=address.lower()).first()


def troubled(network: Network) -> QuerySet[Trouble]:
    """The marked addresses of the network's people, and of those it wrote letters to. Needs the network's scope."""
    people = User.objects.filter(pk__in=Membership.objects.active().filter(network=network).values("user"))
    wrote = Message.objects.filter(network=network, recipient=None, state__in=GONE_OUT).exclude(address="")
    return Trouble.objects.filter(
        Q(address__in=people.values("email")) | Q(address__in=wrote.annotate(lower=Lower("address")).values("lower"))
    ).order_by("-since", "pk")


def key(trouble: Trouble) -> str:
    """What the keys of everything told about a marked address begin with."""
    return f"{KIND}:{trouble.pk}:"


# The mails


def _newest(report: Report, person: User | None) -> str:
    """The mark of the newest mail to the address before the event; empty where there is none."""
    found: list[tuple[datetime, str]] = []
    for network in _networks():
        with tenancy.scope([network]):
            near = Message.objects.filter(
                _to(report.address, person),
                network=network,
                state__in=GONE_OUT,
                sent_at__range=(report.at - WITHIN, report.at + AHEAD),
            )
            found += [(m.sent_at, m.message_id) for m in near.order_by("-sent_at")[:1] if m.sent_at]
    return mail_services.mark(max(found)[1]) if found else ""


def _note_mails(report: Report, mark: str) -> Iterator[int]:
    """Note it by every network's part of the mail. Yields the networks."""
    for network in _networks():
        with tenancy.scope([network]):
            parts = Message.objects.filter(network=network, message_id__startswith=f"<{mark}@")
            if _note_parts(parts, report):
                yield network


def _note_parts(parts: QuerySet[Message], report: Report) -> int:
    """A complaint says more than a mail that came back, and either more than one that was put off.

    A part of a digest may not say yet that it has been sent: its sender says so for many at once.
    """
    if report.what == What.PUT_OFF:
        return parts.filter(state=Message.State.SENT).update(
            failure=Message.Failure.PUT_OFF, failure_code=report.number
        )
    if report.what == What.GONE:
        parts = parts.exclude(state=Message.State.COMPLAINED)
    begun = Q(digest__state__in=[Digest.State.SENDING, Digest.State.SENT])
    return parts.filter(Q(state__in=GONE_OUT) | begun & ~Q(state=Message.State.FAILED)).update(
        state=report.what.value,
        sent_at=Coalesce("sent_at", Value(report.at)),
        failure="",
        failure_code=report.number,
    )


def _networks_that_wrote(address: str) -> Iterator[int]:
    """The networks that sent a letter to the address of somebody without an account."""
    for network in _open_networks():
        with tenancy.scope([network]):
            letters = Message.objects.filter(network=network, recipient=None, address__iexact=address)
            if letters.filter(state__in=GONE_OUT).exists():
                yield network


def _to(address: str, person: User | None) -> Q:
    own = Q(address__iexact=address)
    return own | Q(address="", recipient=person) if person else own


def _networks() -> Iterable[int]:
    return Network.objects.order_by("pk").values_list("pk", flat=True)


def _open_networks() -> Iterable[int]:
    return Network.objects.exclude(phase=Network.Phase.COMPLETED).order_by("pk").values_list("pk", flat=True)


# The address


def _trouble(report: Report) -> Trouble:
    """The mark on the address, made or found. One who complained has done so, whatever comes afterwards."""
    kind = Trouble.Kind(report.what.value)
    code = str(report.number or report.word)
    trouble, made = Trouble.objects.get_or_create(
        address=report.address, defaults={"kind": kind, "code": code, "since": report.at}
    )
    if not made and trouble.kind == Trouble.Kind.BOUNCED and kind == Trouble.Kind.COMPLAINED:
        trouble.kind, trouble.code, trouble.since = kind, code, report.at
        trouble.save(update_fields=["kind", "code", "since"])
    return trouble


def _told(network: int, trouble: Trouble, person: User | None) -> Iterator[Handed]:
    """What the network's coordinators are told; of her own address herself only where nobody else coordinates."""
    seats = Membership.objects.active().filter(network=network, role=Role.COORDINATOR)
    everyone = set(seats.values_list("user", flat=True))
    others = everyone - {person.pk} if person else everyone
    for coordinator in sorted(others or everyone):
        yield Handed(
            key=f"{key(trouble)}{trouble.kind}:{coordinator}",
            recipient_id=coordinator,
            kind=KIND,
            about={"trouble": trouble.pk, "kind": trouble.kind, "person": person.pk if person else None},
            due_at=trouble.since,
        )
