"""A chart read by keyboard and by pointer, and a room's charts gone through by the arrow keys."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from gpf import tenancy
from improvement.models import Measure, Observation
from teams.models import Team
from tests.browser.conftest import axe_findings
from tests.cast import Cast


def measure(team: Team) -> Measure:
    made = Measure.objects.create(
        network_id=team.network_id,
        team=team,
        library_key="hph2-3-days",
        title="Besøk innen tre dager",
        numerator="fikk besøk",
        denominator="kom hjem",
        rhythm="week",
        shared_at=timezone.now(),
    )
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    for week in range(1, 15):
        Observation.objects.create(
            network_id=team.network_id,
            measure=made,
            on=monday - timedelta(weeks=week),
            numerator=6 + week % 3,
            denominator=9,
        )
    return made


def test_a_chart_is_read_point_by_point(
    everybody: Cast, enter: Callable[[User], Page], live_server: LiveServer
) -> None:
    place = everybody.west
    User.objects.update(language="en")
    with tenancy.scope([place.network.pk]):
        own = measure(place.team)
        measure(place.other_team)
    page = enter(place.member)
    page.goto(live_server.url + reverse("improvement:measure", args=["vest", place.team.slug, own.pk]))
    chart, said = page.locator(".chart-wide"), page.locator(".chart-wide .chart-said")
    chart.focus()
    expect(said).to_contain_text("(7 of 9)")
    page.keyboard.press("ArrowLeft")
    expect(said).to_contain_text("(8 of 9)")
    page.keyboard.press("Home")
    expect(said).to_contain_text("(8 of 9)")
    box = chart.locator(".pt").last.bounding_box()
    assert box
    page.mouse.move(box["x"] + 1, box["y"] + 60)
    expect(said).to_contain_text("(7 of 9)")
    assert axe_findings(page) == []
    page.goto(live_server.url + reverse("improvement:workshop", args=["vest"]) + "?maling=hph2-3-days")
    team, clock = page.locator(".workshop-team"), page.locator(".workshop-clock")
    for key, name in (("", "Tokke"), ("ArrowRight", "Vinje"), ("ArrowLeft", "Tokke")):
        if key:
            page.keyboard.press(key)
        expect(team).to_have_text(name)
        expect(clock).not_to_be_empty()  # the script is there, and hears the next key
