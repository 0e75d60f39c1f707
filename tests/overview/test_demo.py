"""The live demo network: today lies about three weeks before gathering 2, and the progress is a believable spread."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from gpf import tenancy
from networks.models import Network
from notices.models import Message
from overview.demo import ACCOUNTS, DOMAIN, demo_loaded, load_demo, send_past_mail
from posters.models import Edition
from sessions.access import progress_of
from sessions.models import Assignment, Delivery, Gathering
from signup.models import Invitee, Registration
from teams.models import Team

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_demo() -> None:
    today = timezone.localdate()
    call_command("load_history")
    load_demo(password="et-langt-passord")
    assert demo_loaded()
    network = Network.objects.get(slug="telemark-demo")
    with tenancy.scope([network.pk]):
        second = Gathering.objects.get(number=2)
        assert second.starts_on is not None
        assert abs(second.starts_on - today - timedelta(days=21)) <= timedelta(days=4)
        assert Counter(team.participation.organisation.kind for team in Team.objects.all()) == {
            "municipality": 10,
            "hospital": 1,
        }
        assert _states() >= {"not_started", "begun", "delivered", "returned", "approved", "late", "exempt"}
        assert Edition.objects.exclude(version=None).count() == 11
    assert User.objects.get(email=f"teamleder@{DOMAIN}").check_password("et-langt-passord")

    planned = Network.objects.get(slug="sogn-og-fjordane-demo")
    with tenancy.scope([planned.pk]):
        states = Counter(Registration.objects.values_list("state", flat=True))
        assert states == {"accepted": 1, "asked": 1, "waiting": 1, "submitted": 1, "draft": 1}
        assert Invitee.objects.exclude(declined_at=None).count() == 1
        assert Team.objects.get().members.count() == 3

    send_past_mail(today)
    with tenancy.scope([planned.pk]):
        assert set(Message.objects.values_list("state", flat=True)) == {"sent"}
    with tenancy.scope([network.pk]):
        assert Message.objects.count() >= 11
    assert {address for message in mail.outbox for address in message.to} > {f"teamleder@{DOMAIN}"}

    before = Network.objects.count(), User.objects.count()
    load_demo(password="et-nytt-passord-12")
    assert (Network.objects.count(), User.objects.count()) == before
    for local in ACCOUNTS:
        assert User.objects.get(email=f"{local}@{DOMAIN}").check_password("et-nytt-passord-12")


def _states() -> set[str]:
    found = {(row.team_id, row.assignment_id): row for row in Delivery.objects.all()}
    return {
        progress_of(team, assignment, found.get((team.pk, assignment.pk)), today=timezone.localdate()).state.value
        for team in Team.objects.all()
        for assignment in Assignment.objects.all()
    }
