"""The organisations of a network: the list, adding one, and what is known of each. For coordinators."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from gpf import dates
from networks.access import NetworkRequest, network_view
from networks.models import Network, Organisation, ParticipatingUnit, Participation, Role
from networks.organisation_search import TAKING_PART, Found, has_register, search_organisations
from networks.participation_services import (
    add_participation,
    add_unit,
    ensure_municipality,
    ensure_part,
)
from networks.queries import register_entry
from teams.participant_forms import LeaderForm, ParticipationForm, SearchForm, UnitForm
from teams.participants import names_apart, read_lines, read_participants
from teams.services import add_person
from teams.telling import invite


@network_view(Role.COORDINATOR)
def participants(request: NetworkRequest) -> HttpResponse:
    """Every organisation, its teams, and what is missing."""
    lists = read_participants(request.network, timezone.localdate())
    return render(request, "teams/participants.html", {"lists": lists})


@network_view(Role.COORDINATOR, to_write=True)
def participant_add(request: NetworkRequest) -> HttpResponse:
    """Find an organisation by name or number, and let it take part."""
    form = SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    if request.method == "POST":
        return _add(request)
    found = search_organisations(words, timezone.localdate())
    known = [one.organisation.pk for one in _with_successors(found) if one.organisation]
    taking_part = {row.organisation_id: row for row in Participation.objects.filter(organisation__in=known)}
    context = {
        "form": form,
        "words": words,
        "found": found,
        "taking_part": taking_part,
        "knows_numbers": not found or has_register(),
    }
    return render(request, "teams/participant_add.html", context)


def _with_successors(found: list[Found]) -> list[Found]:
    return [each for one in found for each in (one, *one.successors)]


def _add(request: NetworkRequest) -> HttpResponse:
    """What was chosen, with its trust or municipality where it is to take part as a part of that."""
    organisation = _chosen(request.POST.get("choice", ""), timezone.localdate())
    units = []
    if "as_part" in request.POST and organisation.parent is not None:
        units, organisation = [organisation], organisation.parent
    participation, made = add_participation(
        network=request.network, organisation=organisation, joined_on=_joins(request.network), units=units
    )
    name = f"{organisation}: {units[0]}" if units else str(organisation)
    if made:
        messages.success(request, _("%(name)s takes part now. Here is what is still missing.") % {"name": name})
    elif units:
        messages.success(request, _("%(name)s takes part now.") % {"name": name})
    else:
        messages.info(request, _("%(name)s takes part already.") % {"name": name})
    return redirect("teams:participant", request.network.slug, participation.pk)


def _chosen(choice: str, today: date) -> Organisation:
    """The organisation a search offered, else 404. A municipality that has ended is not offered."""
    kind, _dash, key = choice.partition("-")
    if kind == "org" and key.isdecimal():
        found = get_object_or_404(Organisation.objects.select_related("parent"), pk=key, kind__in=TAKING_PART)
        number = found.number if found.kind == Organisation.Kind.MUNICIPALITY else ""
    else:
        number, found = key, None
    row = register_entry(number)
    if (found is None and row is None) or (row is not None and row.valid_to and row.valid_to < today):
        raise Http404
    return found or ensure_municipality(number)


def _joins(network: Network) -> date | None:
    """Who comes into a network that has begun joins today; before that, all are with from the start."""
    return None if network.phase == Network.Phase.PLANNED else timezone.localdate()


@network_view(Role.COORDINATOR)
def participant(request: NetworkRequest, participation_pk: int) -> HttpResponse:
    """What is known of one organisation in the network, and the way to change it."""
    return _page(request, _find(participation_pk))


def _page(
    request: NetworkRequest,
    found: Participation,
    unit_form: UnitForm | None = None,
    leader_form: LeaderForm | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    (line,) = read_lines(request.network, [found], today)
    return render(
        request,
        "teams/participant.html",
        {
            "line": line,
            "participation": found,
            "out": found.has_withdrawn(today),
            "units": sorted(found.units.all(), key=lambda unit: unit.organisation.sort_name),
            "leaders": found.leaders.all(),
            "unit_form": unit_form or _unit_form(found, None),
            "leader_form": leader_form or LeaderForm(None, language=request.network.language),
        },
    )


def _find(pk: int) -> Participation:
    rows = Participation.objects.select_related("organisation__parent")
    return get_object_or_404(rows.prefetch_related("units__organisation", "leaders__user"), pk=pk)


@network_view(Role.COORDINATOR, to_write=True)
def participant_edit(request: NetworkRequest, participation_pk: int) -> HttpResponse:
    """Since when it takes part, and who committed it."""
    rows = Participation.objects.select_related("organisation")
    found = get_object_or_404(rows.select_for_update(of=("self",)), pk=participation_pk)
    form = ParticipationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved %(time)s.") % {"time": dates.clock(timezone.now())})
        return redirect("teams:participant", request.network.slug, found.pk)
    name = names_apart([found.organisation])[found.organisation_id]
    return render(request, "teams/participant_edit.html", {"form": form, "participation": found, "name": name})


@network_view(Role.COORDINATOR)
def unit_add(request: NetworkRequest, participation_pk: int) -> HttpResponse:
    """Let one more part of the organisation take part."""
    found = _find(participation_pk)
    if request.method != "POST":
        return redirect("teams:participant", request.network.slug, found.pk)
    form = _unit_form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, unit_form=form)
    unit = form.cleaned_data.get("unit") or ensure_part(
        of=found.organisation, kind=Organisation.Kind(form.cleaned_data["kind"]), name=form.cleaned_data["name"]
    )
    add_unit(participation=found, unit=unit)
    messages.success(request, _("%(name)s takes part now.") % {"name": unit})
    return redirect("teams:participant", request.network.slug, found.pk)


def _unit_form(participation: Participation, data: object) -> UnitForm:
    chosen = [unit.organisation_id for unit in participation.units.all()]
    parts = Organisation.objects.filter(parent=participation.organisation).exclude(pk__in=chosen)
    return UnitForm(data, of=participation.organisation, parts=parts.order_by("sort_name"))


@network_view(Role.COORDINATOR)
def unit_remove(request: NetworkRequest, participation_pk: int, unit_pk: int) -> HttpResponse:
    """A part of the organisation does not take part after all."""
    unit = get_object_or_404(
        ParticipatingUnit.objects.select_related("organisation"), pk=unit_pk, participation=participation_pk
    )
    if request.method == "POST":
        unit.delete()
        messages.success(request, _("%(name)s does not take part any more.") % {"name": unit})
    return redirect("teams:participant", request.network.slug, participation_pk)


@network_view(Role.COORDINATOR)
def leader_add(request: NetworkRequest, participation_pk: int) -> HttpResponse:
    """Let a leader of the organisation in, to read how its teams do."""
    found = _find(participation_pk)
    if request.method != "POST":
        return redirect("teams:participant", request.network.slug, found.pk)
    form = LeaderForm(request.POST, language=request.network.language)
    if not form.is_valid():
        return _page(request, found, leader_form=form)
    user = add_person(network=request.network, role=Role.LEADER, participation=found, **form.cleaned_data)
    invite(request, user)
    messages.success(request, _("%(name)s is invited. The mail is on its way.") % {"name": user})
    return redirect("teams:participant", request.network.slug, found.pk)
