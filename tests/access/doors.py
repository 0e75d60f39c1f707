"""The table of every address and who may enter it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.services import invite_person
from documents.services import store_document
from gpf import tenancy
from notices.models import Message
from posters.models import Rendering
from sessions.services import deliver
from teams.models import Team
from tests.access import (
    across,
    checklists,
    desk,
    goals,
    guiding,
    inviting,
    joining,
    measuring,
    method,
    mine,
    moving,
    papers,
    planning,
    plans,
    posters_archive,
    posters_books,
    posters_own,
    posters_photos,
    posters_template,
    posters_wall,
    posters_writing,
    registering,
    reminding,
    reporting,
    running,
    supervising,
    wording,
)
from tests.access.door import Door, nothing, west
from tests.cast import Cast
from tests.documents import files
from tests.posters import stage as posters


def own_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.team.slug}


def other_team(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"team_slug": cast.west.other_team.slug}


def plan(cast: Cast) -> dict[str, Any]:
    return own_team(cast) | {"assignment_pk": cast.west.document.pk}


def others_plan(cast: Cast) -> dict[str, Any]:
    return other_team(cast) | {"assignment_pk": cast.west.document.pk}


def delivered_file(cast: Cast) -> dict[str, Any]:
    return plan(cast) | _deliver_file(cast, cast.west.team)


def others_file(cast: Cast) -> dict[str, Any]:
    return others_plan(cast) | _deliver_file(cast, cast.west.other_team)


def _deliver_file(cast: Cast, team: Team) -> dict[str, Any]:
    place = cast.west
    with tenancy.scope([place.network.pk]):
        upload = SimpleUploadedFile("plan.pdf", files.pdf("Plan"))
        document = store_document(network=place.network, by=place.team_leader, upload=upload)
        deliver(team=team, assignment=place.document, by=place.team_leader, comment="", document=document)
    return {"number": 1}


def gathering(cast: Cast) -> dict[str, Any]:
    return west(cast) | {"gathering_pk": cast.west.gatherings[1].pk}


def message(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        sent = Message.objects.create(
            network=cast.west.network,
            recipient=cast.west.team_leader,
            day=timezone.localdate(),
            message_id="<a@test.example>",
            language="nb",
            subject="Lag plakat",
            text="Lag plakat før samlingen.",
            state=Message.State.SENT,
            sent_at=timezone.now(),
        )
    return west(cast) | {"message_pk": sent.pk}


def invitation(cast: Cast) -> dict[str, Any]:
    invited = invite_person(email="ny@test.example", name="Ny", language="nb", landing="/", by=None)
    return {"secret": invited.url.rstrip("/").rpartition("/")[2]}


def own_poster(cast: Cast) -> dict[str, Any]:
    """Begun and made, not delivered."""
    with tenancy.scope([cast.west.network.pk]):
        posters.make(posters.write(cast.west))
    return own_team(cast) | {"gathering_number": 2}


def hung_poster(cast: Cast) -> dict[str, Any]:
    """Delivered, and the deadline has passed."""
    with tenancy.scope([cast.west.network.pk]):
        posters.hand_in(cast.west)
        posters.past(cast.west.poster)
    return own_team(cast) | {"gathering_number": 2}


def hung_on_the_wall(cast: Cast) -> dict[str, Any]:
    hung_poster(cast)
    return west(cast)


def others_poster(cast: Cast) -> dict[str, Any]:
    return other_team(cast) | {"gathering_number": 2}


def own_poster_file(cast: Cast) -> dict[str, Any]:
    own_poster(cast)
    return _poster_file(cast)


def hung_poster_file(cast: Cast) -> dict[str, Any]:
    hung_poster(cast)
    return _poster_file(cast)


def _poster_file(cast: Cast) -> dict[str, Any]:
    with tenancy.scope([cast.west.network.pk]):
        return west(cast) | {"rendering_pk": Rendering.objects.get(paper="A3").pk}


#   anonymous, stranger, national, coordinator, supervisor, team leader, member, leader, observer, east's two
DOORS = [
    Door("healthz", "!!!!!!!!!!!", nothing, is_page=False, note="no worker and no beat in these tests"),
    Door("help", "+++++++++++", nothing),
    Door("accessibility", "+++++++++++", nothing),
    Door("privacy", "+++++++++++", nothing),
    Door("account_addresses", "00000000000", nothing),
    Door("accounts:language", "mmmmmmmmmmm", nothing),
    Door("accounts:profile", ">++++++++++", nothing),
    Door("accounts:invitation", "+++++++++++", invitation),
    Door("overview:home", ">++++++++++", nothing),
    Door("overview:networks", ">++++++++++", nothing),
    Door("overview:network", ">0+++++++00", west),
    Door("overview:matrix", ">0+++----00", west),
    Door("overview:matrix_csv", ">0+++----00", west, is_page=False),
    Door("overview:matrix_xlsx", ">0+++----00", west, is_page=False),
    Door("overview:teams", ">0+++++++00", west),
    Door("overview:team", ">0+++++++00", own_team),
    Door("overview:team", ">0+++++++00", other_team, note="another team's"),
    Door("gatherings:list", ">0+++++++00", west),
    Door("gatherings:gathering", ">0+++++++00", gathering),
    Door("gatherings:delivery", ">0++++++-00", plan),
    Door("gatherings:delivery", ">0++0000-00", others_plan, note="another team's"),
    Door("gatherings:file", ">0++++++-00", delivered_file, is_page=False),
    Door("gatherings:file", ">0++0000-00", others_file, is_page=False, note="another team's"),
    Door("gatherings:deliver", ">0---++--00", plan, is_page=False),
    Door("gatherings:deliver", ">0---00--00", others_plan, is_page=False, note="another team's"),
    Door("gatherings:reply", ">0---++--00", plan, is_page=False),
    Door("gatherings:reply", ">0---00--00", others_plan, is_page=False, note="another team's"),
    Door("gatherings:extend", ">0++-----00", plan, is_page=False),
    Door("gatherings:exempt", ">0++-----00", plan, is_page=False),
    Door("gatherings:lift", ">0++-----00", plan, is_page=False),
    Door("gatherings:lift", ">0++-----00", plan, is_page=False, method="POST"),
    Door("posters:wall", ">0+++++++00", hung_on_the_wall),
    Door("posters:poster", ">0+++++0000", own_poster, note="being written"),
    Door("posters:poster", ">0+++++++00", hung_poster, note="delivered"),
    Door("posters:edit", ">0---++--00", own_poster),
    Door("posters:edit", ">0---00--00", others_poster, note="another team's"),
    Door("posters:files", ">0---++--00", own_poster),
    Door("posters:files", ">0---00--00", others_poster, note="another team's"),
    Door("posters:deliver", ">0---++--00", own_poster),
    Door("posters:deliver", ">0---00--00", others_poster, note="another team's"),
    Door("posters:file", ">0+++++0000", own_poster_file, is_page=False, note="being written"),
    Door("posters:file", ">0+++++++00", hung_poster_file, is_page=False, note="delivered"),
    Door("teams:people", ">0++-----00", west),
    Door("teams:people", ">0++-----00", west, method="POST"),
    Door("notices:outbox", ">0++-----00", west),
    Door("notices:message", ">0++-----00", message),
    *planning.DOORS,
    *moving.DOORS,
    *inviting.DOORS,
    *registering.DOORS,
    *joining.DOORS,
    *reporting.DOORS,
    *running.DOORS,
    *reminding.DOORS,
    *supervising.DOORS,
    *method.DOORS,
    *mine.DOORS,
    *goals.DOORS,
    *guiding.DOORS,
    *measuring.DOORS,
    *across.DOORS,
    *plans.DOORS,
    *checklists.DOORS,
    *desk.DOORS,
    *papers.DOORS,
    *posters_archive.DOORS,
    *posters_books.DOORS,
    *posters_template.DOORS,
    *posters_own.DOORS,
    *posters_photos.DOORS,
    *posters_writing.DOORS,
    *posters_wall.DOORS,
    *wording.DOORS,
]
