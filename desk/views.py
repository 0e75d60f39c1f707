"""The coordinator's desk: what goes out next, kept back or let go; one person's mail as she will read it."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models.functions import Lower
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from desk.coming import Narrowed, next_day, read_coming, read_person
from desk.services import hold_coming, waiting_now
from gpf import dates
from gpf.forms import DateInput
from gpf.guarded import GuardedForm
from networks.access import NetworkRequest, is_completed, network_view
from networks.models import Membership, Role
from notices import hours, kinds, pauses
from notices.models import Trouble
from notices.tasks import send_now
from teams.models import Team


@require_safe
@network_view(Role.COORDINATOR)
def desk(request: NetworkRequest) -> HttpResponse:
    """What goes out on the next day with mail, to whom and why."""
    day = next_day(timezone.now())
    narrowed = _narrowed(request)
    coming = read_coming(request.network, day, narrowed, request.GET.get("page"))
    teams = {team.pk: team for team in Team.objects.order_by("sort_name", "pk")}
    paused = [(each, teams.get(each.about.get("team", 0))) for each in pauses.lasting(request.network.pk, day)]
    context = {
        "coming": coming,
        "page": coming.page,
        "paused": paused,
        "whole": any(not each.about for each, _team in paused),
        "waiting": len(waiting_now(request.network)),
        "may_send": hours.may_send(timezone.now()),
        "troubled": Trouble.objects.filter(address__in=_addresses(request)).count(),
        "kinds": [kind for kind in kinds.registered() if kind.label],
        "teams": teams.values(),
        "narrowed": narrowed,
        "may_write": not is_completed(request.network),
    }
    return render(request, "desk/desk.html", context)


@require_safe
@network_view(Role.COORDINATOR)
def person(request: NetworkRequest, user_pk: int) -> HttpResponse:
    """One person's mail as she will read it."""
    day = next_day(timezone.now())
    found = read_person(request.network, day, user_pk)
    if found is None:
        raise Http404
    mailed, letter = found
    return render(request, "desk/person.html", {"mailed": mailed, "letter": letter, "day": day})


@require_safe
@xframe_options_sameorigin
@csp_replace({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "img-src": ["data:"], "frame-ancestors": [SELF]})
@network_view(Role.COORDINATOR)
def letter(request: NetworkRequest, user_pk: int) -> HttpResponse:
    """The mail itself, as her mail program shows it: for a frame on the page above, and harmless by itself."""
    found = read_person(request.network, next_day(timezone.now()), user_pk)
    if found is None:
        raise Http404
    return HttpResponse(found[1].html)


class PauseForm(GuardedForm):
    """Of what, until when, and why."""

    what = forms.ChoiceField(label=gettext_lazy("What is to be paused?"))
    until = forms.DateField(
        label=gettext_lazy("The last day of the pause"),
        help_text=gettext_lazy("Leave it empty, and it lasts until somebody ends it."),
        widget=DateInput,
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("For the other coordinators."),
        max_length=200,
        required=False,
    )

    def __init__(self, data: Any, *, chosen: str = "") -> None:
        super().__init__(data, initial={"what": chosen})
        self.teams = {str(team.pk): team for team in Team.objects.going_on().order_by("sort_name", "pk")}
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("The whole network")), *((key, team.name) for key, team in self.teams.items())]
        field.required = False

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("The day has been. Choose a later one, or leave it empty."))
        return until

    def about(self) -> dict[str, int]:
        chosen = self.cleaned_data["what"]
        return {"team": self.teams[chosen].pk} if chosen else {}


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, to_write=True)
def pause(request: NetworkRequest) -> HttpResponse:
    """Keep the mail of the network or a team back."""
    form = PauseForm(request.POST or None, chosen=request.GET.get("team", ""))
    if request.method == "POST" and form.is_valid():
        said = {"until": form.cleaned_data["until"], "reason": form.cleaned_data["reason"]}
        pauses.pause(network=request.network.pk, about=form.about(), by=request.user, **said)
        messages.success(request, _("Paused. What comes due is kept, and goes out when the pause ends."))
        return redirect("desk:desk", request.network.slug)
    return render(request, "desk/pause.html", {"form": form})


@require_POST
@network_view(Role.COORDINATOR)
def resume(request: NetworkRequest, pause_pk: int) -> HttpResponse:
    """End a pause."""
    if pauses.resume(network=request.network.pk, pause_pk=pause_pk):
        messages.success(request, _("The pause has ended. What is still true goes out with the next mail."))
    return redirect("desk:desk", request.network.slug)


@require_POST
@network_view(Role.COORDINATOR)
def hold(request: NetworkRequest) -> HttpResponse:
    """Keep one notice back, or let it go: which, the button says."""
    key, network = request.POST.get("key", "").replace("\0", ""), request.network
    if request.POST.get("do") == "release":
        pauses.release(network=network.pk, notice_pk=_number(key))
        messages.success(request, _("It goes out with the rest."))
    elif hold_coming(network=network, day=next_day(timezone.now()), key=key):
        messages.success(request, _("Kept back. It waits until you let it go."))
    else:
        messages.info(request, _("It is told already, or no longer true."))
    return redirect("desk:desk", network.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.COORDINATOR, to_write=True)
def send(request: NetworkRequest) -> HttpResponse:
    """Send what waits and is due, without waiting for the next run. Never at night."""
    people = waiting_now(request.network)
    opening = hours.next_opening(timezone.now())
    if request.method == "POST":
        if people and hours.may_send(timezone.now()):
            transaction.on_commit(lambda: send_now.delay(request.network.pk, people))
            told = ngettext(
                "Mail to %(count)s person is on its way.", "Mail to %(count)s people is on its way.", len(people)
            )
            messages.success(request, told % {"count": len(people)})
        return redirect("desk:desk", request.network.slug)
    context = {
        "count": len(people),
        "may_send": hours.may_send(timezone.now()),
        "opens": f"{dates.long_date(timezone.localdate(opening))} {dates.clock(opening)}",
    }
    return render(request, "desk/send.html", context)


def _narrowed(request: NetworkRequest) -> Narrowed:
    kind = request.GET.get("slag", "")
    return Narrowed(kind if kinds.find(kind) else "", _number(request.GET.get("team", "")) or None)


def _addresses(request: NetworkRequest) -> Any:
    return (
        Membership.objects.active().filter(network=request.network).annotate(lower=Lower("user__email")).values("lower")
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
