"""What people decide about a chart: numbers left out, what happened, where limits are reckoned anew."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from gpf.forms import DateInput
from gpf.guarded import GuardedForm, GuardedModelForm
from improvement.charts.numbers import period
from improvement.charts.picture import SETTLED
from improvement.measures.access import write_measure
from improvement.measures.limits_services import begin_limits, take_back_limits
from improvement.measures.models import Annotation, LimitPeriod, Measure, Observation
from improvement.measures.services import leave_out
from networks.access import NetworkRequest, network_view
from networks.models import Role

QUESTIONS = {
    "behaves_differently": (
        gettext_lazy("Do the numbers behave differently from this day on?"),
        gettext_lazy("The chart shows a run, or numbers outside the limits, that is more than chance."),
    ),
    "cause_known": (
        gettext_lazy("Do you know what caused it?"),
        gettext_lazy("A change you made, a new routine, another group of users: not a guess."),
    ),
    "is_desirable": (
        gettext_lazy("Is the change wanted?"),
        gettext_lazy("Where it is for the worse, the old limits are what shows it: find the cause first."),
    ),
    "will_continue": (
        gettext_lazy("Will it go on like this?"),
        gettext_lazy("The new way is in daily use, and not only a trial for some weeks."),
    ),
}
"""Wheeler's four questions before limits are reckoned anew."""

YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
DOUBTS = 2


class LimitsForm(GuardedForm):
    """New limits from a day, with the four answers."""

    starts_on = forms.DateField(label=gettext_lazy("From which day?"), widget=DateInput)
    answer = forms.CharField(
        label=gettext_lazy("What has changed?"),
        max_length=250,
        help_text=gettext_lazy("In a few words. They stay on the chart, with your name and the day."),
    )

    def __init__(self, measure: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        for name, (label, help_text) in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                label=label, help_text=help_text, choices=YES_NO, widget=forms.RadioSelect
            )
        self.order_fields(["starts_on", *QUESTIONS, "answer"])

    def clean_starts_on(self) -> Any:
        """A day with numbers before and from it."""
        day = self.cleaned_data["starts_on"]
        days = list(Observation.objects.filter(measure=self.measure).values_list("on", flat=True))
        if day > timezone.localdate():
            raise ValidationError(_("The day lies ahead. Limits are reckoned from numbers that are there."))
        if not any(each < day for each in days) or not any(each >= day for each in days):
            raise ValidationError(_("Choose a day with numbers both before it and from it on."))
        return day

    def answers(self) -> dict[str, bool]:
        return {name: self.cleaned_data[name] == "yes" for name in QUESTIONS}

    @property
    def doubts(self) -> bool:
        """Whether the answers speak for waiting."""
        return self.is_bound and self.is_valid() and list(self.answers().values()).count(False) >= DOUBTS


class AnnotationForm(GuardedModelForm):
    """What happened, and when."""

    everywhere = forms.BooleanField(label=gettext_lazy("On all the charts of the team"), required=False)

    class Meta:
        model = Annotation
        fields = ("on", "text")
        labels = {"on": gettext_lazy("When?"), "text": gettext_lazy("What happened?")}
        help_texts = {"text": gettext_lazy("A few words: “new rota”, “summer staff”. No patient information.")}
        widgets = {"on": DateInput}

    def clean_on(self) -> Any:
        """A day that has been: the chart shows what happened, not what is planned."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError(_("This day has not come yet. Write it on the chart when it has happened."))
        return self.cleaned_data["on"]


class ReasonForm(GuardedForm):
    """Why a number is left out."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=200,
        help_text=gettext_lazy(
            "Such as “the record was down that week”. A number that is only unwelcome is not left out."
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def exclude(request: NetworkRequest, team_slug: str, measure_pk: int, observation_pk: int) -> HttpResponse:
    """Leave a number out, or count it in again."""
    found = write_measure(request, team_slug, measure_pk, lock=request.method == "POST")
    row = get_object_or_404(Observation.objects.select_related("measure"), pk=observation_pk, measure=found.measure)
    if request.method == "POST" and "again" in request.POST:
        leave_out(row=row, reason="", by=request.user)
        messages.success(request, _("The number counts again."))
        return redirect("improvement:measure", *found.keys)
    form = ReasonForm(request.POST or None, initial={"reason": row.excluded_reason})
    if request.method == "POST" and form.is_valid():
        leave_out(row=row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The number is drawn as a ring, and left out of line and limits."))
        return redirect("improvement:measure", *found.keys)
    context = {"place": found.place, "measure": found.measure, "row": row, "form": form}
    return render(request, "improvement/exclude.html", context | {"when": period(row.on, found.measure.rhythm)})


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def annotate(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Write on the chart what happened."""
    found = write_measure(request, team_slug, measure_pk)
    form = AnnotationForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        note = form.save(commit=False)
        note.network, note.team, note.written_by = request.network, found.place.team, request.user
        note.measure = None if form.cleaned_data["everywhere"] else found.measure
        note.save()
        messages.success(request, _("It stands on the chart."))
        return redirect("improvement:measure", *found.keys)
    return render(request, "improvement/annotate.html", {"place": found.place, "measure": found.measure, "form": form})


@require_POST
@network_view(Role.TEAM_MEMBER)
def annotation_remove(request: NetworkRequest, team_slug: str, measure_pk: int, annotation_pk: int) -> HttpResponse:
    """Take what was written off the chart."""
    found = write_measure(request, team_slug, measure_pk)
    note = get_object_or_404(Annotation, pk=annotation_pk, team=found.place.team)
    text = note.text
    note.delete()
    messages.success(request, _("“%(text)s” is taken off the chart.") % {"text": text})
    return redirect("improvement:measure", *found.keys)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def limits(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Reckon the limits anew: four questions first. Doubtful answers are told of once, and decided by the person."""
    found = write_measure(request, team_slug, measure_pk, lock=request.method == "POST")
    form = LimitsForm(found.measure, request.POST or None)
    if request.method == "POST" and form.is_valid() and (not form.doubts or "sure" in request.POST):
        begin_limits(
            measure=found.measure,
            starts_on=form.cleaned_data["starts_on"],
            answers=form.answers(),
            answer=form.cleaned_data["answer"],
            by=request.user,
        )
        messages.success(
            request,
            _("The line and the limits begin anew that day. They settle when there are %(least)s numbers.")
            % {"least": SETTLED},
        )
        return redirect("improvement:measure", *found.keys)
    context = {"place": found.place, "measure": found.measure, "form": form, "doubts": form.doubts}
    return render(request, "improvement/limits.html", context)


@require_POST
@network_view(Role.TEAM_MEMBER)
def limits_undo(request: NetworkRequest, team_slug: str, measure_pk: int, period_pk: int) -> HttpResponse:
    """Let the limits from before hold on."""
    found = write_measure(request, team_slug, measure_pk, lock=True)
    take_back_limits(period=get_object_or_404(LimitPeriod, pk=period_pk, measure=found.measure))
    messages.success(request, _("The limits from before hold on."))
    return redirect("improvement:measure", *found.keys)
