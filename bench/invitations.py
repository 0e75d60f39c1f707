"""The page on which an invitation round is put together, with every municipality of a whole country."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from bench import analyse, check, fresh_database, ratios, result
from bench.asking import page_of, questions
from bench.filling import make_network
from gpf import tenancy
from networks.models import Network, Organisation, Participation, RegisterMunicipality
from networks.register import Municipality
from networks.services import replace_register
from signup.models import InvitationRound

MUNICIPALITIES, COUNTIES, MERGED_EVERY = 357, 15, 5
OLD_NETWORKS, THEIR_PARTICIPANTS = 20, 16
FEW = 40

QUERIES = 16
# The bare view has no frame, no filters, no session, and knows of nothing but the register.
TIMES_BARE = 4

SOURCE = """\
<ul class="choose-list">{% for row in rows %}
<li class="choose"><label class="choose-name">
<input type="checkbox" class="ds-input" name="org" value="m{{ row.number }}">
<span>{{ row.name }}{% if row.county %} <span class="subtle small">{{ row.county }}</span>{% endif %}</span></label>
{% if row.earlier %}<span class="choose-note small subtle">{{ took_part }}{{ row.earlier }}</span>{% endif %}</li>
{% endfor %}</ul>"""


def run() -> dict[str, Any]:
    with translation.override("nb"):
        network, coordinator, letters = make_country(MUNICIPALITIES)
        analyse()
        page, bare = visit(coordinator, network, letters), bare_view(network)
        if listed(page()) != listed(bare()):
            raise AssertionError("the bare view does not render the same list as the page")
        ratio, medians = ratios({"page": page, "bare": bare}, ours="page", theirs="bare")
        queries = questions(page)
        fresh_database()
        network, coordinator, letters = make_country(FEW)
        more = queries - questions(visit(coordinator, network, letters))
    return result(
        check(f"choosing among {MUNICIPALITIES} municipalities as a page, time against a bare view", ratio, TIMES_BARE),
        check(f"choosing among {MUNICIPALITIES} municipalities, queries", queries, QUERIES),
        check(f"choosing, queries at {MUNICIPALITIES} municipalities more than at {FEW}", more, 0),
        milliseconds=medians,
    )


def make_country(municipalities: int) -> tuple[Network, User, InvitationRound]:
    """A register in which every fifth municipality is a merger, old networks all over it, and a round to fill."""
    network, coordinator = make_network(2, 2)
    merged = date(2019, 12, 31)
    register: dict[str, Municipality] = {}
    for place in range(municipalities):
        number, county = f"{5000 + place}", f"Fylke {place % COUNTIES}"
        is_merger = place % MERGED_EVERY == 0
        register[number] = Municipality(number, f"By {place}", county, merged + timedelta(1) if is_merger else None)
        for old in (f"{1000 + place}", f"{2000 + place}") if is_merger else ():
            register[old] = Municipality(old, f"Bygd {old}", county, None, merged, (number,))
    replace_register(register=register)
    _fill_history(network, register)
    with transaction.atomic(), tenancy.scope([network.pk]):
        letters = InvitationRound.objects.create(network=network, name="Haust", answer_by=timezone.localdate())
    return network, coordinator, letters


def _fill_history(network: Network, register: dict[str, Municipality]) -> None:
    """Old networks, each with some who took part under the number of their time."""
    numbers = [number for number, one in register.items() if number >= "5000" or one.valid_to]
    organisations = Organisation.objects.bulk_create(
        Organisation(
            slug=f"kommune-{number}", kind="municipality", name=register[number].name, sort_name=number, number=number
        )
        for number in numbers[::2]
    )
    for place in range(OLD_NETWORKS):
        old = Network.objects.create(
            slug=f"gammal-{place}",
            name=f"Gammal {place}",
            programme=network.programme,
            from_year=2014 + place % 8,
            to_year=2016 + place % 8,
            phase=Network.Phase.COMPLETED,
        )
        start = place * THEIR_PARTICIPANTS % len(organisations)
        with transaction.atomic(), tenancy.scope([old.pk]):
            Participation.objects.bulk_create(
                Participation(network=old, organisation=organisation)
                for organisation in organisations[start : start + THEIR_PARTICIPANTS]
            )


def visit(coordinator: User, network: Network, letters: InvitationRound) -> Callable[[], HttpResponse]:
    """The complete page, for a signed-in person, through everything a request goes through."""
    return page_of(coordinator, reverse("signup:round_choose", args=[network.slug, letters.pk]))


def listed(response: HttpResponse) -> list[str]:
    """The rows of the register's municipalities, without the white space between tags and words."""
    rows = re.findall(r'<li class="choose">.*?</li>', response.content.decode(), re.DOTALL)
    plain = (re.sub(r"\s+", " ", row).replace("> <", "><").replace("</span> ", "</span>") for row in rows)
    return [row for row in plain if 'value="m5' in row]


def bare_view(network: Network) -> Callable[[], HttpResponse]:
    """Three queries and a Django template, on a connection that has every network open already."""
    opened = ",".join(str(pk) for pk in Network.objects.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('gpf.networks', %s, false)", [opened])
    template = engines["django"].from_string(SOURCE)
    request = RequestFactory().get("/")
    return lambda: _bare(template, request)


def _bare(template: Any, request: HttpRequest) -> HttpResponse:
    parts: dict[str, list[tuple[str, str]]] = {}
    found = Participation.objects.order_by("-network__from_year", "-network__to_year", "network__sort_name")
    for row in found.values_list(
        "organisation__number", "organisation__name", "network__name", "network__from_year", "network__to_year"
    ):
        number, name, network, first, last = row
        parts.setdefault(number, []).append((name, f"{network} {first}–{last}"))
    through = RegisterMunicipality.successors.through.objects
    before: dict[str, list[str]] = {}
    pairs = through.values_list("from_registermunicipality__number", "to_registermunicipality__number")
    for old, new in pairs.order_by("from_registermunicipality__number"):
        before.setdefault(new, []).append(old)
    rows = []
    for number, name, county in (
        RegisterMunicipality.objects.filter(valid_to=None)
        .order_by("sort_name", "county", "number")
        .values_list("number", "name", "county")
    ):
        told: dict[str, list[str]] = {name: []}
        for one in (number, *before.get(number, ())):
            for own, text in parts.get(one, ()):
                told.setdefault(own, []).append(text)
        earlier = "; ".join(
            ", ".join(texts) if own == name else f"{own}: {', '.join(texts)}" for own, texts in told.items() if texts
        )
        rows.append({"number": number, "name": name, "county": county, "earlier": earlier})
    return HttpResponse(
        template.render({"rows": rows, "took_part": _("Took part: %(where)s") % {"where": ""}}, request)
    )
