"""The progress matrix as a page and as files."""

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gpf.guarded import GuardedForm
from gpf.status import WORDS
from networks.access import NetworkRequest, has_role, network_view
from networks.models import Role
from overview import matrix_files, matrix_html
from overview.gatherings import gathering_name
from overview.matrix import (
    Choice,
    Matrix,
    gatherings_of,
    guides_of,
    read_columns,
    read_matrix,
    read_teams,
    sentence,
)
from sessions.models import Gathering
from teams.access import reviewable_teams

READERS = (Role.COORDINATOR, Role.SUPERVISOR)


@network_view(*READERS)
def page(request: NetworkRequest) -> HttpResponse:
    """The coordinator's home: every team, or the supervisor's own."""
    shown = _read(request)
    return render(
        request,
        "overview/matrix.html",
        {
            "form": shown.form,
            "choice": shown.choice,
            "sentence": sentence(shown.matrix, own=not has_role(request, Role.COORDINATOR)),
            "matrix": shown.matrix,
            "table": matrix_html.render(shown.matrix, request.network),
            "files": _files(request),
        },
    )


@network_view(*READERS)
def as_csv(request: NetworkRequest) -> HttpResponse:
    shown = _read(request)
    return _download(request, matrix_files.as_csv(shown.matrix), matrix_files.CSV, "csv")


@network_view(*READERS)
def as_xlsx(request: NetworkRequest) -> HttpResponse:
    shown = _read(request)
    return _download(request, matrix_files.as_xlsx(shown.matrix, _("Progress")), matrix_files.XLSX, "xlsx")


class ChoiceForm(GuardedForm):
    """The filter. Its names stand in the address; an answer that is not among the choices counts as none."""

    samling = forms.TypedChoiceField(label=gettext_lazy("Gathering"), coerce=int, empty_value=None, required=False)
    tilstand = forms.ChoiceField(label=gettext_lazy("Teams with something that is"), required=False)
    veileder = forms.TypedChoiceField(label=gettext_lazy("Supervisor"), coerce=int, empty_value=None, required=False)
    rekkefolge = forms.ChoiceField(label=gettext_lazy("Order"), required=False)

    def __init__(self, data: object, gatherings: list[Gathering], guides: list[tuple[int, str]]) -> None:
        super().__init__(data, auto_id="valg-%s")  # type: ignore[arg-type]  # request.GET, as every form takes it
        every = ("", _("All"))
        self._choices("samling", [every, *((str(gathering.pk), gathering_name(gathering)) for gathering in gatherings)])
        self._choices("tilstand", [("", _("Anything")), *WORDS.items()])
        self._choices("rekkefolge", [("", _("By name")), ("forsinket", _("Most behind first"))])
        if guides:
            self._choices("veileder", [every, *((str(membership), name) for membership, name in guides)])
        else:
            del self.fields["veileder"]

    def choice(self) -> Choice:
        """What is chosen; fields with an answer that is not among the choices are left out."""
        self.full_clean()
        answers = self.cleaned_data
        return Choice(
            state=answers.get("tilstand", ""),
            gathering=answers.get("samling"),
            supervisor=answers.get("veileder"),
            by_lateness=answers.get("rekkefolge") == "forsinket",
        )

    def _choices(self, name: str, choices: object) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, named above


@dataclass(frozen=True)
class _Shown:
    form: ChoiceForm
    choice: Choice
    matrix: Matrix


def _read(request: NetworkRequest) -> _Shown:
    """What the page and the files alike show to this person with this address."""
    today = timezone.localdate()
    columns = read_columns()
    teams = read_teams(reviewable_teams(request), today)
    guides = guides_of(teams) if has_role(request, Role.COORDINATOR) else []
    form = ChoiceForm(request.GET, gatherings_of(columns), guides)
    choice = form.choice()
    return _Shown(form, choice, read_matrix(columns, teams, choice, today=today))


def _files(request: NetworkRequest) -> list[tuple[str, str]]:
    """The addresses of the files, with the choice in them."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    slug = {"network_slug": request.network.slug}
    kinds = (("CSV", "csv"), ("Excel", "xlsx"))
    return [(name, reverse(f"overview:matrix_{kind}", kwargs=slug) + query) for name, kind in kinds]


def _download(request: NetworkRequest, content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"fremdrift-{request.network.slug}-{timezone.localdate():%Y-%m-%d}.{ending}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
