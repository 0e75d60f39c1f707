"""What is done with a poster that is written: made into files, handed in.

Every function needs the network's scope. Files are made in three steps (`begin_file`, `rendering.render_poster`,
`finish_file`), each seen by everyone before the next, so that a page can tell how far it has come and a worker that
dies leaves a trace.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from documents.models import Document
from documents.services import keep_made
from networks.models import AssignmentKind
from posters.composing import as_json, compose, from_json, gathering_name, words_of
from posters.content import PosterContent
from posters.models import Edition, Poster, Rendering
from posters.rendering import PAPERS, Paper, RenderedPoster, fingerprint, render_poster
from posters.sheets import Pictures, pictures_of
from sessions.models import Assignment, DeliveryVersion, Gathering
from sessions.services import deliver

MOST_ATTEMPTS = 3
FOR_THE_WALL = (Rendering.Paper.A3, Rendering.Paper.A1)
"""What every poster is made on: for one's own printer, and for the wall."""


class PosterTooLongError(ValueError):
    """The poster does not fit on a sheet. `sections` says about how many words too many each section has."""

    def __init__(self, sections: Mapping[str, int]) -> None:
        super().__init__("too long")
        self.sections = sections


class NoAssignmentError(ValueError):
    """Nobody has asked for a poster for this gathering, so it can not be handed in."""


# Making files


@transaction.atomic
def make_edition(*, poster: Poster, kept: bool = True) -> Edition:
    """Freeze the poster as it is now. The same content gives the edition there is; not `kept`, it is a preview."""
    content = compose(poster)
    edition, _made = Edition.objects.get_or_create(
        poster=poster,
        content_hash=_hash(poster, content),
        defaults={
            "network_id": poster.network_id,
            "own_file": poster.own_file,
            "language": poster.language,
            "content": as_json(content),
            "words": "\n".join([words_of(content), *poster.tags]),
            "kept": kept,
        },
    )
    if kept and not edition.kept:
        edition.kept = True
        edition.save(update_fields=["kept"])
    return edition


def _hash(poster: Poster, content: PosterContent) -> str:
    """The same exactly when the poster's files would be."""
    print_ = fingerprint(content, poster.language)
    return sha256(f"{print_}{poster.own_file.sha256}".encode()).hexdigest() if poster.own_file else print_


def current_edition(poster: Poster) -> Edition | None:
    """The edition of the poster as it is now, if one has been made."""
    content_hash = _hash(poster, compose(poster))
    return Edition.objects.filter(poster=poster, content_hash=content_hash).first()


@transaction.atomic
def request_files(*, edition: Edition, papers: Iterable[str] = FOR_THE_WALL) -> list[Rendering]:
    """Ask for the edition's files on these papers. Answers with those that a worker must be told of.

    What is made, too long, or being made is left as it is; what has failed or is stuck is asked for again. A file of
    the team's own is made of nothing: only pictures of it are.
    """
    wanted = [Rendering.Paper.A3.value] if edition.own_file_id else list(papers)
    ready = edition.renderings.filter(state=Rendering.State.READY)
    made = {rendering.paper for rendering in ready if not rendering.lacks_pictures}
    now = timezone.now()
    told = []
    for paper in wanted:
        if paper in made:
            continue
        Rendering.objects.get_or_create(
            edition=edition, paper=paper, defaults={"network_id": edition.network_id, "queued_at": now}
        )
        rendering = Rendering.objects.select_for_update().get(edition=edition, paper=paper)
        fresh = rendering.queued_at == now
        if fresh or rendering.state == Rendering.State.FAILED or rendering.is_stuck(now) or rendering.lacks_pictures:
            rendering.state, rendering.attempts = Rendering.State.QUEUED, 0
            rendering.queued_at, rendering.started_at = now, None
            rendering.save()
            told.append(rendering)
    return told


@transaction.atomic
def take_up_stuck() -> list[Rendering]:
    """Files whose worker died or whose message was lost, to be told of once more. Those tried too often stay as they
    are: the next worker gives them up."""
    now = timezone.now()
    waiting = Rendering.objects.select_for_update(skip_locked=True).filter(
        state__in=(Rendering.State.QUEUED, Rendering.State.WORKING)
    )
    stuck = [rendering for rendering in waiting if rendering.is_stuck(now)]
    for rendering in stuck:
        rendering.state, rendering.queued_at, rendering.started_at = Rendering.State.QUEUED, now, None
        rendering.save(update_fields=["state", "queued_at", "started_at"])
    return stuck


