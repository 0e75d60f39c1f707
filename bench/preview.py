"""From a keystroke on the page a poster is written on to the new sheet beside it."""

import statistics
import time
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from bench import check, result
from bench.filling import make_network
from gpf import tenancy
from networks.models import Membership, Role
from posters.models import Rendering
from posters.tasks import make_file
from teams.models import Team, TeamMember

ROUNDS = 15
PAUSE = 0.8  # seconds the page waits after the last keystroke: `hx-trigger` in templates/posters/edit.html
LOOK = 0.4  # seconds until it looks whether the sheet is there: templates/posters/parts/preview.html
AT_MOST = 3.0  # seconds


def run() -> dict[str, Any]:
    """The waits of the page, and between them what the server and a worker really do: save, draw, answer."""
    network, _coordinator = make_network(1, 20)
    client, where = Client(), {"network_slug": network.slug, "team_slug": "", "gathering_number": 2}
    with tenancy.scope([network.pk]):
        team = Team.objects.get()
        where["team_slug"] = team.slug
        client.force_login(_leader(team))
    times: dict[str, list[float]] = {"save": [], "draw": [], "answer": []}
    for number in range(ROUNDS + 2):
        words = {"title": "Trygt hjem", "language": "nb", "learned": _words(number)}
        began = time.perf_counter()
        client.post(reverse("posters:edit", kwargs=where), words, headers={"HX-Request": "true"})
        saved = time.perf_counter()
        _draw(network.pk)
        drawn = time.perf_counter()
        page = client.get(reverse("posters:preview", kwargs=where), headers={"HX-Request": "true"}).content.decode()
        answered = time.perf_counter()
        if "<img" not in page or "data-old" in page:
            raise AssertionError("the new sheet is not shown")
        if number >= 2:  # the first ones set up fonts
            for name, seconds in (("save", saved - began), ("draw", drawn - saved), ("answer", answered - drawn)):
                times[name].append(seconds)
    medians = {name: statistics.median(found) for name, found in times.items()}
    whole = PAUSE + LOOK + sum(medians.values())
    return result(
        check("From a keystroke to the new sheet beside it, seconds, the page's own waits among them", whole, AT_MOST),
        milliseconds={name: round(seconds * 1000, 1) for name, seconds in medians.items()},
    )


def _leader(team: Team) -> User:
    leader = User.objects.create_user("teamleder@bench.example", name="Teamleder")
    place = Membership.objects.create(network=team.network, user=leader, role=Role.TEAM_MEMBER)
    TeamMember.objects.create(network=team.network, team=team, membership=place, function=TeamMember.Function.LEADER)
    return leader


def _words(number: int) -> str:
    return " ".join(f"Natta er verst nummer {number}." for _time in range(12))


def _draw(network_pk: int) -> None:
    """What a worker does when it is told."""
    with tenancy.scope([network_pk]):
        waiting = list(Rendering.objects.filter(state=Rendering.State.QUEUED).values_list("pk", flat=True))
    for pk in waiting:
        make_file.run(network_pk, pk)
