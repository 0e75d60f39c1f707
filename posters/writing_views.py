"""The page a poster is written on, section by section, with the real page beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.serving import serve
from improvement.measures.models import Measure
from networks.access import NetworkRequest, network_view
from networks.models import Role
from posters import fields, previews, queries, services, versions, writing
from posters.access import Place, write_place
from posters.composing import changed_sections, compose, earlier_poster, gathering_name
from posters.fields import CHARTS
from posters.filling import Filling, fill
from posters.forms import PosterForm, starting
from posters.models import Poster, PosterVersion
from posters.pages import address, ask_for_files, progress_at, readable
from posters.photos.queries import Pictures, read_photos
from posters.queries import Note
from posters.sections import Section
from posters.template.resolving import sections_of_poster
from sessions.progress import DONE

USE = "use-"  # the button that takes what the improvement work says


@dataclass
class Writing:
    """What the page is made of."""

    place: Place
    draft: Poster
    form: PosterForm
    sections: Sequence[Section]
    known: Filling
    saved: writing.Saved


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER)
def edit(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """The poster, section by section. It saves itself while it is written, and by a button where no script runs."""
    place = write_place(request, team_slug, gathering_number)
    draft = writing.draft_for(place.team, place.gathering)
    page = _page(request, place, draft)
    if request.method != "POST":
        return render(request, "posters/edit.html", _context(page))
    page.form.is_valid()
    page.saved = writing.save_poster(
        team=place.team,
        gathering=place.gathering,
        by=request.user,
        texts=page.form.texts(_marks(request, "seen")) | _used(request, page),
        seen=_seen(request),
        language=page.form.cleaned_data.get("language", ""),
    )
    page.draft = page.saved.poster
    for key in page.saved.conflicts:
        page.form.add_error(
            key,
            _("This was changed meanwhile, by someone else in the team or in another window. Save to keep your text."),
        )
    if request.headers.get("HX-Request"):
        ask_for_files(previews.request_preview(poster=page.draft))
        response = render(request, "posters/parts/autosaved.html", _context(page))
        response["X-Saved"] = "yes"
        response["X-Revision"] = _revision(page.draft)
        return response
    if page.form.errors:
        return render(request, "posters/edit.html", _context(page))
    if request.POST.get("then") == "files":
        ask_for_files(services.request_files(edition=services.make_edition(poster=page.draft)))
        return redirect(address("files", place))
    if request.POST.get("then") == "preview":
        ask_for_files(previews.request_preview(poster=page.draft))
        return redirect(address("preview", place))
    return redirect(address("edit", place) + _anchor(request))


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER)
def preview(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """The page as it is printed: asked for by a POST, watched while it is made."""
    place = write_place(request, team_slug, gathering_number)
    draft = writing.draft_for(place.team, place.gathering)
    if not draft.pk:
        return redirect(address("edit", place))
    if request.method == "POST":
        ask_for_files(previews.request_preview(poster=draft))
        if not request.headers.get("HX-Request"):
            return redirect(address("preview", place))
    context = {
        "place": place,
        "gathering_name": gathering_name(place.gathering),
        "poster": draft,
        "preview": previews.read_preview(draft),
        "room": _room(draft),
    }
    if request.headers.get("HX-Request"):
        # Only the page one writes on has a place at each section to say how many words are too many.
        beside = request.headers.get("HX-Current-URL", "").partition("?")[0].endswith(address("edit", place))
        return render(request, "posters/parts/preview.html", context | {"with_room": beside})
    return render(request, "posters/preview.html", context)


@require_safe
@network_view(Role.TEAM_MEMBER)
def preview_picture(
    request: NetworkRequest, team_slug: str, gathering_number: int, rendering_pk: int
) -> HttpResponseBase:
    """The picture of a preview."""
    place = write_place(request, team_slug, gathering_number)
    shown = previews.pictures_of(place.team, place.gathering).filter(pk=rendering_pk).first()
    if shown is None or shown.picture is None:
        raise Http404
    return serve(shown.picture)


@require_safe
@network_view(Role.TEAM_MEMBER)
def revision(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """A mark that changes when somebody saves: asked for by an open page, to fetch what others write."""
    place = write_place(request, team_slug, gathering_number)
    draft = Poster.objects.filter(team=place.team, gathering=place.gathering).first()
    return HttpResponse(_revision(draft) if draft else "", content_type="text/plain; charset=utf-8")


@require_safe
@network_view(Role.TEAM_MEMBER)
def history(request: NetworkRequest, team_slug: str, gathering_number: int) -> HttpResponse:
    """What the poster said before."""
    place = write_place(request, team_slug, gathering_number)
    draft = get_object_or_404(Poster, team=place.team, gathering=place.gathering)
    context = {"place": place, "gathering_name": gathering_name(place.gathering), "steps": versions.read_steps(draft)}
    return render(request, "posters/history.html", context)


@require_safe
@network_view(Role.TEAM_MEMBER)
def version(request: NetworkRequest, team_slug: str, gathering_number: int, number: int) -> HttpResponse:
    """The poster as it stood then, as text."""
    place = write_place(request, team_slug, gathering_number)
    found = _version(place, number)
    then = found.poster
    then.own_file = None  # a version is of what is written here
    for name in versions.KEPT:
        setattr(then, name, found.stood[name])
    content = compose(then)
    context = {
        "place": place,
        "gathering_name": gathering_name(place.gathering),
        "version": found,
        "content": content,
        "language": then.language,
        "parts": readable(content.sections),
    }
    return render(request, "posters/version.html", context)


@require_POST
@network_view(Role.TEAM_MEMBER)
def go_back(request: NetworkRequest, team_slug: str, gathering_number: int, number: int) -> HttpResponse:
    """Let the poster say what it said then."""
    place = write_place(request, team_slug, gathering_number)
    found = _version(place, number)
    versions.go_back(poster=found.poster, version=found, by=request.user)
    messages.success(
        request, _("The poster says what it said then. What stood there until now is kept among the earlier versions.")
    )
    return redirect(address("edit", place))


# What the page is made of


def _page(request: NetworkRequest, place: Place, draft: Poster) -> Writing:
    sections = sections_of_poster(draft)
    texts = {key: fields.text_of(draft, key) for key in fields.keys_of(sections)}
    form = PosterForm(
        request.POST if request.method == "POST" else None,
        initial=starting(texts) | {"language": draft.language},
        sections=sections,
        written_in=draft.language,
        measures=list(Measure.objects.filter(team=place.team).order_by("pk")),
    )
    # An answer to what saves itself needs not what the improvement work says: that is on the page already.
    known = Filling() if request.headers.get("HX-Request") else fill(place.team, draft.language)
    return Writing(place, draft, form, sections, known, writing.Saved(draft))


def _marks(request: NetworkRequest, name: str) -> dict[str, str]:
    begins = f"{name}-"
    return {key.removeprefix(begins): str(mark) for key, mark in request.POST.items() if key.startswith(begins)}


def _seen(request: NetworkRequest) -> dict[str, str]:
    """The mark of each field as this person last saw it.

    Where an autosave has put another's text beside hers, that is what she has seen when she presses Save herself.
    What is sent on its own while she writes, or as she leaves, never overwrites it.
    """
    on_its_own = "HX-Request" in request.headers or "on-its-own" in request.POST
    return _marks(request, "seen") | ({} if on_its_own else _marks(request, "shown"))


def _used(request: NetworkRequest, page: Writing) -> dict[str, str]:
    """A section whose button "use this" was pressed, with what the improvement work says."""
    key = request.POST.get("use", "")
    return {key: page.known.texts[key]} if key in page.known.texts else {}


def _anchor(request: NetworkRequest) -> str:
    return f"#section-{request.POST['use']}" if request.POST.get("use") else ""


def _revision(poster: Poster) -> str:
    return f"{poster.saved_at:%Y%m%dT%H%M%S.%f}"


def _context(page: Writing) -> dict[str, Any]:
    place, draft, form = page.place, page.draft, page.form
    earlier = earlier_poster(place.team, place.gathering)
    progress = progress_at(place)
    offered = writing.offers(draft, page.known)
    changed = changed_sections(draft) if earlier else set()
    pictures = read_photos(draft)
    room = _room(draft)
    parts = [
        _part(page, section, offered, changed, pictures) | {"room": room.get(section.key, 0)}
        for section in page.sections
    ]
    return {
        "place": place,
        "gathering_name": gathering_name(place.gathering),
        "poster": draft,
        "form": form,
        "title_note": _note(page, fields.TITLE),
        "look_notes": [_note(page, key) for key in fields.LOOK],
        "facts": [part for part in parts if part["section"].slot == "fact"],
        "cards": [part for part in parts if part["section"].slot == "card"],
        "earlier": gathering_name(earlier.gathering) if earlier and not draft.pk else "",
        "has_earlier": earlier is not None,
        "pictures": pictures,
        "filled": page.known.texts if not draft.pk else {},
        "saved_at": draft.saved_at if draft.pk else None,
        "revision": _revision(draft) if draft.pk else "",
        "refused": [field for field in form if field.name in form.errors] if form.is_bound else [],
        "progress": progress,
        "is_done": progress is not None and progress.state in DONE,
        "preview": previews.read_preview(draft),
        "room": room,
    }


def _part(
    page: Writing, section: Section, offered: Mapping[str, str], changed: set[str], pictures: Pictures
) -> dict[str, Any]:
    key, form, shown = section.key, page.form, pictures.of(section.key)
    words = queries.count_words(section, form[key].value() or "")
    charts = CHARTS + key
    return {
        "section": section,
        "heading": section.named(page.draft.language),
        "field": form[key],
        "note": _note(page, key, words),
        "charts": form[charts] if charts in form.fields else None,
        "charts_note": _note(page, charts) if charts in form.fields else None,
        "offer": offered.get(key, ""),
        "is_new": key in changed,
        "shown": shown if section.kind == "photo" or shown.kept else None,
        "is_written": bool(form[key].value() or shown.kept),
    }


def _note(page: Writing, key: str, words: queries.Counter | None = None) -> Note:
    """Under a field. Its digest is of what is stored, so that what somebody else writes from now on is noticed; where
    she has left the field alone and others have not, it comes with their text, which a script puts into the field."""
    form, saved = page.form, page.saved
    stored = fields.text_of(page.draft, key)
    return Note(
        key=key,
        words=words,
        digest=fields.digest(stored),
        seen=form.data.get(f"seen-{key}", "") if key in saved.conflicts or key in saved.others else "",
        problems=tuple(str(problem) for problem in form.errors.get(key, [])),
        theirs=saved.conflicts.get(key, ""),
        fresh=saved.others.get(key),
    )


def _room(draft: Poster) -> dict[str, int]:
    """About how many words too many for the sheet, for every section the layout may have measured."""
    if not draft.pk:
        return {}
    over = previews.read_preview(draft).too_long
    return {section.key: over.get(section.key, 0) for section in sections_of_poster(draft)}


def _version(place: Place, number: int) -> PosterVersion:
    found = PosterVersion.objects.select_related("poster__gathering__network__programme", "poster__team", "made_by")
    return get_object_or_404(found, poster__team=place.team, poster__gathering=place.gathering, number=number)
