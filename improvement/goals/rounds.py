"""PDSA rounds: beginning one, and what a decided round leads to."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from gpf import dates
from gpf.editing import EditForm
from gpf.forms import DateInput
from improvement.goals.models import Change, PdsaRound


class RoundForm(EditForm):
    """A round, written bit by bit: the plan first, the rest as the team gets there."""

    starts_on = forms.DateField(label=_("Begins"), widget=DateInput, required=False)
    ends_on = forms.DateField(label=_("Ends"), widget=DateInput, required=False)
    plan = forms.CharField(
        label=_("Plan it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What will you try, where, with how many, and what do you think will happen?"),
    )
    do = forms.CharField(
        label=_("Do it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What did you do? What went otherwise than you had thought?"),
    )
    study = forms.CharField(
        label=_("Study it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What do the numbers and the people say? Was it as you thought it would be?"),
    )
    act = forms.CharField(
        label=_("Act on it"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What will you do with what you know now? If you adjust it, the next round begins with this."),
    )
    learned = forms.CharField(
        label=_("What did you learn, in a sentence?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It stands in the plan and on the chart. For instance: “Fixed days work; Friday is too late.”"),
    )
    decision = forms.ChoiceField(
        label=_("What do you do with the change?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("", _("Not decided yet")),
            (PdsaRound.Decision.ADOPT, _("Take it into use: it works")),
            (PdsaRound.Decision.ADAPT, _("Adjust it and try again")),
            (PdsaRound.Decision.ABANDON, _("Let it go: it does not give what we wanted")),
        ],
    )

    class Meta:
        model = PdsaRound
        fields: ClassVar = ["starts_on", "ends_on", "plan", "do", "study", "act", "learned", "decision"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("It ends before it begins. Look at the two days once more."))
        if starts:
            self._compare_with_neighbours(starts)
        if cleaned.get("decision") and not cleaned.get("learned"):
            self.add_error("learned", gettext("You have decided. Write in a sentence what you learned."))
        return cleaned

    def _compare_with_neighbours(self, starts: date) -> None:
        """Rounds begin in the order of their numbers."""
        others = PdsaRound.objects.filter(change=self.instance.change_id).exclude(starts_on=None)
        before = others.filter(number__lt=self.instance.number).order_by("-number").first()
        after = others.filter(number__gt=self.instance.number).order_by("number").first()
        if before and before.starts_on and starts < before.starts_on:
            said = gettext("Round %(number)d began on %(day)s. This one can not begin before it.")
            self._tell(said, before)
        if after and after.starts_on and starts > after.starts_on:
            said = gettext("Round %(number)d began on %(day)s. This one can not begin after it.")
            self._tell(said, after)

    def _tell(self, said: str, other: PdsaRound) -> None:
        assert other.starts_on is not None
        self.add_error("starts_on", said % {"number": other.number, "day": dates.short_date(other.starts_on)})


@transaction.atomic
def begin_round(*, change: Change, by: User) -> PdsaRound:
    """The change's next round, from today.

    1. Hold the change: two who begin at once get the same round.
    2. A round nobody has decided on is the one to go on with: answer with that.
    3. Else write the next one, which begins with what the last one was to be adjusted to.
    4. An idea, and what was stopped or in use and is tried anew, is being tried from now on.
    """
    held = Change.objects.select_for_update().get(pk=change.pk)
    last = PdsaRound.objects.filter(change=held).order_by("-number").first()
    if last is not None and not last.decision:
        return last
    is_adapted = last is not None and last.decision == PdsaRound.Decision.ADAPT
    begun = PdsaRound.objects.create(
        network_id=held.network_id,
        change=held,
        number=last.number + 1 if last else 1,
        starts_on=max(filter(None, [timezone.localdate(), last.starts_on if last else None])),
        plan=last.act if last and is_adapted else "",
        saved_by=by,
    )
    if held.state != Change.State.TRYING:
        held.state = Change.State.TRYING
        held.save(update_fields=["state"])
    return begun


def settle(*, change: Change, state: Change.State) -> None:
    """Take the change into use, or stop it: what a decided round leads to."""
    change.state = state
    change.save(update_fields=["state"])
