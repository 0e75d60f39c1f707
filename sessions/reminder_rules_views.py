"""The page of a network's rules for reminders, with what they mean for the deadline that comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Role
from notices.hours import next_opening
from sessions.models import Assignment, Gathering, ReminderRules
from sessions.reminder_rules import Rules, change_rules, held_rules, rules_of
from sessions.reminder_rules_forms import RulesForm
from sessions.reminders import morning


@dataclass(frozen=True)
class Told:
    """One day on which somebody hears of a deadline: who, and how the day lies to it."""

    day: date
    who: str
    when: str


@network_view(Role.COORDINATOR)
def reminder_rules(request: NetworkRequest) -> HttpResponse:
    """When people hear of a deadline, and of what is late; of a completed network it is read."""
    if request.method != "POST":
        row = ReminderRules.objects.filter(network=request.network).first()
        return _page(request, RulesForm(instance=row or ReminderRules(network=request.network)))
    form = RulesForm(request.POST, instance=held_rules(request.network))
    if not form.is_valid():
        return _page(request, form)
    change_rules(rules=form.kept())
    messages.success(request, _("Saved. It holds from the next mail on, for what is due already too."))
    return redirect("gatherings:reminder_rules", request.network.slug)


def _page(request: NetworkRequest, form: RulesForm) -> HttpResponse:
    today = timezone.localdate()
    stored = ReminderRules.objects.filter(network=request.network).first() or ReminderRules(network=request.network)
    rules = rules_of(stored)
    assignment = _example(rules, today)
    context = {
        "form": form,
        "closed": is_completed(request.network),
        "assignment": assignment,
        "told": list(_told(rules, assignment.due)) if assignment else [],
    }
    return render(request, "sessions/reminder_rules.html", context)


def _example(rules: Rules, today: date) -> Assignment | None:
    """The first deadline of which everything is still to be told; where there is none, the next."""
    on = Assignment.objects.exclude(gathering__state=Gathering.State.CANCELLED).select_related("gathering")
    coming = list(on.filter(due__gte=today).order_by("due", "position", "pk"))
    ahead = (each for each in coming if each.due - timedelta(days=rules.earliest) >= today)
    return next(ahead, coming[0] if coming else None)


def _told(rules: Rules, due: date) -> Iterator[Told]:
    """Everything the rules say of one deadline, day by day. A day without mail is told on the next that has one."""
    who = {-stage.days: [_("the team")] for stage in rules.stages}
    others = ((rules.supervisor_after, _("the supervisors")), (rules.leader_after, _("the leader who committed")))
    for after, them in others:
        if after is not None:
            who.setdefault(after, []).append(them)
    for late in sorted(who):
        day = timezone.localdate(next_opening(morning(due + timedelta(days=late))))
        yield Told(day, get_text_list(who[late], _("and")), _said(-late))


def _said(days: int) -> str:
    if days == 0:
        return _("on the day")
    if days > 0:
        return ngettext("%(days)d day before", "%(days)d days before", days) % {"days": days}
    return ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days}
