"""What has to be known of a person before she is written to: asked for many at once, in a handful of queries."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from accounts.models import User
from networks.models import Membership, NationalCoordinator, Network
from notices import kinds
from notices.models import Choice, Notice, Quiet, Trouble

AT_WORK = (Network.Phase.RUNNING, Network.Phase.FOLLOW_UP)
"""The phases in which a network's people are told anything."""

PLANNED = Network.Phase.PLANNED
"""The phase in which those who prepare it are told what kinds `while_planned` say."""


@dataclass(frozen=True)
class Recipient:
    """A person and what she may be told, and how.

    `networks` are those she may enter, of those asked about, that are at work or planned. `choices` hold the kinds she
    has chosen a way for. `is_quiet`: she wants no mail today. `is_unreachable`: mail to her address comes back.
    """

    user: User
    networks: Mapping[int, Network]
    choices: Mapping[str, str]
    is_quiet: bool
    is_unreachable: bool

    def is_told(self, notice: Notice) -> bool:
        """Whether she may enter the network, and it is at work; of what prepares one, also before it begins."""
        network = self.networks.get(notice.network_id)
        if network is None:
            return False
        return network.phase in AT_WORK or notice.kind in kinds.told_while_planned()

    def way(self, notice: Notice) -> Choice.Way:
        """How she gets it. What she may not decline comes in the day's mail at least, unless none reaches her."""
        kind = kinds.find(notice.kind)
        chosen = Choice.Way(self.choices.get(notice.kind) or (kind.way if kind else Choice.Way.DIGEST))
        if self.is_unreachable:
            return Choice.Way.PRODUCT
        return Choice.Way.DIGEST if chosen == Choice.Way.PRODUCT and kind and not kind.may_decline else chosen


def read_recipients(people: Collection[int], networks: Collection[int], day: date) -> dict[int, Recipient]:
    """These people (primary keys), as far as these networks are concerned. Needs the networks' scope. Four queries."""
    asked = {
        "is_national": Exists(NationalCoordinator.objects.filter(user=OuterRef("pk"))),
        "is_quiet": Exists(Quiet.objects.filter(user=OuterRef("pk"), starts_on__lte=day, ends_on__gte=day)),
        "is_unreachable": Exists(Trouble.objects.filter(address=OuterRef("email"))),
    }
    users: dict[int, Any] = User.objects.annotate(**asked).in_bulk(people)  # with `asked`
    open_networks = Network.objects.filter(phase__in=[*AT_WORK, PLANNED]).in_bulk(networks)
    places = Membership.objects.active().filter(user__in=people, network__in=networks)
    entered: dict[int, set[int]] = defaultdict(set)
    for person, network in places.values_list("user", "network"):
        entered[person].add(network)
    choices: dict[int, dict[str, str]] = defaultdict(dict)
    for person, kind, way in Choice.objects.filter(user__in=people).values_list("user", "kind", "way"):
        choices[person][kind] = way
    return {
        pk: Recipient(
            user=user,
            networks={
                network: row
                for network, row in open_networks.items()
                if network in entered[pk] or (user.is_national and user.is_active)
            },
            choices=choices[pk],
            is_quiet=user.is_quiet,
            is_unreachable=user.is_unreachable,
        )
        for pk, user in users.items()
    }
