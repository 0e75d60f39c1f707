"""The pages where a coordinator changes a network's plan: its gatherings and the work before them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from gpf import dates
from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Role
from sessions import plan_services
from sessions.assignment_forms import AssignmentForm, NewAssignmentForm
from sessions.clashes import Span, calendar_marks, neighbour_mark, read_neighbours
from sessions.cycle import draw_cycle
from sessions.gathering_days import concerns, days_of
from sessions.gathering_forms import GatheringForm, NewGatheringForm
from sessions.models import Assignment, Gathering
from sessions.plan_page import next_step, read_plan_page
from sessions.programme import take_back
from sessions.wording import said_concern


@network_view(Role.COORDINATOR)
def plan(request: NetworkRequest) -> HttpResponse:
    """The whole cycle: each gathering with its work, what differs from the template, and what to do next."""
    today = timezone.localdate()
    sections = read_plan_page()
    context = {
        "sections": sections,
        "timeline": draw_cycle(request.network, [each.gathering for each in sections], today=today),
        "next_step": next_step(sections, today),
        "is_closed": is_completed(request.network),
        "today": today,
    }
    return render(request, "sessions/plan.html", context)


# Gatherings


@network_view(Role.COORDINATOR, to_write=True)
def add_gathering(request: NetworkRequest) -> HttpResponse:
    """A gathering of the network's own: a workshop, a webinar, or one more of the numbered ones.

    What speaks against its days is told before anything is saved; who knows that (`known`) may go on.
    """
    others = list(Gathering.objects.select_for_update().order_by("pk"))
    form = NewGatheringForm(others, request.POST or None)
    if request.method == "POST" and form.is_valid():
        gathering = form.save(commit=False)
        against, known = _against(request, gathering, others), _known(gathering)
        if against and request.POST.get("known") != known:
            return render(request, "sessions/gathering_add.html", {"form": form, "against": against, "known": known})
        made = plan_services.add_gathering(network=request.network, gathering=gathering)
        said = _("%(gathering)s is in the plan: %(days)s. It is on everybody's page now; no mail has been sent.")
        messages.success(request, said % _gathering_words(made))
        return _to_gathering(request, made)
    return render(request, "sessions/gathering_add.html", {"form": form})


@network_view(Role.COORDINATOR, to_write=True)
def edit_gathering(request: NetworkRequest, gathering_pk: int) -> HttpResponse:
    """Its name, how and where people meet, the programme. Days are moved on a page of their own."""
    gathering = get_object_or_404(Gathering.objects.select_for_update(), pk=gathering_pk)
    name = str(capfirst(str(gathering)))
    form = GatheringForm(request.POST or None, instance=gathering)
    if request.method == "POST" and form.is_valid():
        form.save()
        if not gathering.programme.strip() and gathering.programme_published_at:
            take_back(gathering=gathering)  # what is written another day is a new programme
        if gathering.programme.strip() and not gathering.programme_published_at:
            messages.success(request, _("Saved. Only you who coordinate see the programme until you publish it."))
        else:
            messages.success(request, _("Saved. Everybody in the network sees it."))
        return _to_gathering(request, gathering)
    return render(request, "sessions/gathering_edit.html", {"form": form, "gathering": gathering, "name": name})


# The work before them


@network_view(Role.COORDINATOR, to_write=True)
def add_assignment(request: NetworkRequest, gathering_pk: int) -> HttpResponse:
    """One more thing that the teams do before a gathering."""
    gathering = get_object_or_404(Gathering, pk=gathering_pk)
    if gathering.starts_on is None or gathering.state == Gathering.State.CANCELLED:
        messages.warning(request, _("Give the gathering its days first: the deadline is counted from them."))
        return redirect("gatherings:plan", request.network.slug)
    form = NewAssignmentForm(gathering, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = plan_services.add_assignment(gathering=gathering, assignment=form.save(commit=False))
        messages.success(request, _("“%(title)s” is in the plan, due %(day)s.") % _words(made))
        _say_day(request, made, form.data.get("due", ""))
        return _to_assignment(request, made)
    return render(request, "sessions/plan_add.html", {"form": form, "gathering": gathering})


@network_view(Role.COORDINATOR, to_write=True)
def edit_assignment(request: NetworkRequest, assignment_pk: int) -> HttpResponse:
    """Its words in both languages, what is handed in, and its day."""
    assignment = _held(assignment_pk)
    form = AssignmentForm(request.POST or None, instance=assignment)
    if request.method == "POST" and form.is_valid():
        is_redated = form.is_redated
        plan_services.rewrite_assignment(assignment=form.save(commit=False), is_redated=is_redated)
        messages.success(request, _("“%(title)s” is saved, due %(day)s.") % _words(assignment))
        if is_redated:
            _say_day(request, assignment, form.data.get("due", ""))
        return _to_assignment(request, assignment)
    title = Assignment.with_hidden.get(pk=assignment.pk).title
    context = {"form": form, "assignment": assignment, "title": title, "gathering": assignment.gathering}
    return render(request, "sessions/plan_edit.html", context)


@network_view(Role.COORDINATOR)
def change_assignment(request: NetworkRequest, assignment_pk: int) -> HttpResponse:
    """Hide it, show it again, put it back to the template's words, move it up or down, or take it away."""
    if request.method != "POST":
        return redirect("gatherings:plan", request.network.slug)
    change = _CHANGES.get(request.POST.get("do", ""))
    if change is None:
        raise Http404
    assignment = _held(assignment_pk)
    key = assignment.pk
    change(request, assignment)
    return _to_assignment(request, assignment, key)


