"""The list of networks a person may enter: running, planned, in follow-up, completed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from gpf import tenancy
from gpf.declare import signed_in
from gpf.guarded import GuardedForm
from networks.access import is_national, visible_networks
from networks.belonging import enter, networks_of, own_memberships
from networks.models import Network, Participation, Role
from overview.waiting import read_waiting
from sessions.models import Gathering

SECTIONS: dict[str, str | Promise] = {
    Network.Phase.RUNNING: gettext_lazy("Running"),
    Network.Phase.PLANNED: gettext_lazy("Planned"),
    Network.Phase.FOLLOW_UP: gettext_lazy("In follow-up"),
    Network.Phase.COMPLETED: gettext_lazy("Completed"),
}


@dataclass(frozen=True)
class Line:
    """A network as the list shows it. Those who withdrew are not among the participants."""

    network: Network
    participants: int
    withdrawn: int
    next: Gathering | None


@dataclass(frozen=True)
class Section:
    """A heading and its lines; completed networks that will not meet again need no column for it."""

    title: str
    lines: list[Line]
    has_next: bool


@signed_in
def page(request: HttpRequest) -> HttpResponse:
    """The person's networks by how far they have come, each list in Norwegian alphabetical order."""
    assert isinstance(request.user, User)  # LoginRequiredMiddleware stands before every view that is not public
    national = is_national(request.user)
    visible = Network.objects.all() if national else visible_networks(request.user)
    networks = list(visible.select_related("programme").order_by("sort_name", "-from_year", "pk"))
    memberships = own_memberships(request.user)
    coordinated = networks if national else networks_of(memberships, Role.COORDINATOR)
    enter(request, memberships, networks)
    form = ChoiceForm(request.GET, networks)
    chosen = form.choose(networks)
    with tenancy.scope([network.pk for network in networks]):
        lines = read_lines(chosen, timezone.localdate())
        waiting = read_waiting(coordinated)  # whatever the list is narrowed to
    context = {
        "is_national": national,
        "may_plan": national or bool(coordinated),
        "waiting": waiting,
        "sections": sections(lines),
        "total": len(networks),
        "shown": len(lines),
        "form": form,
        "filtered": form.filters,
    }
    return render(request, "overview/network_list.html", context)


class ChoiceForm(GuardedForm):
    """The filter, with the choices that are among the person's networks. What is not a choice counts as none."""

    fase = forms.ChoiceField(label=gettext_lazy("Phase"), required=False)
    program = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)

    def __init__(self, data: QueryDict, networks: Sequence[Network]) -> None:
        super().__init__(data, auto_id="valg-%s")
        phases = {network.phase for network in networks}
        programmes = {network.programme.slug: network.programme.name for network in networks}
        self._offer("fase", [(phase, str(title)) for phase, title in SECTIONS.items() if phase in phases])
        self._offer("program", sorted(programmes.items(), key=lambda choice: choice[1]))
        self.is_valid()

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """A filter with nothing to choose between is left out."""
        if len(choices) < 2:
            del self.fields[name]
        else:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # both are, above
            field.choices = [("", _("All")), *choices]

    @property
    def filters(self) -> bool:
        return any(self.cleaned_data.values())

    def choose(self, networks: Sequence[Network]) -> list[Network]:
        phase, programme = self.cleaned_data.get("fase"), self.cleaned_data.get("program")
        return [
            network
            for network in networks
            if (not phase or network.phase == phase) and (not programme or network.programme.slug == programme)
        ]


def read_lines(networks: Sequence[Network], today: date) -> list[Line]:
    """Each network with its participants and next gathering, in two queries however many they are. They are open."""
    # Of some old ones no date is known: they are out.
    out = Q(withdrawn=True) & (Q(withdrawn_on=None) | Q(withdrawn_on__lte=today))
    counted = {
        row["network"]: (row["active"], row["left"])
        for row in Participation.objects.values("network").annotate(
            active=Count("pk", filter=~out), left=Count("pk", filter=out)
        )
    }
    coming = _next_gatherings(today)
    return [Line(network, *counted.get(network.pk, (0, 0)), coming.get(network.pk)) for network in networks]


def _next_gatherings(today: date) -> dict[int, Gathering]:
    """The first gathering that is not over, by network; one known by its month lasts the month out."""
    not_over = Q(ends_on__gte=today) | Q(month__gte=today.replace(day=1))
    found = Gathering.objects.filter(not_over).exclude(state=Gathering.State.CANCELLED)
    first: dict[int, Gathering] = {}
    for gathering in sorted(found, key=lambda each: (each.when or date.max, each.pk), reverse=True):
        first[gathering.network_id] = gathering
    return first


def sections(lines: Sequence[Line]) -> list[Section]:
    """The lines under the headings that have any."""
    found = []
    for phase, title in SECTIONS.items():
        own = [line for line in lines if line.network.phase == phase]
        if own:
            meets = phase != Network.Phase.COMPLETED or any(line.next for line in own)
            found.append(Section(str(title), own, has_next=meets))
    return found
