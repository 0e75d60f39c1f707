"""The pages of a network's library."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents import library_services as services
from documents.content import Refused
from documents.library_forms import LibraryForm
from documents.library_queries import read_library
from documents.models import LibraryDocument
from documents.serving import serve
from networks.access import NetworkRequest, has_role, is_completed, network_view
from networks.models import Role


@require_safe
@network_view()
def library(request: NetworkRequest) -> HttpResponse:
    """Everything the network has for its members, and for coordinators the ways to change it."""
    may_edit = has_role(request, Role.COORDINATOR) and not is_completed(request.network)
    return render(
        request, "documents/library.html", {"library": read_library(with_removed=may_edit), "may_edit": may_edit}
    )


@require_safe
@network_view()
def file(request: NetworkRequest, document_pk: int) -> HttpResponseBase:
    """The file, to be saved."""
    response: FileResponse = serve(_found(document_pk).document)
    return response


@network_view(Role.COORDINATOR, to_write=True)
def add(request: NetworkRequest) -> HttpResponse:
    """Put a document into the library."""
    form = LibraryForm(request.POST or None, request.FILES or None, initial={"in_package": "pakke" in request.GET})
    if request.method == "POST" and form.is_valid() and _added(request, form):
        return redirect("documents:library", network_slug=request.network.slug)
    return render(request, "documents/library_add.html", {"form": form})


@network_view(Role.COORDINATOR, to_write=True)
def edit(request: NetworkRequest, document_pk: int) -> HttpResponse:
    """Rewrite what is said about a document, or put a newer file in its place."""
    item = get_object_or_404(LibraryDocument.objects.select_for_update(of=["self"]), pk=document_pk)
    form = LibraryForm(request.POST or None, request.FILES or None, instance=item)
    if request.method == "POST" and form.is_valid() and _changed(request, form, item):
        return redirect("documents:library", network_slug=request.network.slug)
    return render(request, "documents/library_edit.html", {"form": form, "item": _found(document_pk)})


@require_POST
@network_view(Role.COORDINATOR)
def move(request: NetworkRequest, document_pk: int) -> HttpResponse:
    """One place up or down."""
    item = get_object_or_404(LibraryDocument, pk=document_pk)
    services.move_in_library(item=item, up=request.POST.get("to") == "up")
    return redirect(f"{_address(request)}#dokument-{item.pk}")


@require_POST
@network_view(Role.COORDINATOR)
def remove(request: NetworkRequest, document_pk: int) -> HttpResponse:
    """Take a document out. The message says how to undo it."""
    item = get_object_or_404(LibraryDocument, pk=document_pk)
    services.take_out(item=item)
    said = _("“%(title)s” is out of the library.") % {"title": item}
    messages.success(request, format_html('{} <a href="#fjernet">{}</a>', said, _("Put it back")))
    return redirect(_address(request))


@require_POST
@network_view(Role.COORDINATOR)
def restore(request: NetworkRequest, document_pk: int) -> HttpResponse:
    """Put a document back that was taken out."""
    item = get_object_or_404(LibraryDocument.with_removed.exclude(removed_at=None), pk=document_pk)
    services.put_back(item=item)
    messages.success(request, _("“%(title)s” is back in the library.") % {"title": item})
    return redirect(f"{_address(request)}#dokument-{item.pk}")


def _added(request: NetworkRequest, form: LibraryForm) -> bool:
    """Keep the new document; or put into the form why not."""
    values = {name: form.cleaned_data[name] for name in ("title", "about", "in_package")}
    try:
        item = services.add_to_library(
            network=request.network, by=request.user, upload=form.cleaned_data["file"], **values
        )
    except Refused as refusal:
        form.add_error("file", refusal)
        return False
    messages.success(request, _("“%(title)s” is in the library.") % {"title": item})
    return True


def _changed(request: NetworkRequest, form: LibraryForm, item: LibraryDocument) -> bool:
    """Write the change; or put into the form why not."""
    values = {name: form.cleaned_data[name] for name in ("title", "about", "in_package")}
    try:
        services.change_in_library(item=item, by=request.user, upload=form.cleaned_data["file"], **values)
    except Refused as refusal:
        form.add_error("file", refusal)
        return False
    messages.success(request, _("“%(title)s” is changed.") % {"title": item})
    return True


def _found(pk: int) -> LibraryDocument:
    return get_object_or_404(LibraryDocument.objects.select_related("document", "added_by"), pk=pk)


def _address(request: NetworkRequest) -> str:
    return reverse("documents:library", kwargs={"network_slug": request.network.slug})
