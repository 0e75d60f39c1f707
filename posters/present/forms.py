"""How the posters are to be shown."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from gpf.guarded import GuardedForm
from posters.present.queries import MINUTES


class PresentForm(GuardedForm):
    """What goes into the address of the first poster."""

    minutes = forms.ChoiceField(label=_("How long for each poster?"), required=False)
    moves_on = forms.BooleanField(
        label=_("Go on to the next poster by itself when the time is up"), required=False, widget=forms.CheckboxInput
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        lengths = [(str(n), ngettext("%(count)d minute", "%(count)d minutes", n) % {"count": n}) for n in MINUTES]
        self.fields["minutes"] = forms.ChoiceField(
            label=_("How long for each poster?"), required=False, choices=[("", _("No clock")), *lengths]
        )
