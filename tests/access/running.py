"""Doors of settings, phases, changes and exports."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents.services import store_document
from gpf import tenancy
from sessions.services import deliver
from tests.access.door import Door, west
from tests.cast import Cast
from tests.documents import files


def own_plan(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug, "assignment_pk": cast.west.document.pk}


def delivered_plan(cast: Cast) -> dict[str, Any]:
    """Delivered, with a file, and not shared."""
    return own_plan(cast) | _deliver(cast, is_shared=False)


def shared_plan(cast: Cast) -> dict[str, Any]:
    return own_plan(cast) | _deliver(cast, is_shared=True)


def _deliver(cast: Cast, *, is_shared: bool) -> dict[str, Any]:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        upload = SimpleUploadedFile("plan.pdf", files.pdf("Plan"))
        document = store_document(network=place.network, by=place.member, upload=upload)
        version = deliver(team=place.team, assignment=place.document, by=place.member, comment="", document=document)
        version.delivery.shared_at = timezone.now() if is_shared else None
        version.delivery.save()
    return {}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS: list[Door] = [
    Door("overview:settings", ">0++-----00", west),
    Door("overview:phase", ">0++-----00", west),
    Door("overview:changes", ">0++-----00", west),
    Door("overview:export_xlsx", ">0++-----00", west, is_page=False),
    Door("overview:export_json", ">0++-----00", west, is_page=False),
    Door("gatherings:share", ">0---++--00", own_plan, is_page=False),
    Door("gatherings:shared", ">0++++++000", delivered_plan, note="delivered"),
    Door("gatherings:shared", ">0+++++++00", shared_plan, note="shared"),
    Door("gatherings:shared_file", ">0++++++000", delivered_plan, is_page=False, note="delivered"),
    Door("gatherings:shared_file", ">0+++++++00", shared_plan, is_page=False, note="shared"),
]
