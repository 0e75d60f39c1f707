"""What is asked first when a network is planned: what it is, and when it should begin."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from gpf.guarded import GuardedForm
from networks.access import coordinated_networks
from networks.models import CycleTemplate, HealthCommunity, Network, Organisation
from sessions.new_network_dates import day_field

SUPERVISING = (Organisation.Kind.DEVELOPMENT_CENTRE, Organisation.Kind.NATIONAL_BODY, Organisation.Kind.TRUST)
LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk")]


class SetupForm(GuardedForm):
    """What the network is, and when it should begin."""

    copied_from = forms.ModelChoiceField(Network.objects.none(), required=False, widget=forms.HiddenInput)
    template = forms.ModelChoiceField(
        CycleTemplate.objects.none(),
        label=gettext_lazy("Programme and template"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the template the cycle is planned from.")},
    )
    name = forms.CharField(
        label=gettext_lazy("Name of the network"),
        max_length=160,
        help_text=gettext_lazy("As people will know it, for example after its region. Two rounds are best told apart."),
        error_messages={"required": gettext_lazy("Give the network a name.")},
    )
    first = day_field(
        gettext_lazy("Wanted first day of gathering 1"),
        help_text=gettext_lazy("The nearest working days are found for you, and you can change every date afterwards."),
        error_messages={"required": gettext_lazy("Choose the day you would like gathering 1 to begin.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("The network writes"), choices=LANGUAGES, widget=forms.RadioSelect, initial="nb"
    )
    region = forms.CharField(label=gettext_lazy("Region"), max_length=120, required=False)
    health_community = forms.ModelChoiceField(
        HealthCommunity.objects.none(),
        label=gettext_lazy("Health community"),
        required=False,
        empty_label=gettext_lazy("None, or not yet"),
        help_text=gettext_lazy("The partnership of a trust and its municipalities that anchors the network."),
    )
    supervised_by = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Who guides the teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Development centres, national bodies or trusts. It can be filled in later."),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_templates()
        self._choice("copied_from").queryset = coordinated_networks(user)
        self._choice("health_community").queryset = HealthCommunity.objects.order_by("sort_name")
        self._offer_supervisors()
        if not HealthCommunity.objects.exists():
            del self.fields["health_community"]

    def _choice(self, name: str) -> "forms.ModelChoiceField[Any]":
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        return field

    def _offer_templates(self) -> None:
        """Those that have gatherings, under their programme, each with how long it is."""
        found = list(
            CycleTemplate.objects.filter(gatherings__isnull=False)
            .distinct()
            .select_related("programme")
            .prefetch_related("gatherings")
            .order_by("programme__name", "name_nb", "pk")
        )
        self.has_templates = bool(found)
        field = self._choice("template")
        field.queryset = CycleTemplate.objects.filter(pk__in=[template.pk for template in found])
        groups: dict[str, list[tuple[int, str]]] = {}
        for template in found:
            groups.setdefault(template.programme.name, []).append((template.pk, _in_short(template)))
        field.choices = list(groups.items())
        if len(found) == 1:
            field.initial = found[0].pk

    def _offer_supervisors(self) -> None:
        field = self._choice("supervised_by")
        field.queryset = Organisation.objects.filter(kind__in=SUPERVISING)
        rows = sorted(field.queryset, key=lambda row: (SUPERVISING.index(Organisation.Kind(row.kind)), row.sort_name))
        groups: dict[str, list[tuple[int, str]]] = {}
        for row in rows:
            groups.setdefault(str(KINDS[Organisation.Kind(row.kind)]), []).append((row.pk, row.name))
        field.choices = list(groups.items())
        if not rows:
            del self.fields["supervised_by"]


KINDS = {
    Organisation.Kind.DEVELOPMENT_CENTRE: gettext_lazy("Development centres"),
    Organisation.Kind.NATIONAL_BODY: gettext_lazy("National bodies"),
    Organisation.Kind.TRUST: gettext_lazy("Health trusts"),
}


def _in_short(template: CycleTemplate) -> str:
    """As "Gode pasientforløp: fire samlinger på 18 måneder (3 + 6 + 9 måneder imellom)"."""
    gaps = [str(gathering.months_after_previous) for gathering in template.gatherings.all()][1:]
    if not gaps:
        return template.name
    return _("%(template)s (%(between)s months between)") % {"template": template.name, "between": " + ".join(gaps)}
