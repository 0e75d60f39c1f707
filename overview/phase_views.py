"""Where a network stands, what comes next and when; and closing or reopening it by hand."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gpf import dates
from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Membership, Network, Role
from overview.gatherings import gathering_name
from overview.phase_services import Course, close_network, read_course, reopen_network
from sessions.models import Delivery

Phase = Network.Phase
WRITERS = (Role.COORDINATOR, Role.SUPERVISOR, Role.TEAM_MEMBER)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """One phase on the page: when it is, and whether the network has passed it, is in it, or comes to it."""

    name: str
    when: str
    place: str


@network_view(Role.COORDINATOR, when_completed=True)
def page(request: NetworkRequest) -> HttpResponse:
    """The four phases with their days, and the button that closes or reopens."""
    if request.method == "POST":
        _do(request, request.POST.get("do", ""))
        return redirect("overview:phase", network_slug=request.network.slug)
    course = read_course(request.network)
    context = {
        "network": request.network,
        "completed": False,  # the frame's banner would say what this page says
        "closed": is_completed(request.network),
        "next": _next(request.network, course, timezone.localdate()),
        "steps": _steps(request.network, course, timezone.localdate()),
        "people": _people(),
        "waiting": Delivery.objects.filter(state=Delivery.State.DELIVERED).count(),
    }
    return render(request, "overview/phase.html", context)


def _do(request: NetworkRequest, what: str) -> None:
    if what == "close" and close_network(network=request.network):
        messages.success(request, _("The network is closed. Everyone can still read it, and nobody can change it."))
    if what == "reopen" and reopen_network(network=request.network):
        messages.success(request, _("The network is open again. Those who work in it can write."))


def _next(network: Network, course: Course, today: date) -> str:
    """What happens by itself and when, in a sentence; or that nothing does."""
    days = course.days
    if network.phase == Phase.PLANNED:
        if days.begins_on is None:
            return _("It begins when the first gathering has a date.")
        return _("Preparation begins %(day)s, %(distance)s.") % _day(days.begins_on, today)
    if network.phase == Phase.RUNNING:
        if days.gathered_on is None:
            return _("It goes into follow-up after the last gathering, which has no date yet.")
        return _("It goes into follow-up by itself %(day)s, %(distance)s.") % _day(days.gathered_on + DAY, today)
    if network.phase == Phase.FOLLOW_UP:
        if network.reopened_on or days.experience_on is None:
            return _("It stays there until you close it.")
        return _("It is completed by itself %(day)s, %(distance)s.") % _day(days.experience_on + DAY, today)
    return _("Everything can be read, and nothing changed.")


def _day(day: date, today: date) -> dict[str, str]:
    return {"day": dates.long_date(day), "distance": dates.from_now(day, today=today)}


def _steps(network: Network, course: Course, today: date) -> list[Step]:
    here = Phase.values.index(network.phase)
    words = [
        _began(course, today) if here > 0 else _planned(course),
        _gathered(course, today) if here > 1 else _running(course),
        "" if here > 2 else _follow_up(network, course),
        _("Everyone reads what they read before. Nothing can be changed, and no reminders are sent."),
    ]
    return [
        Step(str(phase.label), when, "past" if number < here else "now" if number == here else "ahead")
        for number, (phase, when) in enumerate(zip(Phase, words, strict=True))
    ]


def _began(course: Course, today: date) -> str:
    day = course.days.begins_on
    return _("Preparation began %(day)s.") % {"day": dates.long_date(day)} if day and day <= today else ""


def _gathered(course: Course, today: date) -> str:
    """A network closed by hand may have had gatherings to come."""
    day = course.days.gathered_on
    if course.last is None or day is None or day >= today:
        return ""
    words = _("The last gathering was %(gathering)s, %(day)s.")
    return words % {"gathering": gathering_name(course.last), "day": dates.long_date(day)}


def _planned(course: Course) -> str:
    if course.days.begins_on is None:
        return _("Until preparation begins. No gathering has a date yet.")
    return _("Until preparation begins %(day)s.") % {"day": dates.long_date(course.days.begins_on)}


def _running(course: Course) -> str:
    if course.last is None:
        return _("Until the last gathering is over. No gathering is planned yet.")
    name = gathering_name(course.last)
    if course.days.gathered_on is None:
        return _("Until the last gathering is over: %(gathering)s, which has no date yet.") % {"gathering": name}
    words = _("Until the last gathering is over: %(gathering)s, %(day)s.")
    return words % {"gathering": name, "day": dates.long_date(course.days.gathered_on)}


def _follow_up(network: Network, course: Course) -> str:
    if network.reopened_on:
        day = {"day": dates.long_date(network.reopened_on)}
        return _("Until you close the network: it was reopened %(day)s, and does not close by itself again.") % day
    if course.experience is None:
        return _("Until you close the network. No experience gathering is planned; with one, it closes the day after.")
    if course.days.experience_on is None:
        return _("Until the experience gathering is over. It has no date yet.")
    return _("Until the experience gathering is over, %(day)s.") % {"day": dates.long_date(course.days.experience_on)}


def _people() -> str:
    """Who may write where the network is open: "31 people: 2 coordinators, 4 supervisors and 25 in teams"."""
    found = Membership.objects.active().filter(role__in=WRITERS).values("role").annotate(people=Count("user"))
    count = {row["role"]: row["people"] for row in found}
    words = {
        Role.COORDINATOR: ngettext("%(count)s coordinator", "%(count)s coordinators", count.get(Role.COORDINATOR, 0)),
        Role.SUPERVISOR: ngettext("%(count)s supervisor", "%(count)s supervisors", count.get(Role.SUPERVISOR, 0)),
        Role.TEAM_MEMBER: ngettext(
            "%(count)s person in the teams", "%(count)s people in the teams", count.get(Role.TEAM_MEMBER, 0)
        ),
    }
    return ", ".join(text % {"count": count[role]} for role, text in words.items() if count.get(role))
