"""A team's own file instead of a poster written here. Every function needs the network's scope."""

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from documents.models import Document
from documents.services import keep_made
from posters.models import Poster
from posters.own.checking import OwnFile

SALT = "posters.own"
A_DAY = 24 * 60 * 60  # seconds; a document that nothing points to is kept as long

THE_FILE = gettext_lazy("the file")
THE_TITLE = gettext_lazy("the headline")
THE_TEXT = gettext_lazy("the poster in words")
THE_TAGS = gettext_lazy("words to find it by")


@transaction.atomic
def choose_file(*, poster: Poster, own: OwnFile, by: User) -> None:
    """Let the poster be this file, which has been checked."""
    document = keep_made(network=poster.team.network, by=by, file=own.pdf, kind="pdf", name=own.name)
    _set_file(poster, document, by)


@transaction.atomic
def save_words(*, poster: Poster, tags: list[str], by: User) -> None:
    """Keep what is said of the file; `poster` has the rest set already."""
    poster.tags, poster.saved_by, poster.saved_at = tags, by, timezone.now()
    poster.save(update_fields=["title", "language", "own_text", "tags", "saved_by", "saved_at"])


@transaction.atomic
def take_away(*, poster: Poster, by: User) -> str:
    """Go back to the poster that is written here. Answers with what `take_back` needs; what was said of it is kept."""
    ticket = signing.dumps([poster.pk, poster.own_file_id], salt=SALT)
    _set_file(poster, None, by)
    return ticket


@transaction.atomic
def take_back(*, poster: Poster, ticket: str, by: User) -> bool:
    """Let the poster be the file again that was taken away. False where it is gone, or another was chosen since."""
    document = taken_away(poster, ticket)
    if document:
        _set_file(poster, document, by)
    return document is not None


def taken_away(poster: Poster, ticket: str) -> Document | None:
    """The file of a poster that has none now, while it is there still."""
    try:
        poster_pk, document_pk = signing.loads(ticket, salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return None
    if poster.own_file_id or poster_pk != poster.pk:
        return None
    return Document.objects.filter(pk=document_pk).first()


def wanting(poster: Poster) -> list[str]:
    """What is still to be done before it can be delivered, and what helps others to find it."""
    there = {
        THE_FILE: poster.own_file_id,
        THE_TITLE: poster.title.strip(),
        THE_TEXT: poster.own_text.strip(),
        THE_TAGS: poster.tags,
    }
    return [str(what) for what, found in there.items() if not found]


def may_be_delivered(poster: Poster) -> bool:
    """Whether a file of the team's own has what it needs to be read by everybody."""
    return bool(poster.own_file_id and poster.title.strip() and poster.own_text.strip())


def _set_file(poster: Poster, document: Document | None, by: User) -> None:
    poster.own_file, poster.saved_by, poster.saved_at = document, by, timezone.now()
    poster.save(update_fields=["own_file", "saved_by", "saved_at"])
