"""The database records every change of a network by itself: who, when, what before, what after."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from gpf import tenancy
from gpf.tenancy import tenant_models
from networks.models import Change, Membership, Network, Organisation, Participation
from sessions.models import Assignment, Delivery, Gathering
from sessions.services import deliver, exempt, save_draft
from teams.models import Supervisor, Team
from tests.cast import Cast

UNRECORDED = {
    "Change": "is the record; the team's own work, where it is a change a team tries",
    "Document": "a file; what it belongs to is recorded",
    "DeliveryVersion": "the team's own words; that they were handed in is recorded with the delivery",
    "RegisteredPerson": "saved as it is typed; the people become members, which is recorded",
    "Message": "the outbox tells of it",
    "Notice": "the product's own, and many",
    "Poster": "the team's own words, saved as they are typed",
    "Edition": "a poster as it was made into files",
    "Rendering": "a file being made",
    "PosterVersion": "is a record",
    "Photo": "a picture on the team's own poster",
    "WallNote": "people's own words; that one was taken down is kept with it",
    "Book": "a file being made",
    "PosterExample": "a picture being drawn",
    **dict.fromkeys(
        (
            "TeamMethod",
            "PhaseStep",
            "InterviewRound",
            "Theme",
            "EffectRating",
            "Need",
            "Goal",
            "GoalNeed",
            "GoalPoints",
        ),
        "the team's own work; every plan that is handed in keeps how it stood",
    ),
    **dict.fromkeys(
        ("ChangeGoal", "PdsaRound", "Measure", "LimitPeriod", "Annotation"),
        "the team's own work; every plan that is handed in keeps how it stood",
    ),
    "Observation": "numbers that others may not see where few people are behind them; corrections are kept beside them",
    "Correction": "is a record",
    "PlanEdition": "a plan as it stood",
    "Checklist": "its versions are a record",
    "ChecklistVersion": "is a record",
    "Paper": "a file being made",
    "Pause": "the desk tells of it",
    "Wording": "keeps who changed it, and when",
    "Circular": "keeps who sent it, when and to how many; the outbox tells of the rest",
    "Reply": "people's own words, with who and when",
    "ReminderRules": "of how the network is run, not of what is done in it",
    **dict.fromkeys(
        ("PrivateNote", "FeedbackDraft", "Question", "Answer", "Score"),
        "people's own words to each other, which not everybody who reads the record may read",
    ),
    **dict.fromkeys(("Meeting", "MeetingTeam", "MeetingPerson", "Agreement"), "is a log itself"),
    "LeaderReport": "is a record",
    "Aside": "what a person has put aside for herself",
}
"""Tables of a network that are not recorded, and why."""

pytestmark = pytest.mark.django_db


def recorded_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE tgname = 'record_change' AND tgenabled = 'O'"
        )
        return {name for (name,) in cursor.fetchall()}


def told(**chosen: Any) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    """What was recorded, oldest first."""
    found = Change.objects.filter(**chosen).order_by("pk")
    return [(change.table, change.action, change.before, change.after) for change in found]


def newest() -> int:
    last = Change.objects.order_by("-pk").first()
    return last.pk if last else 0


def test_every_table_of_a_network_is_recorded_or_has_a_reason() -> None:
    tables = recorded_tables()
    owned: list[type[Model]] = [*tenant_models(), Network]
    assert {model.__name__ for model in owned if model._meta.db_table not in tables} == set(UNRECORDED)
    assert tables <= {model._meta.db_table for model in owned}


def test_a_row_is_told_of_when_it_is_added_changed_and_removed(cast: Cast) -> None:
    place = cast.west
    tenancy.identify(place.coordinator.pk)
    with tenancy.scope([place.network.pk]):
        start = newest()
        added = Gathering.objects.create(network=place.network, kind="webinar", title="Måling", place="Nett")
        added.title, added.place = "Mål", "Skien"
        added.save()
        row = added.pk
        added.delete()
        changes = list(Change.objects.filter(pk__gt=start).order_by("pk"))
    assert [change.action for change in changes] == ["added", "changed", "removed"]
    assert {(change.table, change.row, change.actor_id) for change in changes} == {
        ("gatherings_gathering", row, place.coordinator.pk)
    }
    first, second, third = changes
    assert first.before == {}
    assert (first.after["title"], first.after["place"], first.after["starts_on"]) == ("Måling", "Nett", None)
    assert (second.before, second.after) == (
        {"title": "Måling", "place": "Nett"},
        {"title": "Mål", "place": "Skien"},
    )
    assert third.before == first.after | {"title": "Mål", "place": "Skien"}
    assert third.after == {}
    assert abs(timezone.now() - first.at).total_seconds() < 60


def test_saving_without_a_change_tells_nothing(cast: Cast) -> None:
    with tenancy.scope([cast.west.network.pk]):
        start = newest()
        cast.west.team.save()
        Team.objects.update(name="Likt")
        Team.objects.update(name="Likt")
        assert len(told(pk__gt=start)) == 2, "each of two teams got its name once"


def test_who_nobody_said_is_empty(cast: Cast) -> None:
    tenancy.identify(None)
    with tenancy.scope([cast.west.network.pk]):
        start = newest()
        cast.west.team.delete()
        actors = set(Change.objects.filter(pk__gt=start).values_list("actor", flat=True))
    assert actors == {None}


def test_what_goes_along_is_told_of_too(cast: Cast) -> None:
    """A team goes with its people, each of them a line."""
    with tenancy.scope([cast.west.network.pk]):
        start = newest()
        cast.west.team.delete()
        tables = [(table, action) for table, action, _before, _after in told(pk__gt=start)]
    assert sorted(tables) == [
        ("teams_supervisor", "removed"),
        ("teams_team", "removed"),
        ("teams_teammember", "removed"),
        ("teams_teammember", "removed"),
    ]


def test_of_a_delivery_only_what_others_may_know_is_told(cast: Cast) -> None:
    place = cast.west
    words: dict[str, Any] = {"team": place.team, "assignment": place.document}
    with tenancy.scope([place.network.pk]):
        start = newest()
        save_draft(by=place.member, comment="Hemmelig kladd", **words)
        save_draft(by=place.member, comment="Hemmelig kladd to", **words)
        deliver(by=place.member, comment="Hemmelig plan", **words)
        exempt(reason="Sykdom", **words)
        found = told(pk__gt=start)
    kept = "team_id assignment_id state extended_to extension_reason exempt exempt_reason shared_at"
    assert [(table, action) for table, action, _before, _after in found] == [
        ("gatherings_delivery", "added"),
        ("gatherings_delivery", "changed"),
        ("gatherings_delivery", "changed"),
    ]
    assert set(found[0][3]) == set(kept.split())
    assert found[1][2:] == ({"state": "open"}, {"state": "delivered"})
    assert found[2][2:] == ({"exempt": False, "exempt_reason": ""}, {"exempt": True, "exempt_reason": "Sykdom"})
    assert "Hemmelig" not in str(found)


def test_another_network_reads_nothing_of_it_and_can_not_write_it(cast: Cast) -> None:
    with tenancy.scope([cast.west.network.pk]):
        Team.objects.update(name="Vestlig")
    with tenancy.scope([cast.east.network.pk]):
        assert not Change.objects.filter(network=cast.west.network).exists()
        assert "Vestlig" not in str(told())
        # Nor does recording open a door: the scope is as it was when a change has been written.
        Team.objects.update(name="Østlig")
        assert tenancy.opened() == [cast.east.network.pk]
        assert set(Team.objects.values_list("network", flat=True)) == {cast.east.network.pk}
    assert not Change.objects.exists()


def test_a_change_in_two_networks_is_told_in_each(cast: Cast) -> None:
    both = [cast.west.network.pk, cast.east.network.pk]
    with tenancy.scope(both):
        start = newest()
        Team.objects.update(patient_group="Alle")
        assert tenancy.opened() == both
    for place in (cast.west, cast.east):
        with tenancy.scope([place.network.pk]):
            rows = set(Change.objects.filter(pk__gt=start).values_list("row", flat=True))
            assert rows == {place.team.pk, place.other_team.pk}


def test_a_network_is_made_and_removed_with_its_record(cast: Cast) -> None:
    """Made before it can be opened; and its record stays when it is gone."""
    programme = cast.west.network.programme
    network = Network.objects.create(slug="ny", name="Ny", programme=programme, from_year=2026, to_year=2027)
    assert not Change.objects.exists(), "nothing is open"
    pk = network.pk
    with tenancy.scope([pk]):
        assert [(table, action) for table, action, _before, _after in told()] == [("networks_network", "added")]
        network.delete()
        assert [(table, action) for table, action, _before, _after in told()] == [
            ("networks_network", "added"),
            ("networks_network", "removed"),
        ]


def test_what_is_undone_was_never_told(cast: Cast) -> None:
    with tenancy.scope([cast.west.network.pk]):
        start = newest()
        mark = transaction.savepoint()
        Team.objects.update(name="Angret")
        transaction.savepoint_rollback(mark)
        assert told(pk__gt=start) == []
        assert tenancy.opened() == [cast.west.network.pk]


@pytest.mark.django_db(transaction=True)
def test_one_transaction_is_one_batch() -> None:
    from tests.cast import make_cast

    place = make_cast().west
    with tenancy.scope([place.network.pk]):
        start = newest()
        Team.objects.update(patient_group="A")
        Supervisor.objects.update(until=timezone.localdate())
    with tenancy.scope([place.network.pk]):
        Team.objects.filter(pk=place.team.pk).update(patient_group="B")
        batches = list(Change.objects.filter(pk__gt=start).order_by("pk").values_list("batch", flat=True))
    assert len(batches) == 4
    assert batches[0] == batches[1] == batches[2] < batches[3]


def test_many_rows_at_once_cost_no_query_each(cast: Cast) -> None:
    """As when a gathering is moved: 40 teams × 20 assignments, each told of, in the one statement that changed them."""
    place = cast.west
    with tenancy.scope([place.network.pk]):
        participation = Participation.objects.filter(network=place.network)[0]
        slots = [
            Team(network=place.network, slug=f"t{n}", name=f"T{n}", sort_name=f"t{n}", participation=participation)
            for n in range(40)
        ]
        teams = Team.objects.bulk_create(slots)
        gathering = place.gatherings[1]
        work = [
            Assignment(network=place.network, gathering=gathering, slug=f"a{n}", title_nb="A", due=timezone.localdate())
            for n in range(20)
        ]
        assignments = Assignment.objects.bulk_create(work)
        Delivery.objects.bulk_create(
            Delivery(network=place.network, team=team, assignment=each) for team in teams for each in assignments
        )
        start = newest()
        began = timezone.now()
        with CaptureQueriesContext(connection) as asked:
            Delivery.objects.update(extended_to=timezone.localdate())
        took = (timezone.now() - began).total_seconds()
        assert len(asked) == 1
        assert len(told(pk__gt=start)) == 800
        assert took < 2, f"800 changes took {took:.1f} s"


def test_a_persons_own_change_of_role_carries_her_name(cast: Cast) -> None:
    """Whoever is known to the transaction, also in a task that names nobody before it."""
    place = cast.west
    with tenancy.scope([place.network.pk]):
        start = newest()
        for person in (place.coordinator, None, cast.national):
            tenancy.identify(person.pk if person else None)
            Membership.objects.filter(user=place.member).update(ends_on=timezone.localdate())
            Membership.objects.filter(user=place.member).update(ends_on=None)
        found = Change.objects.filter(pk__gt=start).order_by("pk").values_list("actor", flat=True)
        assert list(dict.fromkeys(found)) == [place.coordinator.pk, None, cast.national.pk]


def test_an_organisation_is_nobodys_own_and_not_recorded(cast: Cast) -> None:
    with tenancy.scope([cast.west.network.pk]):
        start = newest()
        Organisation.objects.update(county="Telemark")
        assert told(pk__gt=start) == []