@dataclass(frozen=True)
class Job:
    """What a worker needs to make one file; `files` are the bytes of its pictures by their SHA-256. `own` is
    a PDF of the team's own, of which only pictures are made."""

    content: PosterContent
    paper: Paper
    language: str
    files: Mapping[str, bytes]
    own: bytes = b""


def make(job: Job) -> tuple[RenderedPoster, Pictures | None]:
    """The file, and the pictures of it where it is the one that pictures are made of. Needs no scope."""
    if job.own:
        return RenderedPoster(job.own, scale=1.0, too_long=(), pages=1, layouts=0), pictures_of(job.own)
    rendered = render_poster(job.content, job.paper, job.language, job.files)
    wanted = rendered.pdf and job.paper.name == Rendering.Paper.A3
    return rendered, pictures_of(rendered.pdf) if wanted else None


@transaction.atomic
def begin_file(*, rendering_pk: int, again: bool = False) -> Job | None:
    """Take a file to make it, or None when there is nothing to do: it is made, or another worker is at it.

    `again` says that the message came back because the worker that had it died. What has killed three of them is
    given up.
    """
    rendering = Rendering.objects.select_for_update(of=("self",)).select_related("edition").filter(pk=rendering_pk)
    found = rendering.first()
    now = timezone.now()
    if found is None or not found.on_its_way:
        return None
    if found.state == Rendering.State.WORKING and not again and not found.is_stuck(now):
        return None
    if found.attempts >= MOST_ATTEMPTS:
        _settle(found, Rendering.State.FAILED)
        return None
    found.state, found.started_at, found.attempts = Rendering.State.WORKING, now, found.attempts + 1
    found.save(update_fields=["state", "started_at", "attempts"])
    content = from_json(found.edition.content)
    files, own = read_pictures(content), _read_own(found.edition)
    return Job(content, PAPERS[found.paper], found.edition.language, files, own)


def _read_own(edition: Edition) -> bytes:
    if edition.own_file is None:
        return b""
    with edition.own_file.file.open("rb") as file:
        return bytes(file.read())


def read_pictures(content: PosterContent) -> dict[str, bytes]:
    """The bytes of a poster's pictures by their SHA-256. Needs the network's scope."""
    wanted = {photo.sha256 for photo in content.photos}
    if not wanted:
        return {}
    found = Document.objects.filter(sha256__in=wanted, content_type__startswith="image/").order_by("sha256", "pk")
    files = {}
    for document in found.distinct("sha256"):
        with document.file.open("rb") as file:
            files[document.sha256] = file.read()
    return files


@transaction.atomic
def finish_file(*, rendering_pk: int, rendered: RenderedPoster, pictures: Pictures | None = None) -> Rendering:
    """Keep what was made, or which sections are too long.

    1. Lock the edition, so that only one of its files is the last.
    2. Store the file, and the pictures of it.
    3. Hand the poster in, if somebody asked for that and this was the last file.
    """
    rendering = _with_edition_locked(rendering_pk)
    if rendered.too_long:
        rendering.too_long = {section.key: section.words for section in rendered.too_long}
        _settle(rendering, Rendering.State.TOO_LONG)
        return rendering
    rendering.unprintable = rendered.unprintable[:200]
    own = rendering.edition.own_file
    rendering.document = own or _store(rendering, ContentFile(rendered.pdf), "pdf", rendering.paper)
    if pictures:
        rendering.picture = _store(rendering, ContentFile(pictures.picture), "webp", _("sheet"))
        rendering.thumbnail = _store(rendering, ContentFile(pictures.thumbnail), "webp", _("small"))
    _settle(rendering, Rendering.State.READY)
    edition = rendering.edition
    if edition.deliver_for and _ready(edition):
        _hand_in(edition, edition.deliver_for)
    return rendering


