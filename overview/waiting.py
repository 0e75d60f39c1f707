"""Registrations that wait for a coordinator's answer, told on the first page she comes to."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import ngettext

from networks.access import is_completed
from networks.models import Network
from signup.models import Registration


@dataclass(frozen=True)
class Waiting:
    """What waits in one network."""

    network: Network
    count: int

    @property
    def sentence(self) -> str:
        return said_waiting(self.count)

    @property
    def address(self) -> str:
        return reverse("signup:registrations", args=[self.network.slug])


def read_waiting(networks: Iterable[Network]) -> list[Waiting]:
    """The networks in which something waits, in the order they came. One query; the networks must be open.

    In a completed network nothing can be answered, so nothing waits.
    """
    going = [network for network in networks if not is_completed(network)]
    found = Registration.objects.filter(state=Registration.State.SUBMITTED, network__in=going)
    counts = dict(found.order_by().values_list("network").annotate(Count("pk")))
    return [Waiting(network, counts[network.pk]) for network in going if network.pk in counts]


def said_waiting(count: int) -> str:
    """As "2 registrations wait for your answer"."""
    words = ngettext(
        "%(count)s registration waits for your answer", "%(count)s registrations wait for your answer", count
    )
    return words % {"count": count}