def _hide(request: NetworkRequest, assignment: Assignment) -> None:
    plan_services.hide_assignment(assignment=assignment)
    said = _("“%(title)s” is hidden: nobody is asked for it or reminded. What has been handed in is kept.")
    messages.success(request, said % _words(assignment))


def _show(request: NetworkRequest, assignment: Assignment) -> None:
    plan_services.show_assignment(assignment=assignment)
    messages.success(request, _("The teams are asked for “%(title)s” again, due %(day)s.") % _words(assignment))


def _restore(request: NetworkRequest, assignment: Assignment) -> None:
    if assignment.planned is None:
        raise Http404
    plan_services.restore_assignment(assignment=assignment)
    messages.success(request, _("“%(title)s” is as in the template again, due %(day)s.") % _words(assignment))


def _remove(request: NetworkRequest, assignment: Assignment) -> None:
    words = _words(assignment)
    try:
        plan_services.remove_assignment(assignment=assignment)
    except plan_services.InUseError:
        said = _("Teams have begun “%(title)s” already, so it can not be taken away. You can hide it.")
        messages.warning(request, said % words)
    else:
        messages.success(request, _("“%(title)s” is taken out of the plan.") % words)


def _up(request: NetworkRequest, assignment: Assignment) -> None:
    _swap(assignment, step=-1)


def _down(request: NetworkRequest, assignment: Assignment) -> None:
    _swap(assignment, step=1)


def _swap(assignment: Assignment, *, step: int) -> None:
    """Change places with the neighbour; only among those of the same day."""
    work = list(
        Assignment.with_hidden.filter(gathering=assignment.gathering_id, due=assignment.due).order_by("position", "pk")
    )
    place = work.index(assignment) + step
    if 0 <= place < len(work):
        plan_services.swap_assignments(first=assignment, second=work[place])


_CHANGES: dict[str, Callable[[NetworkRequest, Assignment], None]] = {
    "hide": _hide,
    "show": _show,
    "restore": _restore,
    "remove": _remove,
    "up": _up,
    "down": _down,
}


def _held(pk: int) -> Assignment:
    """The assignment, hidden or not, kept from others until the transaction ends."""
    found = Assignment.with_hidden.select_for_update(of=("self",)).select_related("gathering")
    return get_object_or_404(found, pk=pk)


def _words(assignment: Assignment) -> dict[str, str]:
    return {"title": assignment.title, "day": dates.long_date(assignment.due)}


def _gathering_words(gathering: Gathering) -> dict[str, str]:
    assert gathering.starts_on is not None
    days = dates.date_range(gathering.starts_on, gathering.ends_on)
    return {"gathering": str(capfirst(str(gathering))), "days": days}


def _say_day(request: NetworkRequest, assignment: Assignment, typed: str) -> None:
    """What to know about the day: it is another than she chose, or it has been."""
    if assignment.due.isoformat() != typed:
        said = _("Nobody is at work on the day you chose, so the deadline is %(day)s.")
        messages.info(request, said % _words(assignment))
    if assignment.due < timezone.localdate():
        said = _("%(day)s has been: teams that have not handed in “%(title)s” are late at once.")
        messages.warning(request, capfirst(said % _words(assignment)))


def _against(request: NetworkRequest, gathering: Gathering, others: list[Gathering]) -> list[str]:
    """What speaks against the days of a new gathering: they have been, others meet then, people are away."""
    days = days_of(gathering)
    assert days is not None
    standing = [(each, days_of(each)) for each in others if each.state != Gathering.State.CANCELLED]
    placed = {each: its_days for each, its_days in standing if its_days}
    found = [said_concern(each) for each in concerns(gathering, days, placed, timezone.localdate())]
    if days.ends_on >= timezone.localdate():
        found += calendar_marks(*days)
    neighbours = read_neighbours(request.user, [Span("new", *days)], but=request.network)
    return found + [neighbour_mark(each) for each in neighbours.get("new", [])]


def _known(gathering: Gathering) -> str:
    """The days she was told of: with other days she is told again."""
    return f"{gathering.starts_on}/{gathering.ends_on}"


def _to_gathering(request: NetworkRequest, gathering: Gathering) -> HttpResponseRedirect:
    return redirect("gatherings:gathering", request.network.slug, gathering.pk)


def _to_assignment(request: NetworkRequest, assignment: Assignment, key: int | None = None) -> HttpResponseRedirect:
    """Back to its place in the plan."""
    address = reverse("gatherings:plan", args=[request.network.slug])
    return HttpResponseRedirect(f"{address}#oppgave-{key or assignment.pk}")
