"""Telling a network's coordinators that mail to somebody comes back, or was reported as unwanted."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from gpf import dates
from networks.models import Membership, Network, Role
from notices.kinds import Line
from notices.models import Notice, Trouble


def tell(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word the marks that still stand: nobody has put the address right, and the person is in the network with it."""
    troubles = Trouble.objects.in_bulk([notice.about["trouble"] for notice in notices])
    people = User.objects.in_bulk([notice.about["person"] for notice in notices if notice.about["person"]])
    networks = Network.objects.in_bulk([notice.network_id for notice in notices])
    seats = set(
        Membership.objects.active(today)
        .filter(network__in=networks, user__in=[*people, *(notice.recipient_id for notice in notices)])
        .values_list("network", "user", "role")
    )
    members = {(network, user) for network, user, _role in seats}
    lines = {}
    for notice in notices:
        trouble = troubles.get(notice.about["trouble"])
        person = people.get(notice.about["person"])
        if trouble is None or trouble.kind != notice.about["kind"]:
            continue
        if (notice.network_id, notice.recipient_id, Role.COORDINATOR) not in seats:
            continue
        if notice.about["person"] and not (person and _is_hers(trouble, person, notice.network_id, members)):
            continue
        lines[notice.pk] = _line(trouble, person, networks[notice.network_id], today)
    return lines


def _is_hers(trouble: Trouble, person: User, network: int, members: set[tuple[int, int]]) -> bool:
    return person.email == trouble.address and (network, person.pk) in members


def _line(trouble: Trouble, person: User | None, network: Network, today: date) -> Line:
    words = {
        "name": (person.name if person else "") or trouble.address,
        "address": trouble.address,
        "date": dates.long_date(timezone.localdate(trouble.since), today=today),
    }
    if trouble.kind == Trouble.Kind.COMPLAINED:
        return Line(
            subject=_("%(name)s reported our mail as unwanted, %(date)s") % words,
            title=_("Mail to %(name)s") % words,
            text=_("Our mail to %(address)s was reported as unwanted %(date)s. Ask which mails are of use.") % words,
            path=_path(network),
        )
    return Line(
        subject=_("Mail to %(name)s comes back, %(date)s") % words,
        title=_("Mail to %(name)s") % words,
        text=_("Our mail to %(address)s came back %(date)s. Ask for the right address, and put it right.") % words,
        path=_path(network),
    )


def _path(network: Network) -> str:
    return reverse("notices:addresses", args=[network.slug])
