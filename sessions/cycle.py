"""A network's gatherings as the line that the pages draw."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from gpf.timeline import Stop, Timeline, lay_out
from networks.models import Network
from networks.planning import add_months
from sessions.models import Gathering
from sessions.queries import read_gatherings


def read_cycle(network: Network, *, today: date) -> Timeline | None:
    """The line of the open network; None when nothing is known of any gathering."""
    return draw_cycle(network, read_gatherings(), today=today)


def draw_cycle(network: Network, gatherings: Sequence[Gathering], *, today: date) -> Timeline | None:
    """The line of gatherings in order: preparation where it was planned, each of them, the work that follows."""
    if not gatherings:
        return None
    stops = [*_preparation(network, gatherings), *(_stop(network, gathering) for gathering in gatherings)]
    return lay_out([*stops, Stop(_("Follow-up"), kind="follow_up")], today=today)


def _preparation(network: Network, gatherings: Sequence[Gathering]) -> list[Stop]:
    """Only a network that was planned from a pattern says when its preparation begins."""
    first = next((gathering.starts_on for gathering in gatherings if gathering.starts_on), None)
    if network.preparation_months is None or first is None:
        return []
    return [Stop(_("Preparation"), add_months(first, -network.preparation_months), kind="preparation")]


def _stop(network: Network, gathering: Gathering) -> Stop:
    return Stop(
        label=str(capfirst(str(gathering))),
        start=gathering.when,
        end=gathering.ends_on,
        kind="gathering" if gathering.kind == Gathering.Kind.NETWORK else "extra",
        month_only=gathering.starts_on is None,
        url=reverse("gatherings:gathering", args=[network.slug, gathering.pk]),
        place=gathering.place,
        cancelled=gathering.state == Gathering.State.CANCELLED,
        number=gathering.number,
    )
