"""Doors of the reports: where teams are, what leaders get, networks side by side."""

from typing import Any

from documents.services import keep_made_pdf
from gpf import tenancy
from supervision.models import LeaderReport
from tests.access.door import Door, nothing, west
from tests.cast import Cast
from tests.documents import files


def own(cast: Cast) -> dict[str, Any]:
    """Vinje, which the leader committed."""
    return west(cast) | {"participation_pk": cast.west.team.participation_id}


def others(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"participation_pk": cast.west.other_team.participation_id}


def sent(cast: Cast) -> dict[str, Any]:
    return own(cast) | {"report_pk": _send(cast, cast.west.team.participation_id)}


def others_sent(cast: Cast) -> dict[str, Any]:
    return others(cast) | {"report_pk": _send(cast, cast.west.other_team.participation_id)}


def _send(cast: Cast, participation: int) -> int:
    network = cast.west.network
    with tenancy.scope([network.pk]):
        document = keep_made_pdf(network=network, by=None, pdf=files.pdf("Team"), name="team.pdf")
        report = LeaderReport.objects.create(
            network=network, participation_id=participation, period="2026-1", document=document
        )
    return report.pk


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("supervision:national", ">0+00000000", nothing),
    Door("supervision:standing", ">0+++----00", west),
    Door("supervision:standing", ">0+++----00", west, method="POST", is_page=False),
    Door("supervision:leaders", ">0++-----00", west),
    Door("supervision:leaders", ">0++-----00", west, method="POST", is_page=False),
    Door("supervision:leader", ">0++---+-00", own),
    Door("supervision:leader", ">0++---0-00", others, note="another organisation's"),
    Door("supervision:leader", ">0++---+-00", own, method="POST", is_page=False),
    Door("supervision:leader_file", ">0++---+-00", sent, is_page=False),
    Door("supervision:leader_file", ">0++---0-00", others_sent, is_page=False, note="another organisation's"),
]
