"""Telling the coordinators of a network that a registration waits for their answer: in their next digest."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from gpf import dates
from networks.models import Membership, Role
from notices.kinds import Handed, Kind, Line, Topic, Words
from notices.models import Notice
from notices.services import hand_over
from signup.letters import formal_name
from signup.models import Registration

WAITING = "registration_waiting"

WORDS = Words(
    WAITING,
    _("A registration waits for an answer"),
    gettext_noop("A registration from %(organisation)s waits for your answer, %(date)s"),
    gettext_noop("Sent %(date)s. Read it, and accept, ask back, decline or put it on the waiting list."),
    {
        "organisation": (_("the organisation"), "Vinje kommune"),
        "team": (_("what the team is called"), "Vinje"),
        "date": (_("the day it was sent"), _("Tuesday 8 December")),
    },
)


def announce(registration: Registration) -> None:
    """It has been sent: every coordinator of the network is told. Needs the network's scope."""
    assert registration.submitted_at is not None  # the caller has just written it
    coordinators = Membership.objects.active().filter(network=registration.network_id, role=Role.COORDINATOR)
    hand_over(
        network_id=registration.network_id,
        notices=[
            Handed(
                key=f"{key_of(registration)}{registration.submitted_at:%Y%m%d%H%M%S%f}:{person}",
                recipient_id=person,
                kind=WAITING,
                about={"registration": registration.pk},
                due_at=registration.submitted_at,
            )
            for person in coordinators.values_list("user", flat=True)
        ],
    )


def tell(notices: Sequence[Notice], today: date) -> dict[int, Line]:
    """Word what still waits, to those who still coordinate."""
    found = Registration.objects.select_related("invitee__organisation", "network").in_bulk(
        [notice.about["registration"] for notice in notices]
    )
    active = Membership.objects.active(today).filter(
        role=Role.COORDINATOR, network__in={notice.network_id for notice in notices}
    )
    coordinators = set(active.values_list("network", "user"))
    lines = {}
    for notice in notices:
        registration = found.get(notice.about["registration"])
        waits = registration is not None and registration.state == Registration.State.SUBMITTED
        if registration and waits and (notice.network_id, notice.recipient_id) in coordinators:
            lines[notice.pk] = _line(registration, today)
    return lines


def key_of(registration: Registration) -> str:
    """What the keys of the notices about a registration begin with."""
    return f"registration:{registration.pk}:"


def _line(registration: Registration, today: date) -> Line:
    assert registration.submitted_at is not None  # it waits, so it was sent
    sent = timezone.localdate(registration.submitted_at)
    fields = {
        "organisation": formal_name(registration.invitee.organisation),
        "team": registration.team_name,
        "date": dates.long_date(sent, today=today),
    }
    where = {"network_slug": registration.network.slug, "registration_pk": registration.pk}
    return WORDS.line(
        fields,
        title=gettext("Registration from %(organisation)s: %(team)s") % fields,
        path=reverse("signup:registration", kwargs=where),
        when=sent,
    )


KIND = Kind(
    WAITING,
    tell=tell,
    while_planned=True,
    label=_("Registrations that wait for an answer"),
    wordings=(WORDS,),
    roles=frozenset({Role.COORDINATOR}),
    topic=Topic.NETWORK,
)
