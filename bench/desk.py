"""The coordinator's desk: its queries at fifty recipients and at five thousand, its time against bare queries."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.template import engines
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from bench import analyse, check, due, fresh_database, ratios, result
from bench.asking import page_of, questions
from desk.coming import PAGE_SIZE, next_day
from gpf import tenancy
from networks.models import Membership, Network, Role
from sessions.models import Assignment, Delivery
from teams.models import Team, TeamMember

FEW, MANY, IN_A_TEAM = 50, 5_000, 10
MOST = 16  # measured 12.4 on a busy machine; the page asks every kind what comes due, and words 25 mails

SOURCE = """<p>{{ people }}</p><ul>{% for name, team, title, day in rows %}<li><h2>{{ name }}</h2>
<p>{{ title }}: {{ day }}, {{ team }}</p></li>{% endfor %}</ul>"""


def run() -> dict[str, Any]:
    with translation.override("nb"):
        few = questions(_page(*_filled(FEW)))
        fresh_database()
        network, coordinator = _filled(MANY)
        page, bare = _page(network, coordinator), _bare(network)
        many = questions(page)
        ratio, medians = ratios({"page": page, "bare": bare}, ours="page", theirs="bare", rounds=11)
    return result(
        check(f"desk at {MANY} recipients as a page, time against bare queries and a list", ratio, MOST),
        check(f"desk, queries at {MANY} recipients more than at {FEW}", many - few, 0),
        check(f"desk at {MANY} recipients, queries", many, 60),
        milliseconds=medians,
    )


def _filled(recipients: int) -> tuple[Network, User]:
    """A running network whose teams have nobody who leads them, so that ten in each are reminded on the next day."""
    due.fill(1, recipients // IN_A_TEAM)
    network = Network.objects.get()
    coordinator = User.objects.get(email__startswith="koordinator.")
    with transaction.atomic(), tenancy.scope([network.pk]):
        TeamMember.objects.update(function=TeamMember.Function.MEMBER)
        teams = [team for team in Team.objects.order_by("pk") for _place in range(IN_A_TEAM - 1)]
        people = User.objects.bulk_create(
            User(email=f"medlem.{number}@bench.example", name=f"Medlem {number}") for number in range(len(teams))
        )
        places = Membership.objects.bulk_create(
            Membership(network=network, user=person, role=Role.TEAM_MEMBER) for person in people
        )
        TeamMember.objects.bulk_create(
            TeamMember(network=network, team=team, membership=place, function=TeamMember.Function.MEMBER)
            for team, place in zip(teams, places, strict=True)
        )
        Assignment.objects.update(due=next_day(timezone.now()) + timedelta(days=14))
    analyse()
    return network, coordinator


def _page(network: Network, coordinator: User) -> Callable[[], HttpResponse]:
    """The complete page, through everything a request goes through."""
    ask = page_of(coordinator, reverse("desk:desk", args=[network.slug]))

    def visit() -> HttpResponse:
        response = ask()
        if (shown := response.content.count(b"desk-name")) != PAGE_SIZE:
            raise AssertionError(f"{shown} people are shown")
        return response

    return visit


def _bare(network: Network) -> Callable[[], HttpResponse]:
    """What is due and not handed in, whose it is, and a template with the first page of them."""
    template = engines["django"].from_string(SOURCE)

    def view() -> HttpResponse:
        with transaction.atomic(), tenancy.scope([network.pk]):
            work = Assignment.objects.filter(due=next_day(timezone.now()) + timedelta(days=14))
            day_of = dict(work.values_list("pk", "due"))
            titles = dict(work.values_list("pk", "title_nb"))
            columns = ("team", "assignment")
            done = set(Delivery.objects.filter(state__in=["delivered", "approved"]).values_list(*columns))
            places = Membership.objects.active().filter(role=Role.TEAM_MEMBER)
            members = TeamMember.objects.filter(left_on=None, membership__in=places)
            rows = [
                (name, team_name, titles[pk], day_of[pk])
                for team, team_name, name in members.values_list("team", "team__name", "membership__user__name")
                for pk in day_of
                if (team, pk) not in done
            ]
        shown = sorted(rows)[:PAGE_SIZE]
        return HttpResponse(template.render({"rows": shown, "people": len(rows)}))

    return view