@transaction.atomic
def fail_file(*, rendering_pk: int) -> None:
    """Write down that the file could not be made or kept."""
    _settle(_with_edition_locked(rendering_pk), Rendering.State.FAILED)


def _with_edition_locked(rendering_pk: int) -> Rendering:
    found = Rendering.objects.get(pk=rendering_pk)
    found.edition = (
        Edition.objects.select_for_update(of=("self",))
        .select_related("poster__team__network", "poster__gathering", "deliver_for")
        .get(pk=found.edition_id)
    )
    return found


def _settle(rendering: Rendering, state: Rendering.State) -> None:
    """Write the outcome. Where there is no file, nobody waits for it to be handed in any longer."""
    rendering.state, rendering.finished_at = state, timezone.now()
    rendering.save()
    if state != Rendering.State.READY and rendering.edition.deliver_for_id:
        rendering.edition.deliver_for = None
        rendering.edition.save(update_fields=["deliver_for"])


def _store(rendering: Rendering, file: "ContentFile[bytes]", kind: str, which: str) -> Document:
    poster = rendering.edition.poster
    with translation.override(rendering.edition.language):
        words = {"team": poster.team.name, "gathering": gathering_name(poster.gathering), "paper": which}
        name = _("Poster %(team)s %(gathering)s %(paper)s") % words
    network = poster.team.network
    return keep_made(network=network, by=None, file=file, kind=kind, name=f"{name.replace('/', '-')}.{kind}")


def _ready(edition: Edition) -> bool:
    ready = edition.renderings.filter(state=Rendering.State.READY)
    wanted = {Rendering.Paper.A3} if edition.own_file_id else set(FOR_THE_WALL)
    return wanted <= set(ready.values_list("paper", flat=True))


# Handing in


@transaction.atomic
def request_delivery(*, poster: Poster, by: User) -> list[Rendering]:
    """Hand the poster in as it is now: at once if its files are made, else as soon as they are.

    Answers with the files that a worker must be told of. Raises NoAssignmentError.
    """
    if poster_assignment(poster.gathering) is None:
        raise NoAssignmentError
    edition = make_edition(poster=poster)
    told = request_files(edition=edition)
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if _ready(edition):
        _hand_in(edition, by)
        return []
    if edition.renderings.filter(state=Rendering.State.TOO_LONG).exists():
        return []
    edition.deliver_for = by
    edition.save(update_fields=["deliver_for"])
    return told


@transaction.atomic
def deliver_poster(*, poster: Poster, by: User) -> DeliveryVersion:
    """Make the poster's files here and now, and hand it in. For where no worker stands by; a page asks one instead.

    Raises PosterTooLongError, NoAssignmentError.
    """
    edition = make_edition(poster=poster)
    request_files(edition=edition)
    for rendering in edition.renderings.filter(state=Rendering.State.QUEUED):
        job = begin_file(rendering_pk=rendering.pk)
        if job:
            rendered, pictures = make(job)
            finish_file(rendering_pk=rendering.pk, rendered=rendered, pictures=pictures)
    long = edition.renderings.filter(state=Rendering.State.TOO_LONG).first()
    if long:
        raise PosterTooLongError(long.too_long)
    return _hand_in(edition, by)


def poster_assignment(gathering: Gathering) -> Assignment | None:
    """What the team answers with its poster."""
    return Assignment.objects.filter(gathering=gathering, kind=AssignmentKind.POSTER).order_by("position", "pk").first()


def _hand_in(edition: Edition, by: User) -> DeliveryVersion:
    """Deliver the file a reader opens, the A3. What the team has written to it on the delivery's own page stays."""
    poster = edition.poster
    assignment = poster_assignment(poster.gathering)
    if assignment is None:
        raise NoAssignmentError
    draft = DeliveryVersion.objects.filter(
        delivery__team=poster.team, delivery__assignment=assignment, delivered_at=None
    ).first()
    version = deliver(
        team=poster.team,
        assignment=assignment,
        by=by,
        comment=draft.comment if draft else "",
        document=edition.renderings.get(paper=Rendering.Paper.A3).document,
    )
    edition.version, edition.deliver_for = version, None
    edition.save(update_fields=["version", "deliver_for"])
    return version
