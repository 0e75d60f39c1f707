"""Documents in a network's library, for tests."""

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.library_services import add_to_library
from documents.models import LibraryDocument
from tests.cast import Place
from tests.documents import files


def put(place: Place, title: str, *, in_package: bool = False) -> LibraryDocument:
    """A document in the place's library; needs its scope."""
    upload = SimpleUploadedFile(f"{title}.pdf", files.pdf(title))
    return add_to_library(
        network=place.network, by=place.coordinator, upload=upload, title=title, in_package=in_package
    )
