"""What a coordinator sets for her network, each choice with who sees what when it is made."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gpf.editing import EditForm
from networks.models import HealthCommunity, Network

Sight = Network.PosterSight
Work = Network.WorkSight

POSTER_NOTES: dict[str, str | Promise] = {
    Sight.AFTER_DEADLINE: _(
        "The whole network sees them at the same time, the day after the deadline. Nobody sees one that is being made."
    ),
    Sight.WHEN_DELIVERED: _("The network sees each poster at once, also before the deadline of the others."),
    Sight.NEVER: _("Teams see only their own. The poster wall is for those who guide and coordinate."),
}
WORK_NOTES: dict[str, str | Promise] = {
    Work.WHEN_SHARED: _(
        "Each team decides: “Share with the network” is a button on what it has delivered, and it can stop sharing."
    ),
    Work.WHEN_DELIVERED: _("The network reads what is delivered at once, until it is sent back. Tell the teams so."),
    Work.NEVER: _("Teams read only their own. What a team has shared before is hidden too."),
}


class ExplainedChoices(forms.RadioSelect):
    """Choices with a line under each that says what it means."""

    option_template_name = "overview/settings_option.html"

    def __init__(self, notes: dict[str, str | Promise]) -> None:
        super().__init__()
        self.notes = notes

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        return option | {"note": self.notes.get(str(value), "")}


class SettingsForm(EditForm):
    """The network's own words, and what its members see of each other's work."""

    class Meta:
        model = Network
        fields = ("name", "region", "language", "health_community", "posters_shown", "work_shown")
        labels: ClassVar = {
            "name": _("The network’s name"),
            "region": _("Region"),
            "language": _("The network writes"),
            "health_community": _("Health community"),
            "posters_shown": _("When does the network see a team’s poster?"),
            "work_shown": _("When does the network see a team’s plans and other work?"),
        }
        help_texts: ClassVar = {
            "name": _("The address of the pages stays as it is."),
            "language": _("New teams and letters begin in this form. People go on reading their own."),
            "health_community": _("The partnership of a trust and its municipalities that anchors the network."),
        }
        widgets: ClassVar = {
            "posters_shown": ExplainedChoices(POSTER_NOTES),
            "work_shown": ExplainedChoices(WORK_NOTES),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["health_community"]
        assert isinstance(chosen, forms.ModelChoiceField)  # it is, by the model
        chosen.queryset = HealthCommunity.objects.order_by("sort_name")
        chosen.empty_label = str(_("None chosen"))
        language = self.fields["language"]
        assert isinstance(language, forms.ChoiceField)  # likewise
        language.choices = settings.LANGUAGES[:2]
