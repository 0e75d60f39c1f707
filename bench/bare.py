"""The measure that the matrix is held against: two queries and a Django template, with nothing around them."""

from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.utils import timezone
from django.utils.translation import gettext as _

from gpf import dates
from gpf.status import status_word
from networks.models import Network
from overview.gatherings import gathering_name
from sessions.models import Assignment
from sessions.progress import Facts, progress
from teams.models import Team

SOURCE = """\
<table class="table sticky-first matrix" data-matrix>
<thead>
<tr class="matrix-gatherings"><th scope="col" rowspan="2">{{ team }}</th>
{% for group in groups %}
<th scope="colgroup" colspan="{{ group.span }}"><span class="matrix-gathering">{{ group.name }}</span></th>
{% endfor %}</tr>
<tr class="matrix-assignments">
{% for column in columns %}
<th scope="col"{% if column.kind %} class="{{ column.kind }}"{% endif %}>
{{ column.title }} <span class="matrix-due">{{ column.due }}</span></th>
{% endfor %}</tr>
</thead>
<tbody>
{% for row in rows %}
<tr><th scope="row"><a href="{{ row.address }}">{{ row.name }}</a>
{% if row.organisation != row.name %}<span class="matrix-organisation">{{ row.organisation }}</span>{% endif %}</th>
{% for cell in row.cells %}<td{% if cell.kind %} class="{{ cell.kind }}"{% endif %}>
<a class="status" data-state="{{ cell.state }}" data-label="{{ cell.label }}" href="{{ cell.address }}">
{{ cell.word }}</a></td>{% endfor %}</tr>
{% endfor %}</tbody></table>
"""


NEXT = 2  # the gathering that comes next in the networks to measure in


class BareView:
    """A view of one network's matrix. Its queries see the network: the connection has it opened already."""

    def __init__(self, network: Network) -> None:
        self.address = f"/nettverk/{network.slug}/team/"
        self.template = engines["django"].from_string(SOURCE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        assignments = list(Assignment.objects.select_related("gathering").order_by("gathering__starts_on", "due", "pk"))
        columns = _columns(assignments)
        context = {"team": _("Team"), "groups": _groups(assignments), "columns": columns}
        return HttpResponse(self.template.render(context | {"rows": self._rows(columns)}))

    def _rows(self, columns: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = Team.objects.order_by("sort_name", "pk", "deliveries__pk").values_list(
            "slug",
            "name",
            "participation__organisation__name",
            "deliveries__assignment",
            "deliveries__state",
            "deliveries__begun",
            "deliveries__exempt",
            "deliveries__extended_to",
        )
        today = timezone.localdate()
        rows = []
        for (slug, name, organisation), deliveries in groupby(found, key=lambda row: row[:3]):
            facts = {row[3]: Facts(*row[4:]) for row in deliveries}
            address = f"{self.address}{slug}/"
            cells = [_cell(column, facts.get(column["pk"]), address, today) for column in columns]
            rows.append({"name": name, "organisation": organisation, "address": address, "cells": cells})
        return rows


def _columns(assignments: list[Assignment]) -> list[dict[str, Any]]:
    return [
        {
            "pk": each.pk,
            "title": each.title,
            "label": f"{each.title} ({each.gathering})",
            "due": dates.short_date(each.due),
            "due_on": each.due,
            "kind": _kind(each, assignments[number - 1] if number else None),
        }
        for number, each in enumerate(assignments)
    ]


def _kind(column: Assignment, before: Assignment | None) -> str:
    first = before is None or column.gathering != before.gathering
    distance = (column.gathering.number or NEXT) - NEXT
    age = "earlier" if distance < 0 else "later" if distance > 0 else ""
    return " ".join(filter(None, ["first" if first else "", age]))


def _groups(assignments: list[Assignment]) -> list[dict[str, Any]]:
    groups = []
    for gathering, columns in groupby(assignments, key=lambda each: each.gathering):
        days = dates.date_range(gathering.starts_on, gathering.ends_on) if gathering.starts_on else ""
        groups.append({"name": f"{gathering_name(gathering)} · {days}", "span": len(list(columns))})
    return groups


def _cell(column: dict[str, Any], facts: Facts | None, address: str, today: date) -> dict[str, Any]:
    found = progress(facts, due=column["due_on"], today=today)
    return {
        "state": found.state.value,
        "word": status_word(found.state.value, found.days_late),
        "label": column["label"],
        "kind": column["kind"],
        "address": f"{address}leveringer/{column['pk']}/",
    }
