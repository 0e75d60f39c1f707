"""The page of organisations: who there is, what became of whom, and where each has taken part."""

from dataclasses import dataclass

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gpf.guarded import GuardedForm
from networks.access import planner_view
from networks.models import Organisation
from networks.organisation_directory import MUNICIPALITY, Directory, Line, matches, read_directory
from networks.organisation_history import in_words

PAGE_SIZE = 100


class SearchForm(GuardedForm):
    """What to look for."""

    q = forms.CharField(label=gettext_lazy("Name or number"), required=False, max_length=80)
    county = forms.ChoiceField(label=gettext_lazy("County"), required=False)
    taken_part = forms.BooleanField(label=gettext_lazy("Only those that have taken part"), required=False)

    def __init__(self, *args: object, counties: list[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments, passed on
        self.fields["county"] = forms.ChoiceField(
            label=gettext_lazy("County"),
            required=False,
            choices=[("", _("All")), *((county, county) for county in counties)],
        )


@dataclass(frozen=True)
class Found:
    """An organisation as the page shows it."""

    line: Line
    kind: str
    became: str
    took_part: str


@require_safe
@planner_view
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation in Norwegian order, or those that are looked for, the merged among them."""
    directory = read_directory(timezone.localdate())
    counties = dict.fromkeys(line.county for line in directory.lines() if line.kind == MUNICIPALITY and line.county)
    form = SearchForm(request.GET or None, counties=list(counties))
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(_look(directory, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    kinds = {str(value): str(label) for value, label in Organisation.Kind.choices}
    context = {
        "form": form,
        "filtered": any(asked.values()),
        "page": page,
        "found": [_shown(directory, line, kinds) for line in page.object_list],
        "has_register": bool(directory.succession),
    }
    return render(request, "networks/organisations.html", context)


def _look(directory: Directory, asked: dict[str, object]) -> list[Line]:
    """In one order, whatever kind they are. Former municipalities come along when something is looked for."""
    text, county, taken_part = (asked.get(name) for name in ("q", "county", "taken_part"))
    lines = [
        line
        for line in directory.lines(former=bool(text))
        if matches(line, str(text or "")) and (not county or line.county == county) and not _is_noise(line, str(text))
    ]
    if taken_part:
        lines = [line for line in lines if directory.parts(line)]
    return sorted(lines, key=lambda line: line.sort_name)


def _is_noise(line: Line, text: str) -> bool:
    """Whether it is only an older number of what stands under the same name: of interest to who asks for the number."""
    return [entry.name for entry in line.successors] == [line.name] and line.number != text.strip()


def _shown(directory: Directory, line: Line, kinds: dict[str, str]) -> Found:
    became = ""
    if line.is_former:
        names = ", ".join(
            f"{entry.number} {entry.name}" if entry.name == line.name else entry.name for entry in line.successors
        )
        became = _("now %(names)s") % {"names": names} if names else _("no longer a municipality")
    return Found(line, kinds[line.kind], became, in_words(directory.parts(line), line.name))
