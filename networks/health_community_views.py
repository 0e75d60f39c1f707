"""The pages of health communities: whoever plans a network reads them, national coordinators keep them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from networks.access import is_national, national_view, planner_view
from networks.health_community_forms import HealthCommunityForm
from networks.health_community_services import FILE, load_communities, new_slug, read_facts
from networks.models import HealthCommunity
from networks.organisation_directory import Directory, Line, communities, read_directory
from networks.organisation_register import read_succession


@require_safe
@planner_view
def health_communities(request: HttpRequest) -> HttpResponse:
    """Every health community with its trust and municipalities, as they are today."""
    directory = read_directory(timezone.localdate())
    lines = [(community, _municipalities(directory, community)) for community in communities()]
    assert isinstance(request.user, User)  # planner_view lets nobody else in
    here = {community.slug for community, _inside in lines}
    context = {
        "lines": lines,
        "may_edit": is_national(request.user),
        "missing": [fact for fact in read_facts(FILE.read_text(encoding="utf-8")) if fact.slug not in here],
        "has_register": bool(directory.succession),
    }
    return render(request, "networks/health_communities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@national_view
def health_community_new(request: HttpRequest) -> HttpResponse:
    """A new health community."""
    return _edit(request, HealthCommunity())


@require_http_methods(["GET", "HEAD", "POST"])
@national_view
def health_community_edit(request: HttpRequest, community_slug: str) -> HttpResponse:
    """A health community's name, trust and municipalities."""
    rows = HealthCommunity.objects.select_for_update() if request.method == "POST" else HealthCommunity.objects
    return _edit(request, get_object_or_404(rows, slug=community_slug))


@require_POST
@national_view
def health_communities_fetch(request: HttpRequest) -> HttpResponse:
    """Make those that we bring along: the ones that are whole counties."""
    facts = read_facts(FILE.read_text(encoding="utf-8"))
    load_communities(facts=facts, succession=read_succession(timezone.localdate()))
    messages.success(request, _("The health communities that are whole counties are here."))
    return redirect("networks:health_communities")


def _edit(request: HttpRequest, community: HealthCommunity) -> HttpResponse:
    form = HealthCommunityForm(request.POST or None, instance=community, directory=read_directory(timezone.localdate()))
    if request.method == "POST" and form.is_valid():
        saved = form.save(commit=False)
        saved.municipality_numbers = form.numbers
        saved.slug = saved.slug or new_slug(saved.name)
        saved.save()
        messages.success(request, _("%(name)s is saved.") % {"name": saved.name})
        return redirect("networks:health_communities")
    return render(request, "networks/health_community_form.html", {"form": form, "community": community})


def _municipalities(directory: Directory, community: HealthCommunity) -> list[Line]:
    """Those of today, in Norwegian order; a number that nobody knows stands as it is."""
    numbers = directory.succession.numbers_now(community.municipality_numbers)
    lines = [directory.get(f"m{number}") or _unknown(number) for number in numbers]
    return sorted(lines, key=lambda line: line.sort_name)


def _unknown(number: str) -> Line:
    return Line(f"m{number}", "municipality", number, number, number, "")
