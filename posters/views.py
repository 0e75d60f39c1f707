"""The pages of posters: written, made into files, handed in, read."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.serving import serve
from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Role
from posters import queries, services
from posters.access import Place, read_file, read_poster, visible_editions, write_place
from posters.composing import compose, earlier_poster, gathering_name
from posters.content import Block, PosterSection, blocks
from posters.forms import PosterForm
from posters.models import Poster, Rendering
from posters.queries import Note
from posters.sections import Section
from posters.tasks import make_file
from posters.template.resolving import sections_of_poster
from sessions.access import progress_of
from sessions.models import Delivery, Gathering
from sessions.progress import DONE, Progress
from sessions.queries import read_supervisors
from teams.access import own_teams


@require_safe
@network_view()
def wall(request: NetworkRequest) -> HttpResponse:
    """The posters a person may read, gathering by gathering, and the way to her own."""
    today = timezone.localdate()
    coming = None if is_completed(request.network) else _coming(today)
    context = {
        "walls": queries.read_walls(visible_editions(request)),
        "coming": coming,
        "coming_name": gathering_name(coming) if coming else "",
        "own": own_teams(request).distinct().order_by("sort_name") if coming else [],
        "others_shown": request.network.posters_shown,
    }
    return render(request, "posters/wall.html", context)


def _coming(today: date) -> Gathering | None:
    """The next gathering, which a team makes its poster for."""
    ahead = Gathering.objects.filter(kind=Gathering.Kind.NETWORK, ends_on__gte=today)
    return ahead.order_by("starts_on").first()


@require_safe
@network_view()
def poster(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """A poster as text, with its files."""
    reading = read_poster(request, team_slug, gathering_number)
    files = queries.read_files(reading.edition)
    context = {
        "reading": reading,
        "place": reading.place,
        "content": reading.content,
        "facts": _readable(reading.content.sections, "fact"),
        "cards": _readable(reading.content.sections, "card"),
        "files": files.ready,
        "delivered_at": reading.edition.version.delivered_at if reading.edition and reading.edition.version else None,
        "delivery": _delivery_address(request, reading.place) if reading.is_inner else "",
    }
    return render(request, "posters/poster.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER)
def edit(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """The poster, section by section. It saves itself while it is written, and by a button where no script runs."""
    place = write_place(request, team_slug, gathering_number)
    draft = services.draft_for(place.team, place.gathering)
    sections = sections_of_poster(draft)
    start = {key: services.text_of(draft, key) for key in _keys(sections)} | {"language": draft.language}
    form = PosterForm(
        request.POST if request.method == "POST" else None, initial=start, sections=sections, written_in=draft.language
    )
    if request.method != "POST":
        return render(request, "posters/edit.html", _writing(place, draft, form, sections, {}))
    form.is_valid()
    saved = services.save_poster(
        team=place.team,
        gathering=place.gathering,
        by=request.user,
        texts=form.texts,
        seen=_seen(request, sections),
        language=form.cleaned_data.get("language", ""),
    )
    for key in saved.conflicts:
        form.add_error(
            key,
            _("This was changed meanwhile, by someone else in the team or in another window. Save to keep your text."),
        )
    context = _writing(place, saved.poster, form, sections, saved.conflicts)
    if request.headers.get("HX-Request"):
        response = render(request, "posters/parts/autosaved.html", context)
        response["X-Saved"] = "yes"
        return response
    if form.errors:
        return render(request, "posters/edit.html", context)
    if request.POST.get("then") == "files":
        _ask_for_files(services.request_files(edition=services.make_edition(poster=saved.poster)))
        return redirect(_address("files", place))
    return redirect(_address("edit", place))


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER)
def files(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """The poster's PDFs: asked for by a POST, watched while they are made, fetched."""
    place = write_place(request, team_slug, gathering_number)
    draft = services.draft_for(place.team, place.gathering)
    if not draft.pk:
        return redirect(_address("edit", place))
    if request.method == "POST":
        _ask_for_files(services.request_files(edition=services.make_edition(poster=draft)))
        return redirect(_address("files", place))
    found = queries.read_files(services.current_edition(draft))
    context = {
        "place": place,
        "gathering_name": gathering_name(place.gathering),
        "poster": draft,
        "files": found,
        "total": len(found.renderings),
        "progress": _progress(place),
        "is_delivered": bool(found.edition and found.edition.version_id),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "posters/files.html", context)
    response = render(request, "posters/parts/files.html", context)
    if found.state != "waiting":
        response["HX-Trigger"] = _announcement(found)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER)
