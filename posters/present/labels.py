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
class Labels:
    """The posters of a gathering that get a label, as they are called now, and the teams that have not begun one."""

    posters: list[Poster]
    delivered: set[int]
    without: list[Team]


def read_labels(gathering: Gathering) -> Labels:
    """In the order of the wall. Needs the network's scope, and a coordinator who asks."""
    order = (
        "team__participation__organisation__sort_name",
        "team__participation__organisation",
        "team__sort_name",
        "team",
    )
    posters = list(
        Poster.objects.filter(gathering=gathering).select_related("team__participation__organisation").order_by(*order)
    )
    begun = {poster.team_id for poster in posters}
    handed_in = Edition.objects.filter(poster__gathering=gathering).exclude(version=None)
    return Labels(
        posters,
        set(handed_in.values_list("poster", flat=True)),
        list(Team.objects.going_on().exclude(pk__in=begun).order_by("sort_name", "pk")),
    )


def on_paper(network: Network, gathering: Gathering, posters: list[Poster]) -> dict[str, Any]:
    """What the printer is given."""
    return {"gathering": gathering_name(gathering), "labels": [_label(network, gathering, one) for one in posters]}


def _label(network: Network, gathering: Gathering, poster: Poster) -> dict[str, str]:
    team = poster.team
    title = clean(poster.title) or team.name
    names = dict.fromkeys((team.name, organisation_name(team.participation.organisation)))
    return {
        "title": title,
        "byline": " · ".join(name for name in names if name != title),
        "address": poster_address(network, team.slug, gathering.number or 0),
    }
