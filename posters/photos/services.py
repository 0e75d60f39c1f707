"""Pictures on a poster: added, put in order, put away and taken back. Every function needs the network's scope."""

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from documents.content import LARGEST, MEGABYTE, Refused, clean_name
from documents.services import keep_made
from gpf.guarded import holds_identity_number
from posters.imaging import Prepared, prepare_photo
from posters.models import Photo, Poster
from posters.scaling import LONGEST_SIDE

MOST = 6
"""Pictures on one poster: with more, none is large enough to be seen."""


def prepare(upload: "File[bytes]", longest: int = LONGEST_SIDE) -> Prepared:
    """An uploaded picture as it is printed. Raises Refused. Takes a second: done before the poster is locked."""
    if upload.size > LARGEST:
        values = {"size": -(-upload.size // MEGABYTE), "limit": LARGEST // MEGABYTE}
        raise Refused("too_big", _("The picture is %(size)d MB. The limit is %(limit)d MB. Make it smaller.") % values)
    if holds_identity_number(upload.name or ""):
        raise Refused("identity_number", _("The name of the file holds what looks like a national identity number."))
    return prepare_photo(upload.read(), longest)


@transaction.atomic
def add_photo(*, poster: Poster, section: str, prepared: Prepared, name: str, by: User) -> Photo:
    """Put a picture last in a section. The same picture twice in one section is one; put away, it comes back.

    1. Lock the poster, so that two who add at once do not go past the most.
    2. Find the same picture there, else keep the file and its row.
    """
    Poster.objects.select_for_update(of=("self",)).get(pk=poster.pk)
    stem = clean_name(name).rpartition(".")[0] or _("picture")
    document = keep_made(
        network=poster.team.network,
        by=by,
        file=ContentFile(prepared.jpeg),
        kind="jpeg",
        name=f"{stem}.jpg",
    )
    there = Photo.with_put_away.filter(poster=poster, section=section, document__sha256=document.sha256).first()
    if there is None or there.put_away_at:
        _refuse_too_many(poster)
    if there:
        there.put_away_at = None
        there.save(update_fields=["put_away_at"])
        return there
    last = Photo.objects.filter(poster=poster).aggregate(last=Max("position"))["last"] or 0
    return Photo.objects.create(
        network_id=poster.network_id,
        poster=poster,
        section=section,
        document=document,
        width=prepared.width,
        height=prepared.height,
        position=last + 1,
        added_by=by,
    )


@transaction.atomic
def put_away(*, photo: Photo) -> None:
    photo.put_away_at = timezone.now()
    photo.save(update_fields=["put_away_at"])


@transaction.atomic
def take_back(*, photo: Photo) -> None:
    """Raises Refused where there is no room any longer."""
    _refuse_too_many(photo.poster)
    photo.put_away_at = None
    photo.save(update_fields=["put_away_at"])


@transaction.atomic
def move_up(*, photo: Photo) -> None:
    """Let it change places with the one before it in its section."""
    before = list(Photo.objects.select_for_update().filter(poster=photo.poster, section=photo.section))
    at = next(index for index, one in enumerate(before) if one.pk == photo.pk)
    if at:
        before[at - 1], before[at] = before[at], before[at - 1]
        for position, one in enumerate(before, start=1):
            one.position = position
        Photo.objects.bulk_update(before, ["position"])


def _refuse_too_many(poster: Poster) -> None:
    if Photo.objects.filter(poster=poster).count() >= MOST:
        message = _("There are %(most)d pictures on the poster already. Put one away first.")
        raise Refused("too_many", message % {"most": MOST})
