"""Where teams are: of a network, for the leader who committed one, and over the whole country."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from gpf.tenancy import scope
from improvement.measures.models import Measure, Observation
from improvement.method.models import TeamMethod
from improvement.method.phases import PHASES
from networks.models import Network
from notices.mailing import send_waiting_letters
from notices.models import Message
from sessions.models import Delivery, DeliveryVersion
from supervision.models import LeaderReport, Meeting, MeetingTeam
from supervision.reports.reading import Measuring, read_standings
from supervision.reports.tasks import send_leader_report
from teams.models import Team
from tests.cast import Cast, Place
from tests.overview.stage import add_team, questions, reads_english, within

SignIn = Callable[[User], Client]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]


def at_work(place: Place) -> None:
    """Vinje is in its second phase, has handed in the plan a day late, measures, and was met a week ago."""
    today = timezone.localdate()
    TeamMethod.objects.create(network=place.network, team=place.team, phase=2)
    plan = place.document
    plan.due = today - timedelta(days=3)
    plan.save()
    delivery = Delivery.objects.create(
        network=place.network, team=place.team, assignment=plan, state="delivered", delivered_at=timezone.now()
    )
    for number, days in ((1, 2), (2, 0)):
        at = timezone.now() - timedelta(days=days)
        DeliveryVersion.objects.create(
            network=place.network, delivery=delivery, number=number, saved_at=at, delivered_at=at
        )
    measure = Measure.objects.create(network=place.network, team=place.team, title="Besøk innen tre dager")
    for week in range(3):
        Observation.objects.create(
            network=place.network,
            measure=measure,
            on=today - timedelta(days=21 - 7 * week),
            numerator=6 + week,
            denominator=10,
            entered_at=timezone.now() - timedelta(days=1),
        )
    held = Meeting.objects.create(
        network=place.network, day=today - timedelta(days=7), state=Meeting.State.HELD, themes="Målinger"
    )
    MeetingTeam.objects.create(network=place.network, meeting=held, team=place.team)


def test_one_reading_counts_for_every_report(cast: Cast) -> None:
    place, today = cast.west, timezone.localdate()
    with within(place):
        at_work(place)
        teams = list(Team.objects.order_by("pk"))
        vinje, tokke = read_standings(teams, today)
    assert vinje.phase is not None
    assert (vinje.phase.number, vinje.measuring) == (
        2,
        Measuring(1, newest=today - timedelta(days=7), entered=today - timedelta(days=1)),
    )
    # It is seen on the day it wrote a number down, not on the first day of the week the number is for.
    assert (vinje.met, vinje.seen, vinje.weeks_unseen) == (today - timedelta(days=7), today - timedelta(days=1), 0)
    plan = next(each for each in vinje.due if each.assignment == place.document)
    assert (plan.first_on, plan.is_in_time) == (today - timedelta(days=2), False)
    assert plan in vinje.handed_in
    assert (tokke.phase, tokke.seen, tokke.met, tokke.handed_in) == (None, None, None, [])
    assert place.document in [each.assignment for each in tokke.late]


def test_the_network_on_one_page_and_on_paper(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    reads_english(place.coordinator, place.supervisor)
    with within(place):
        at_work(place)
    address = f"/nettverk/{place.network.slug}/status/"
    client = sign_in(place.coordinator)
    page = client.get(address).content.decode()
    assert "2 teams: 1 in planning, 1 has not said." in page
    assert "never signed in" in page
    screen = client.get(address, {"skjerm": "1"}).content.decode()
    assert ('data-room="12"' in screen, "Make a PDF" in screen, "Make a PDF" in page) == (True, False, True)
    assert client.post(address).status_code == 302
    own = sign_in(place.supervisor).get(address).content.decode()
    assert (">Vinje<" in own, ">Tokke<" in own) == (True, False)
    assert ">Hamar<" not in page


def test_the_page_costs_the_same_for_many_teams(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    client = sign_in(place.coordinator)
    address = f"/nettverk/{place.network.slug}/status/"
    few = questions(client, address)
    with within(place):
        for number in range(5):
            add_team(place, f"Kommune {number}")
    assert questions(client, address) == few


def test_a_leader_gets_her_page_once_as_pdf(cast: Cast, sign_in: SignIn) -> None:
    """Numbers with few people behind them are not in it; what the sender added is."""
    place = cast.west
    reads_english(place.leader)
    with within(place):
        at_work(place)
    address = f"/nettverk/{place.network.slug}/ledere/{place.team.participation_id}/"
    sign_in(place.coordinator).post(address, {"words": "Gi teamet en time i uka."})
    with within(place):
        report = LeaderReport.objects.get()
    assert send_leader_report(place.network.pk, report.pk)
    assert not send_leader_report(place.network.pk, report.pk)
    send_waiting_letters(place.network)
    (letter,) = mail.outbox
    assert letter.to == [place.leader.email]
    assert "Gi teamet en time i uka." in letter.body
    assert [name for name, _content, _kind in letter.attachments if str(name).endswith(".pdf")]
    with within(place):
        kept = LeaderReport.objects.get()
        assert kept.document is not None
        assert kept.document.file.open("rb").read(5) == b"%PDF-"
        assert Message.objects.filter(key__startswith="leader-report:").count() == 1
    client = sign_in(place.leader)
    assert client.get(f"{address}sendt/{kept.pk}.pdf").status_code == 200
    page = client.get(address).content.decode()
    assert "Vinje" in page
    assert "Newest: 80" in page  # three numbers are too few for "at first" and "lately"


def test_nobody_is_sent_a_page_twice_in_a_half_year_from_the_list(cast: Cast, sign_in: SignIn) -> None:
    place = cast.west
    client = sign_in(place.coordinator)
    address = f"/nettverk/{place.network.slug}/ledere/"
    for _turn in range(2):
        client.post(address)
    with scope([place.network.pk]):
        assert [report.participation_id for report in LeaderReport.objects.all()] == [place.team.participation_id]


def test_networks_side_by_side_name_no_team(cast: Cast, sign_in: SignIn) -> None:
    for place in (cast.west, cast.east):
        with within(place):
            at_work(place)
    reads_english(cast.national)
    page = sign_in(cast.national).get("/nasjonalt/").content.decode()
    for name in ("Læringsnettverk Vest", "Læringsnettverk Øst", "All together", "2 of 4", "0 of "):
        assert name in page
    assert "Vinje" not in page
    assert "Hamar" not in page


def test_who_was_seen_lately_is_asked_of_networks_at_work_only(cast: Cast, sign_in: SignIn) -> None:
    with within(cast.west):
        at_work(cast.west)
    cast.west.network.phase = Network.Phase.COMPLETED
    cast.west.network.save()
    answer = sign_in(cast.national).get("/nasjonalt/", {"alle": "1"})
    figures = next(line.figures for line in answer.context["lines"] if line.network == cast.west.network)
    assert (figures.teams, figures.seen.percent, figures.measuring.percent) == (2, None, None)
    assert dict(figures.by_phase)[PHASES[1]] == 1
    assert answer.context["total"].teams == 2  # the other network's
