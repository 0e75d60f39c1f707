"""The logo on a network's posters: a picture, kept as it is printed."""

from dataclasses import dataclass

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from documents.content import MEGABYTE, Refused
from documents.models import Document
from documents.services import keep_made
from networks.models import Network
from posters.imaging import prepare_photo

LARGEST = 5 * MEGABYTE


@dataclass(frozen=True)
class Logo:
    """The picture as it is kept, in pixels."""

    document: Document
    width: int
    height: int


@transaction.atomic
def keep_logo(*, network: Network, by: User, upload: "File[bytes]") -> Logo:
    """Keep a logo, turned, scaled and stripped of what the camera or the program wrote into it. Needs the network's
    scope. Raises documents.content.Refused, with words of what to do."""
    if upload.size > LARGEST:
        raise Refused("too_big", _("The logo is larger than 5 MB. Save it as a smaller picture."))
    prepared = prepare_photo(upload.read())
    name = _("Logo of %(network)s") % {"network": network.name.replace("/", "-")}
    document = keep_made(network=network, by=by, file=ContentFile(prepared.jpeg), kind="jpeg", name=f"{name[:140]}.jpg")
    return Logo(document, prepared.width, prepared.height)
