"""Row-level security keeps every table a network owns, whatever the query sets say."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from gpf import tenancy
from gpf.tenancy import TenantModel, tenant_foreign_keys, tenant_models
from networks.models import Membership, Participation
from sessions.models import Assignment
from teams.models import Team
from tests.cast import Cast


@pytest.mark.django_db
def test_the_product_connects_as_an_ordinary_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


@pytest.mark.django_db
@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model.__name__)
def test_every_tenant_table_is_walled(model: type[TenantModel]) -> None:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [table])
        assert cursor.fetchone() == (True, True)
        cursor.execute(
            "SELECT qual, with_check FROM pg_policies WHERE tablename = %s AND policyname = 'tenant'", [table]
        )
        using, check = cursor.fetchone()
        assert "gpf.networks" in using
        assert using == check
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass", [table])
        constraints = {name for (name,) in cursor.fetchall()}
    assert {f"{table}_{column}_tenant"[:63] for column, _ in tenant_foreign_keys(model)} <= constraints


def test_a_network_owns_every_table_with_a_network_in_it() -> None:
    """A model that names a network and is no TenantModel would stand outside the wall."""
    from django.apps import apps

    outside = [
        model.__name__
        for model in apps.get_models()
        if any(field.name == "network" for field in model._meta.fields) and not issubclass(model, TenantModel)
    ]
    assert outside == []


@pytest.mark.django_db
def test_nothing_is_seen_until_a_network_is_opened(cast: Cast) -> None:
    assert Team.objects.count() == 0
    with tenancy.scope([cast.west.network.pk]):
        assert set(Team.objects.all()) == {cast.west.team, cast.west.other_team}
    assert Team.objects.count() == 0


@pytest.mark.django_db
def test_scopes_nest_and_are_put_back(cast: Cast) -> None:
    west, east = cast.west.network.pk, cast.east.network.pk
    with tenancy.scope([west]):
        with tenancy.scope([west, east]):
            assert Team.objects.count() == 4
        assert tenancy.opened() == [west]
    assert tenancy.opened() == []


@pytest.mark.django_db
def test_nothing_is_written_into_a_network_that_is_not_open(cast: Cast) -> None:
    participation = _participation(cast.east.network.pk)
    with tenancy.scope([cast.west.network.pk]):
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Team.objects.create(network=cast.east.network, slug="x", name="X", participation=participation)
        assert Team.objects.filter(pk=cast.east.team.pk).update(name="Taken") == 0
        assert Team.objects.filter(pk=cast.east.team.pk).delete() == (0, {})


@pytest.mark.django_db(transaction=True)
def test_a_row_can_not_point_into_another_network() -> None:
    from tests.cast import make_cast

    cast = make_cast()
    foreign = _participation(cast.east.network.pk)
    with pytest.raises(IntegrityError, match="tenant"), tenancy.scope([cast.west.network.pk]):
        Team.objects.create(network=cast.west.network, slug="x", name="X", participation_id=foreign.pk)


@pytest.mark.django_db
def test_a_person_sees_her_own_memberships_and_nobody_elses(cast: Cast) -> None:
    tenancy.identify(cast.west.member.pk)
    assert [row.user for row in Membership.objects.all()] == [cast.west.member]
    assert Membership.objects.filter(user=cast.west.member).update(role="coordinator") == 0
    tenancy.identify(None)
    assert Membership.objects.count() == 0


@pytest.mark.django_db
def test_the_opened_network_does_not_outlive_its_transaction(cast: Cast) -> None:
    with tenancy.scope([cast.west.network.pk]):
        assert Assignment.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('gpf.networks', true)")
        assert cursor.fetchone()[0] in ("", None)


def _participation(network: int) -> Participation:
    with tenancy.scope([network]):
        return Participation.objects.all()[0]
