"""Which posters get a label, and what stands on it."""

from dataclasses import dataclass
from typing import Any

from networks.models import Network
from posters.composing import gathering_name, organisation_name
from posters.content import clean
from posters.models import Edition, Poster
from posters.present.qr import poster_address
from sessions.models import Gathering
from teams.models import Team


@dataclass(frozen=True)
class Label:
    """What stands on the label of a poster."""

    title: str
    names: tuple[str, ...]
    language: str
    address: str
    is_delivered: bool


@dataclass(frozen=True)
class Labels:
    """A label for each poster of a gathering, as it is called now, and the teams that have not begun one."""

    labels: list[Label]
    without: list[Team]


def read_labels(network: Network, gathering: Gathering) -> Labels:
    """In the order of the wall. Needs the network's scope, and a coordinator who asks."""
    posters = Poster.objects.filter(gathering=gathering).select_related("team__participation__organisation")
    ordered = posters.order_by(
        "team__participation__organisation__sort_name",
        "team__participation__organisation",
        "team__sort_name",
        "team",
    )
    handed_in = Edition.objects.filter(poster__gathering=gathering).exclude(version=None)
    delivered = set(handed_in.values_list("poster", flat=True))
    without = Team.objects.going_on().exclude(pk__in=posters.values("team")).order_by("sort_name", "pk")
    return Labels([_label(network, gathering, one, one.pk in delivered) for one in ordered], list(without))


def on_paper(gathering: Gathering, found: Labels) -> dict[str, Any]:
    """What the printer is given."""
    labels = [{"title": one.title, "names": list(one.names), "address": one.address} for one in found.labels]
    return {"gathering": gathering_name(gathering), "labels": labels}


def _label(network: Network, gathering: Gathering, poster: Poster, is_delivered: bool) -> Label:
    team = poster.team
    title = clean(poster.title) or team.name
    names = dict.fromkeys((team.name, organisation_name(team.participation.organisation)))
    return Label(
        title=title,
        names=tuple(name for name in names if name != title),
        language=poster.language,
        address=poster_address(network, team.slug, gathering.number or 0),
        is_delivered=is_delivered,
    )
