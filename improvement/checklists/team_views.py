"""A team's checklists: read by whoever reads its work, adapted by its members."""

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from improvement.access import READERS, Place, read_place, write_place
from improvement.checklists import editing_page, handing_out, overview, pages
from improvement.checklists.queries import Holder
from networks.access import NetworkRequest, network_view
from networks.models import Role


@require_safe
@network_view(*READERS)
def checklists(request: NetworkRequest, team_slug: str) -> HttpResponse:
    """The eight lists, and what is adapted."""
    place = read_place(request, team_slug)
    return overview.show(request, _holder(request, place), place)


@require_safe
@network_view(*READERS)
def checklist(request: NetworkRequest, team_slug: str, step: str) -> HttpResponse:
    """The list that holds in the team."""
    place = read_place(request, team_slug)
    return pages.show(request, _holder(request, place), step, place)


@network_view(Role.TEAM_MEMBER, to_write=True)
def checklist_edit(request: NetworkRequest, team_slug: str, step: str) -> HttpResponse:
    """Adapt a list."""
    place = write_place(request, team_slug)
    return editing_page.edit(request, _holder(request, place), step, place)


@require_safe
@network_view(*READERS)
def checklist_version(request: NetworkRequest, team_slug: str, step: str, token: str) -> HttpResponse:
    """One version, compared with another."""
    place = read_place(request, team_slug)
    return pages.show_version(request, _holder(request, place), step, token, place)


@require_POST
@network_view(Role.TEAM_MEMBER)
def checklist_restore(request: NetworkRequest, team_slug: str, step: str, token: str) -> HttpResponse:
    """Let a version hold again."""
    place = write_place(request, team_slug)
    return pages.restore(request, _holder(request, place), step, token)


@require_POST
@network_view(*READERS, when_completed=True)
def checklist_pdf(request: NetworkRequest, team_slug: str, step: str) -> HttpResponse:
    """The list made ready for print."""
    return handing_out.ask_for_pdf(request, _holder(request, read_place(request, team_slug)), step)


@require_safe
@network_view(*READERS)
def checklist_docx(request: NetworkRequest, team_slug: str, step: str) -> HttpResponse:
    """The list for Word."""
    return handing_out.word_file(request, _holder(request, read_place(request, team_slug)), step)


def _holder(request: NetworkRequest, place: Place) -> Holder:
    return Holder(request.network, place.team, place.may_write)
