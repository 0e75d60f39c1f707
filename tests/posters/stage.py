"""Posters in the cast's networks."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from documents.models import Document
from posters import services, writing
from posters.models import Edition, Poster, Rendering
from sessions.models import Assignment, Gathering
from tests.cast import Place
from tests.posters.samples import TEXTS


def write(place: Place, number: int = 2, **texts: str) -> Poster:
    """The team's poster, written by its leader."""
    chosen = texts or {"title": "Trygt hjem", **{key: TEXTS[key] for key in ("team", "matters", "learned")}}
    gathering = place.gatherings[number - 1]
    saved = writing.save_poster(team=place.team, gathering=gathering, by=place.team_leader, texts=chosen, seen={})
    return saved.poster


def make(poster: Poster) -> Edition:
    """Its files, without the time it takes to make them."""
    edition = services.make_edition(poster=poster)
    for rendering in services.request_files(edition=edition):
        rendering.document = pdf_document(poster, rendering.paper)
        if rendering.paper == Rendering.Paper.A3:
            rendering.picture = rendering.thumbnail = rendering.document
        rendering.state, rendering.finished_at = Rendering.State.READY, timezone.now()
        rendering.save()
    return edition


def hand_in(place: Place, number: int = 2, **texts: str) -> Edition:
    """The team's poster, made and delivered."""
    poster = write(place, number, **texts)
    edition = make(poster)
    services.request_delivery(poster=poster, by=place.team_leader)
    edition.refresh_from_db()
    return edition


def past(assignment: Assignment) -> None:
    """Let the deadline have been yesterday."""
    assignment.due = timezone.localdate() - timedelta(days=1)
    assignment.save()


def poster_before(gathering: Gathering) -> Assignment:
    found = services.poster_assignment(gathering)
    assert found is not None
    return found


def pdf_document(poster: Poster, paper: str) -> Document:
    document = Document(
        network_id=poster.network_id,
        name=f"Plakat {paper}.pdf",
        content_type="application/pdf",
        size=5,
        sha256="0" * 64,
    )
    document.file.save(f"{poster.network_id}/{paper}.pdf", ContentFile(b"%PDF-"))
    return document
