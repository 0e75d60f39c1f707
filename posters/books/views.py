"""All the posters of a gathering in one file: asked for by a coordinator, watched, stopped, fetched."""

import json

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from documents.serving import serve
from networks.access import NetworkRequest, has_role, network_view
from networks.models import Role
from posters.books.forms import PrintForm
from posters.books.models import Book
from posters.books.queries import read_books, read_failed, read_stand
from posters.books.services import cancel_book, request_book, title_of
from posters.books.tasks import move_book
from posters.composing import gathering_name
from posters.present.views import find_gathering

ON_A_BOOK = ["A3"]


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(when_completed=True)
def books(request: NetworkRequest, gathering_number: int) -> HttpResponse:
    """What there is; a coordinator sees what would stand in a new one, and asks for it by a POST."""
    gathering = find_gathering(gathering_number)
    may_ask = has_role(request, Role.COORDINATOR)
    if request.method == "POST" and not may_ask:
        raise PermissionDenied
    stand = read_stand(request, gathering) if may_ask else None
    wants_print = request.method == "POST" and request.POST.get("kind") == Book.Kind.PRINT
    form = PrintForm(request.POST if wants_print else None)
    if request.method == "POST" and stand and stand.parts and (not wants_print or form.is_valid()):
        book = request_book(
            network=request.network,
            gathering=gathering,
            kind=Book.Kind.PRINT if wants_print else Book.Kind.BOOK,
            papers=form.cleaned_data["papers"] if wants_print else ON_A_BOOK,
            language=get_language() or "nb",
            stand=stand,
            by=request.user,
        )
        return _lead_to(request, book)
    context = {
        "gathering": gathering,
        "gathering_name": gathering_name(gathering),
        "stand": stand,
        "form": form,
        "books": [(book, title_of(book)) for book in read_books(request, gathering)],
    }
    return render(request, "posters/books/books.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(when_completed=True)
def book(request: NetworkRequest, gathering_number: int, book_pk: int) -> HttpResponse:
    """How far one has come. A POST tries again with the posters as they are now."""
    found = _readable(request, gathering_number, book_pk)
    if request.method == "POST":
        if not has_role(request, Role.COORDINATOR):
            raise PermissionDenied
        return _lead_to(request, _again(request, found))
    if found.state == Book.State.WORKING and request.headers.get("HX-Request") is None:
        transaction.on_commit(lambda: move_book.delay(found.network_id, found.pk))  # whoever looks sees it moving
    context = {
        "gathering": found.gathering,
        "book": found,
        "title": title_of(found),
        "failed": read_failed(found),
        "may_ask": has_role(request, Role.COORDINATOR),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "posters/books/book.html", context)
    response = render(request, "posters/books/progress.html", context)
    if found.state != Book.State.WORKING:
        response["HX-Trigger"] = json.dumps({"announce": _announcement(found)})
    return response


@require_POST
@network_view(Role.COORDINATOR, when_completed=True)
def cancel(request: NetworkRequest, gathering_number: int, book_pk: int) -> HttpResponse:
    """Stop one that is being made."""
    found = _readable(request, gathering_number, book_pk)
    cancel_book(book_pk=found.pk)
    return redirect("posters:book", request.network.slug, gathering_number, found.pk)


@require_safe
@network_view()
def book_file(request: NetworkRequest, gathering_number: int, book_pk: int) -> HttpResponseBase:
    """The file, to be saved."""
    found = _readable(request, gathering_number, book_pk)
    if found.document is None:
        raise Http404
    return serve(found.document)


def _readable(request: NetworkRequest, gathering_number: int, book_pk: int) -> Book:
    """The book, for a person who may have it, else 404."""
    return get_object_or_404(read_books(request, find_gathering(gathering_number)), pk=book_pk)


def _again(request: NetworkRequest, old: Book) -> Book:
    return request_book(
        network=request.network,
        gathering=old.gathering,
        kind=old.kind,
        papers=old.papers,
        language=old.language,
        stand=read_stand(request, old.gathering),
        by=request.user,
    )


def _lead_to(request: NetworkRequest, book: Book) -> HttpResponse:
    """Workers are told once they can see it; the person is led to its page."""
    if book.state == Book.State.WORKING:
        transaction.on_commit(lambda: move_book.delay(book.network_id, book.pk))
    return redirect("posters:book", request.network.slug, book.gathering.number, book.pk)


def _announcement(book: Book) -> str:
    """What a screen reader says when the waiting is over."""
    words = {Book.State.READY: _("The file is ready."), Book.State.CANCELLED: _("It is stopped.")}
    return words.get(Book.State(book.state), _("It could not be made."))
