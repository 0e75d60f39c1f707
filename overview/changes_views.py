"""The page of changes: everything that was done in a network, for its coordinators."""

from datetime import timedelta

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from gpf.guarded import GuardedForm
from networks.access import NetworkRequest, network_view
from networks.models import Change, Network, Role
from overview.changes import read_page
from overview.changes_kinds import GROUPS, KINDS

NOBODY = "0"
PERIODS = (
    ("7", gettext_lazy("The last week")),
    ("31", gettext_lazy("The last month")),
    ("366", gettext_lazy("The last year")),
)


@network_view(Role.COORDINATOR)
def page(request: NetworkRequest) -> HttpResponse:
    """Newest first, chosen by person, kind of thing and time."""
    form = ChoiceForm(request.GET, request.network)
    shown, days = read_page(request.network, form.choose(), request.GET.get("page"))
    context = {"page": shown, "days": days, "form": form, "filtered": form.filters}
    return render(request, "overview/changes.html", context)


class ChoiceForm(GuardedForm):
    """The filter. What is not a choice counts as none."""

    hvem = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    hva = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    siden = forms.ChoiceField(label=gettext_lazy("When"), required=False)

    def __init__(self, data: QueryDict, network: Network) -> None:
        super().__init__(data, auto_id="valg-%s")
        self.changes = Change.objects.filter(network=network, table__in=KINDS)
        self._offer("hvem", _("Everyone"), _people(self.changes))
        self._offer("hva", _("Everything"), [(key, str(label)) for key, label in GROUPS.items()])
        self._offer("siden", _("The whole time"), [(key, str(label)) for key, label in PERIODS])
        self.is_valid()

    def _offer(self, name: str, every: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # all three are, above
        field.choices = [("", every), *choices]

    @property
    def filters(self) -> bool:
        return any(self.cleaned_data.values())

    def choose(self) -> QuerySet[Change]:
        found = self.changes
        person, group, days = (self.cleaned_data.get(name) for name in ("hvem", "hva", "siden"))
        if person:
            found = found.filter(actor=None) if person == NOBODY else found.filter(actor=int(person))
        if group:
            found = found.filter(table__in=[table for table, kind in KINDS.items() if kind.group == group])
        if days:
            found = found.filter(at__gte=timezone.now() - timedelta(days=int(days)))
        return found


def _people(changes: QuerySet[Change]) -> list[tuple[str, str]]:
    """Those who have changed something, by name; last what nobody did by an account."""
    actors = set(changes.order_by().values_list("actor", flat=True).distinct())
    people = User.objects.filter(pk__in=[pk for pk in actors if pk]).order_by("name", "pk")
    named = [(str(person.pk), str(person)) for person in people]
    return [*named, (NOBODY, _("Nobody with an account"))] if None in actors else named
