"""The network's checklists: read by every member, adapted by its coordinators."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from improvement.checklists import editing_page, handing_out, overview, pages
from improvement.checklists.queries import Holder
from networks.access import NetworkRequest, has_role, is_completed, network_view
from networks.models import Role


@require_safe
@network_view()
def checklists(request: NetworkRequest) -> HttpResponse:
    """The eight lists every team begins from."""
    return overview.show(request, _holder(request))


@require_safe
@network_view()
def checklist(request: NetworkRequest, step: str) -> HttpResponse:
    """The list that holds in the network."""
    return pages.show(request, _holder(request), step)


@network_view(Role.COORDINATOR, to_write=True)
def checklist_edit(request: NetworkRequest, step: str) -> HttpResponse:
    """Adapt a list for every team."""
    return editing_page.edit(request, _holder(request), step)


@require_safe
@network_view()
def checklist_version(request: NetworkRequest, step: str, token: str) -> HttpResponse:
    """One version, compared with another."""
    return pages.show_version(request, _holder(request), step, token)


@require_POST
@network_view(Role.COORDINATOR)
def checklist_restore(request: NetworkRequest, step: str, token: str) -> HttpResponse:
    """Let a version hold again."""
    return pages.restore(request, _holder(request), step, token)


@require_POST
@network_view(when_completed=True)
def checklist_pdf(request: NetworkRequest, step: str) -> HttpResponse:
    """The list made ready for print."""
    return handing_out.ask_for_pdf(request, _holder(request), step)


@require_safe
@network_view()
def checklist_docx(request: NetworkRequest, step: str) -> HttpResponse:
    """The list for Word."""
    return handing_out.word_file(request, _holder(request), step)


def _holder(request: NetworkRequest) -> Holder:
    may_write = has_role(request, Role.COORDINATOR) and not is_completed(request.network)
    return Holder(request.network, None, may_write)