def deliver(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """Hand the poster in: first who will be told, then the button."""
    place = write_place(request, team_slug, gathering_number)
    draft = services.draft_for(place.team, place.gathering)
    if not draft.pk:
        return redirect(_address("edit", place))
    assignment = services.poster_assignment(place.gathering)
    if request.method == "POST" and assignment:
        _ask_for_files(services.request_delivery(poster=draft, by=request.user))
        edition = services.current_edition(draft)
        if edition and edition.version_id:
            messages.success(request, _("The poster is delivered."))
            return redirect(_address("poster", place))
        return redirect(_address("files", place))
    context = {
        "place": place,
        "gathering_name": gathering_name(place.gathering),
        "content": compose(draft),
        "assignment": assignment,
        "progress": _progress(place),
        "supervisors": read_supervisors(place.team, timezone.localdate()),
    }
    return render(request, "posters/deliver.html", context)


@require_safe
@network_view()
def file(request: NetworkRequest, rendering_pk: int) -> HttpResponseBase:
    """One PDF, to be saved."""
    document = read_file(request, rendering_pk).document
    assert document is not None  # a ready rendering has one, by the table's own constraint
    response: FileResponse = serve(document)
    return response


# What the pages are made of


def _keys(sections: tuple[Section, ...]) -> list[str]:
    return [services.TITLE, *(section.key for section in sections)]


def _seen(request: NetworkRequest, sections: tuple[Section, ...]) -> dict[str, str]:
    """The mark of each field as this person last saw it.

    Where an autosave has put another's text beside hers, that is what she has seen when she presses Save herself.
    What is sent on its own while she writes, or as she leaves, never overwrites it.
    """
    on_its_own = "HX-Request" in request.headers or "on-its-own" in request.POST
    names = ["seen"] if on_its_own else ["seen", "shown"]
    return {
        key: request.POST[f"{name}-{key}"]
        for name in names
        for key in _keys(sections)
        if f"{name}-{key}" in request.POST
    }


def _writing(
    place: Place, draft: Poster, form: PosterForm, sections: tuple[Section, ...], conflicts: Mapping[str, str]
) -> dict[str, Any]:
    """The page a poster is written on."""
    earlier = earlier_poster(place.team, place.gathering)
    progress = _progress(place)
    return {
        "place": place,
        "gathering_name": gathering_name(place.gathering),
        "poster": draft,
        "form": form,
        "title_note": _note(services.TITLE, None, draft, form, conflicts),
        "facts": [_part(section, draft, form, conflicts) for section in sections if section.slot == "fact"],
        "cards": [_part(section, draft, form, conflicts) for section in sections if section.slot == "card"],
        "earlier": gathering_name(earlier.gathering) if earlier and not draft.pk else "",
        "saved_at": draft.saved_at if draft.pk else None,
        "refused": [field for field in form if field.name in form.errors] if form.is_bound else [],
        "progress": progress,
        "is_done": progress is not None and progress.state in DONE,
    }


def _part(section: Section, draft: Poster, form: PosterForm, conflicts: Mapping[str, str]) -> dict[str, Any]:
    words = queries.count_words(section, form[section.key].value() or "")
    return {
        "section": section,
        "heading": section.named(draft.language),
        "field": form[section.key],
        "note": _note(section.key, words, draft, form, conflicts),
    }


def _note(
    key: str, words: queries.Counter | None, draft: Poster, form: PosterForm, conflicts: Mapping[str, str]
) -> Note:
    """Under a field. Its digest is of what is stored, so that what somebody else writes from now on is noticed."""
    return Note(
        key=key,
        words=words,
        digest=services.digest(services.text_of(draft, key)),
        seen=form.data.get(f"seen-{key}", "") if key in conflicts else "",
        problems=tuple(str(problem) for problem in form.errors.get(key, [])),
        theirs=conflicts.get(key, ""),
    )


def _progress(place: Place) -> Progress | None:
    """How far the team has come with the assignment the poster answers."""
    assignment = services.poster_assignment(place.gathering)
    if assignment is None:
        return None
    delivery = Delivery.objects.filter(team=place.team, assignment=assignment).first()
    return progress_of(place.team, assignment, delivery, today=timezone.localdate())


def _readable(sections: tuple[PosterSection, ...], slot: str) -> list[dict[str, Any]]:
    """The sections that stand there, their lines gathered by kind."""
    return [
        {"section": section, "runs": [{"kind": kind, "blocks": list(run)} for kind, run in _runs(section)]}
        for section in sections
        if section.slot == slot
    ]


def _runs(section: PosterSection) -> Iterator[tuple[str, Iterator[Block]]]:
    return groupby(blocks(section), key=lambda block: block.kind)


def _ask_for_files(told: list[Rendering]) -> None:
    """Tell the workers, once they can see what they are told of."""
    for rendering in told:
        transaction.on_commit(lambda one=rendering: make_file.delay(one.network_id, one.pk))  # type: ignore[misc]  # a lambda's default has no type


def _announcement(found: queries.Files) -> str:
    """What a screen reader says when the waiting is over."""
    words = {
        "ready": _("The PDFs are ready."),
        "too_long": _("The text is too long for the sheet."),
        "failed": _("The PDFs could not be made."),
        "stuck": _("The PDFs could not be made."),
    }
    return json.dumps({"announce": words.get(found.state, "")})


def _address(name: str, place: Place) -> str:
    where = {"network_slug": place.team.network.slug, "team_slug": place.team.slug}
    return reverse(f"posters:{name}", kwargs={**where, "gathering_number": place.gathering.number})


def _delivery_address(request: NetworkRequest, place: Place) -> str:
    assignment = services.poster_assignment(place.gathering)
    if assignment is None:
        return ""
    where = {"network_slug": request.network.slug, "team_slug": place.team.slug, "assignment_pk": assignment.pk}
    return reverse("gatherings:delivery", kwargs=where)
