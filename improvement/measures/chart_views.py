"""The page of a measure's chart, and the chart as files."""

import csv
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gpf.editing import EditForm
from gpf.norwegian import slug_of
from improvement.access import READERS
from improvement.charts.picture import Mark, Picture
from improvement.charts.svg import Shape, draw
from improvement.charts.table import Row, alternative, rows
from improvement.charts.words import advice, assurance, sentence
from improvement.measures.access import read_measure, write_measure
from improvement.measures.analysing import FITTING, pictures_of
from improvement.measures.models import Annotation, LimitPeriod, Measure, Observation
from improvement.papers.models import Paper
from improvement.papers.services import request_paper
from improvement.papers.views import lead_to
from networks.access import NetworkRequest, network_view
from networks.models import Role


@dataclass(frozen=True)
class Line:
    """A row of the table, with the number it can be corrected at."""

    row: Row
    pk: int
    excluded: bool
    empty: bool


@dataclass(frozen=True)
class Flag:
    """What stands on the chart under a number."""

    number: int
    mark: Mark


@require_safe
@network_view(*READERS)
def measure(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """What the numbers say, the chart, what was written on it, and every number in a table."""
    found = read_measure(request, team_slug, measure_pk)
    picture = pictures_of([found.measure], own=found.place.is_own)[found.measure.pk]
    periods = LimitPeriod.objects.filter(measure=found.measure).select_related("decided_by").order_by("starts_on")
    context = {
        "place": found.place,
        "measure": found.measure,
        "picture": picture,
        "chart": draw(picture),
        "phone_chart": draw(picture, shape=Shape.PHONE),
        "sentence": sentence(picture),
        "advice": advice(picture),
        "icons": _icons(picture),
        "flags": [Flag(number, mark) for number, mark in enumerate(picture.marks, start=1)],
        "lines": _lines(found.measure, picture),
        "notes": Annotation.objects.filter(team=found.place.team, measure__in=[found.measure.pk])
        | Annotation.objects.filter(team=found.place.team, measure=None),
        "periods": [each for each in periods if each.starts_on],
    }
    return render(request, "improvement/measure.html", context)


def _lines(measure: Measure, picture: Picture) -> list[Line]:
    found = list(Observation.objects.filter(measure=measure).order_by("on"))
    written = list(reversed(rows(picture)))
    lines = [
        Line(row, each.pk, each.excluded, picture.values[at] is None)
        for at, (row, each) in enumerate(zip(written, found, strict=True))
    ]
    return lines[::-1]


def _icons(picture: Picture) -> dict[str, str] | None:
    """The two icons of Making Data Count: what each is, and its words."""
    special = picture.analysis.special
    if special is None:
        return None
    return {"variation": special.variation, "assurance": special.assurance or "", "words": assurance(picture)}


class ChartForm(EditForm):
    """Which chart is drawn, and by which rules it is read."""

    class Meta:
        model = Measure
        fields = ("chart", "rules")
        labels = {"chart": gettext_lazy("Chart"), "rules": gettext_lazy("Rules")}
        widgets = {"chart": forms.RadioSelect, "rules": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = FITTING[self.instance.kind]
        self.fields["chart"].choices = [  # type: ignore[attr-defined]
            ("", _("Run chart: the median, and no limits. Right for most teams")),
            *((value, label) for value, label in CHART_WORDS.items() if value in fitting),
        ]
        self.fields["chart"].required = False
        self.fields["rules"].choices = RULE_WORDS  # type: ignore[attr-defined]


CHART_WORDS = {
    "i": gettext_lazy("I chart: limits about the mean, for single values"),
    "mr": gettext_lazy("MR chart: how much one number differs from the next"),
    "p": gettext_lazy("P chart: limits for a share"),
    "pp": gettext_lazy("P′ chart: limits for a share among very many"),
    "u": gettext_lazy("U chart: limits for a rate"),
    "up": gettext_lazy("U′ chart: limits for a rate among very many"),
    "c": gettext_lazy("C chart: limits for a count"),
    "t": gettext_lazy("T chart: limits for the time between"),
    "g": gettext_lazy("G chart: limits for what happens very seldom"),
}

RULE_WORDS = (
    (Measure.Rules.ANHOEJ, gettext_lazy("Anhøj's rules: the length of runs, and how often the line is crossed")),
    (Measure.Rules.PERLA, gettext_lazy("Perla's rules: shifts of six and trends of five, on a run chart")),
    (Measure.Rules.MDC, gettext_lazy("Making data count: XmR chart with icons for variation and assurance")),
)


@require_http_methods(["GET", "HEAD", "POST"])
@network_view(Role.TEAM_MEMBER, to_write=True)
def chart_choice(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """Choose the chart and the rules."""
    found = write_measure(request, team_slug, measure_pk, lock=request.method == "POST")
    form = ChartForm(request.POST or None, instance=found.measure)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The chart is drawn anew. The numbers are the same."))
        return redirect("improvement:measure", *found.keys)
    return render(
        request, "improvement/chart_choice.html", {"place": found.place, "measure": found.measure, "form": form}
    )


# As files


@require_POST
@network_view(*READERS, when_completed=True)
def chart_pdf(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """The chart on paper, in the team's language."""
    found = read_measure(request, team_slug, measure_pk)
    # A paper can be opened by whoever may read the team's work, so it shows no more than all of them may see.
    picture = pictures_of([found.measure], own=False)[found.measure.pk]
    language = found.place.team.language
    drawn = draw(picture, shape=Shape.PAGE, language=language)
    paper = request_paper(
        network=request.network,
        team=found.place.team,
        kind=Paper.Kind.CHART,
        content=_content(found.measure, picture, drawn, language),
        language=language,
        title=f"{found.measure.title} – {found.place.team.name}"[:200],
    )
    return lead_to(paper)


def _content(measure: Measure, picture: Picture, drawn: SafeString, language: str) -> dict[str, Any]:
    from django.utils import translation

    with translation.override(language):
        return {
            "team": picture.team,
            "title": measure.title,
            "chart": drawn,
            "sentence": sentence(picture),
            "alternative": alternative(picture),
            "marks": [[number, mark.text] for number, mark in enumerate(picture.marks, start=1)],
            "rows": [asdict(row) for row in rows(picture)],
        }


@require_safe
@network_view(*READERS)
def as_csv(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """The numbers for Excel: semicolons, a decimal comma, and a mark that says UTF-8."""
    found = read_measure(request, team_slug, measure_pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=_attachment(found.measure, "csv"))
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    for line in _table(found.measure, own=found.place.is_own):
        writer.writerow([_plain(cell) for cell in line])
    return response


@require_safe
@network_view(*READERS)
def as_xlsx(request: NetworkRequest, team_slug: str, measure_pk: int) -> HttpResponse:
    """The numbers as a workbook. Text is text: nothing a person wrote becomes a formula."""
    from openpyxl import Workbook

    found = read_measure(request, team_slug, measure_pk)
    book = Workbook()
    sheet = book.worksheets[0]
    for line in _table(found.measure, own=found.place.is_own):
        sheet.append(line)
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    data = BytesIO()
    book.save(data)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(data.getvalue(), content_type=kind, headers=_attachment(found.measure, "xlsx"))


def _attachment(measure: Measure, ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{slug_of(measure.title)[:60] or "tall"}.{ending}"'}


def _table(measure: Measure, *, own: bool) -> Iterator[list[Any]]:
    """Days, numbers and notes; what the reader may not see is empty."""
    picture = pictures_of([measure], own=own)[measure.pk]
    yield [_("Day"), _("Value"), _("The part that counts"), _("All of them"), _("Left out"), _("Note")]
    for at, day in enumerate(picture.days):
        yield [
            day,
            picture.values[at],
            picture.numerators[at] if picture.numerators else None,
            picture.denominators[at] if picture.denominators else None,
            _("yes") if picture.is_excluded(at) else "",
            picture.notes[at] if picture.notes else "",
        ]


def _plain(cell: object) -> str:
    """A cell for a text file. What Excel would take for a formula gets an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    text = str(cell)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
