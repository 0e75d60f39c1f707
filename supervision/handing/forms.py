"""Which teams, to whom, and for a stand-in from when until when."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gpf.guarded import GuardedForm
from networks.models import Membership
from sessions.plan_forms import DayField
from teams.models import Team


class GuideField(forms.ModelChoiceField):  # type: ignore[type-arg]  # it is generic to mypy only
    """One of the supervisors, by name."""

    def label_from_instance(self, obj: Membership) -> str:
        return str(obj.user)


class HandForm(GuardedForm):
    """Teams of one supervisor, and the other."""

    ticks_all: ClassVar = False
    """Whether all her teams are ticked at first: where it is for a while, not where it is for good."""

    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label=_("Which teams?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one team.")},
    )
    to = GuideField(
        Membership.objects.none(),
        label=_("To whom?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it is.")},
        empty_label=None,
    )

    def __init__(
        self, data: Any, *, teams: Sequence[Team], others: QuerySet[Membership], ticked: Sequence[str] = ()
    ) -> None:
        asked = [team.pk for team in teams if team.slug in ticked]
        at_first = [team.pk for team in teams] if self.ticks_all or len(teams) == 1 else []
        only = others[0].pk if len(others) == 1 else None
        super().__init__(data, initial={"teams": asked or at_first, "to": only})
        choice, to = self.fields["teams"], self.fields["to"]
        assert isinstance(choice, forms.ModelChoiceField)
        assert isinstance(to, forms.ModelChoiceField)
        choice.queryset = Team.objects.filter(pk__in=[team.pk for team in teams]).order_by("sort_name", "pk")
        to.queryset = others


class ShareForm(HandForm):
    """Somebody guides the teams too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].label = _("With whom?")


class StandInForm(HandForm):
    """Somebody guides the teams while the supervisor is away."""

    ticks_all: ClassVar = True

    since = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), help_text=_("That day counts, too."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].label = _("Who stands in?")
        self.initial["since"] = timezone.localdate()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("since"), cleaned.get("last_day")
        if first and first < timezone.localdate():
            self.add_error("since", gettext("That day has been. Choose today or later."))
        if first and last and last < first:
            self.add_error("last_day", gettext("The last day is before the first. Look over the two days."))
        return cleaned
