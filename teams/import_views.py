"""Bringing in a list of people: what it will do is shown before it is done."""

from dataclasses import astuple
from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gpf.guarded import GuardedForm
from networks.access import NetworkRequest, network_view
from networks.models import Role
from teams.importing.plan import Plan, make_plan
from teams.importing.reading import Row, Table, read_text, read_upload
from teams.importing.services import bring_in
from teams.telling import invite

A_DAY = 24 * 3600
MOST_SAID = 10


class ListForm(GuardedForm):
    """A list, pasted or as a file."""

    text = forms.CharField(
        label=gettext_lazy("Paste the list here"),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        required=False,
        strip=False,
        max_length=500_000,
        help_text=gettext_lazy("Copy the rows in Excel with their headings, and paste them."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        help_text=gettext_lazy("CSV or Excel (.xlsx), at most 1 MB and 500 rows."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )
    make_teams = forms.BooleanField(
        label=gettext_lazy("Make the teams that are missing"),
        required=False,
        help_text=gettext_lazy("For organisations that take part. Otherwise such rows are left out."),
    )
    table: Table | None = None

    def clean(self) -> dict[str, Any]:
        """Read the list. What can not be read says why at its field."""
        cleaned = super().clean() or self.cleaned_data
        upload, text = cleaned.get("file"), cleaned.get("text") or ""
        if self.errors:
            return cleaned
        if not upload and not text.strip():
            self.add_error("text", _("Paste a list, or choose a file."))
            return cleaned
        try:
            self.table = read_upload(upload) if upload else read_text(text)
        except ValidationError as refusal:
            self.add_error("file" if upload else "text", refusal)
        return cleaned


@network_view(Role.COORDINATOR, to_write=True)
def import_people(request: NetworkRequest) -> HttpResponse:
    """Take a list, show what it will do, and do it."""
    if "list" in request.POST:
        return _confirm(request)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.table:
        return _preview(request, form.table.rows, form.cleaned_data["make_teams"], form.table.notes)
    return render(request, "teams/import.html", {"form": form})


def _preview(
    request: NetworkRequest, rows: list[Row], make_teams: bool, notes: list[str] | None = None, again: bool = False
) -> HttpResponse:
    """What will happen, row by row. The list travels signed, so that what is confirmed is what was shown."""
    plan = make_plan(network=request.network, rows=rows, make_teams=make_teams)
    content = {"rows": [astuple(row) for row in rows], "teams": make_teams, "seen": plan.fingerprint}
    context = {
        "plan": plan,
        "counts": {what.value: count for what, count in plan.counts.items()},
        "notes": notes or [],
        "again": again,
        "list": signing.dumps(content, salt=_salt(request), compress=True),
    }
    return render(request, "teams/import_preview.html", context)


def _confirm(request: NetworkRequest) -> HttpResponse:
    """Do what was shown. Where the network has changed since, it is shown anew instead."""
    try:
        content = signing.loads(request.POST["list"], salt=_salt(request), max_age=A_DAY)
    except signing.BadSignature:
        messages.error(request, _("The list was read too long ago. Choose it once more."))
        return redirect("teams:import", request.network.slug)
    rows = [Row(*values) for values in content["rows"]]
    plan = make_plan(network=request.network, rows=rows, make_teams=content["teams"])
    if plan.fingerprint != content["seen"]:
        return _preview(request, rows, content["teams"], again=True)
    brought = bring_in(network=request.network, plan=plan)
    for user in brought.invited:
        invite(request, user)
    messages.success(request, _said(len(brought.invited), brought.given_roles, brought.teams))
    _say_what_was_left_out(request, plan)
    return redirect("teams:people", request.network.slug)


def _salt(request: NetworkRequest) -> str:
    """A list is its reader's own, for this network and in this language."""
    return f"teams.import:{request.network.pk}:{request.user.pk}"


def _said(invited: int, given: int, teams: int) -> str:
    parts = [
        ngettext("%(count)s person is invited.", "%(count)s people are invited.", invited) % {"count": invited}
        if invited
        else "",
        ngettext("%(count)s got a new role.", "%(count)s got a new role each.", given) % {"count": given}
        if given
        else "",
        ngettext("%(count)s team was made.", "%(count)s teams were made.", teams) % {"count": teams} if teams else "",
    ]
    return " ".join(filter(None, parts)) or _("Everything in the list was so already.")


def _say_what_was_left_out(request: NetworkRequest, plan: Plan) -> None:
    """The rows that were refused, with why: the list is at hand to mend them in."""
    refused = plan.refused
    if not refused:
        return
    count = len(refused)
    head = ngettext("%(count)s row was left out.", "%(count)s rows were left out.", count) % {"count": count}
    lines = [_("Line %(line)d: %(why)s") % {"line": step.row.line, "why": step.words} for step in refused[:MOST_SAID]]
    messages.warning(request, " ".join([head, *lines, *(["…"] if count > MOST_SAID else [])]))
