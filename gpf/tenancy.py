"""The network is the tenant, and PostgreSQL keeps the walls.

Every table a network owns is a `TenantModel`. Row-level security shows a row only when its network is among those
the transaction has opened with `scope()`; with nothing opened nothing is seen and nothing can be written. The
setting lives and dies with the transaction, so it can not leak to the next request on a pooled connection.

Source: PostgreSQL 18 manual, 5.9 "Row Security Policies" and 9.28.1 "Configuration Settings Functions".
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from celery import shared_task
from django.apps import apps
from django.db import connection, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class TenantModel(models.Model):
    """A row that belongs to one network. Its migration must `Protect` it; a test holds that none is forgotten."""

    network = models.ForeignKey("networks.Network", on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


def tenant_models() -> list[type[TenantModel]]:
    """Every model a network owns."""
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


# What a transaction may see


@contextmanager
def scope(networks: Iterable[int], *, savepoint: bool = True) -> Iterator[None]:
    """Open these networks (primary keys) for the length of the block, inside a transaction.

    Scopes nest: the inner one replaces the outer, which is put back at the end. Without `savepoint` an error in the
    block undoes the whole transaction around it, as in a request. Raises nothing of its own.
    """
    with transaction.atomic(savepoint=savepoint):
        before = _setting("gpf.networks", ",".join(str(pk) for pk in networks))
        yield
        _setting("gpf.networks", before)


def identify(user_pk: int | None) -> None:
    """Let the transaction see this person's own memberships in every network, as long as it has opened none.

    Must be called inside a transaction, as every request is.
    """
    _setting("gpf.user", str(user_pk or ""))


def opened() -> list[int]:
    """The networks the transaction has open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('gpf.networks', true), '')")
        (value,) = cursor.fetchone()
    return [int(pk) for pk in value.split(",") if pk]


def _setting(name: str, value: str) -> str:
    """Set a transaction-local setting and return what it was."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT before, set_config(%s, %s, true) "
            "FROM (SELECT coalesce(current_setting(%s, true), '') AS before) AS setting",
            [name, value, name],
        )
        return str(cursor.fetchone()[0])


def network_task(function: Callable[..., Any]) -> Any:
    """A Celery task that works for one network: called with `network_id` first, in its scope and a transaction."""

    @shared_task(name=f"{function.__module__}.{function.__name__}")
    @wraps(function)
    def task(network_id: int, *args: Any, **kwargs: Any) -> Any:
        with scope([network_id]):
            return function(network_id, *args, **kwargs)

    return task


# Building the walls

OPENED = "network_id = ANY ((SELECT string_to_array(current_setting('gpf.networks', true), ',')::bigint[])::bigint[])"

CLOSED = "(SELECT coalesce(current_setting('gpf.networks', true), '') = '')"


class Protect(Operation):
    """Migration operation: keep a tenant's table behind row-level security.

    Adds the policy, and for every foreign key to another tenant table a second one that carries the network along,
    so that a row can not point into another network (PostgreSQL checks foreign keys without regard to policies).
    Safe to repeat: run it again in the migration that adds a foreign key.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, own_rows: str = "") -> None:
        """`own_rows` names a column with a user's key: while nothing is opened, that person may read the row."""
        self.model_name = model_name
        self.own_rows = own_rows

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "Protect", [self.model_name], {"own_rows": self.own_rows} if self.own_rows else {}

    def describe(self) -> str:
        return f"Keep {self.model_name} behind row-level security"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        for statement in self._statements(model, to_state):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Nothing: the wall goes with the table."""

    def _statements(self, model: type[models.Model], state: ProjectState) -> Iterator[str]:
        table = model._meta.db_table
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS tenant ON "{table}"'
        yield f'CREATE POLICY tenant ON "{table}" USING ({OPENED}) WITH CHECK ({OPENED})'
        if self.own_rows:
            # Only while no network is opened: inside one, nothing of another may show, not even one's own place there.
            own = f"{self.own_rows} = (SELECT nullif(current_setting('gpf.user', true), '')::bigint) AND ({CLOSED})"
            yield f'DROP POLICY IF EXISTS own ON "{table}"'
            yield f'CREATE POLICY own ON "{table}" FOR SELECT USING ({own})'
        yield f'CREATE UNIQUE INDEX IF NOT EXISTS "{table}_tenant" ON "{table}" (id, network_id)'
        for column, target in tenant_foreign_keys(model):
            name = f"{table}_{column}_tenant"[:63]
            yield f'ALTER TABLE "{table}" DROP CONSTRAINT IF EXISTS "{name}"'
            yield (
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" FOREIGN KEY ({column}, network_id) '
                f'REFERENCES "{target}" (id, network_id) DEFERRABLE INITIALLY DEFERRED'
            )


def tenant_foreign_keys(model: type[models.Model]) -> list[tuple[str, str]]:
    """(column, table it points to) for every foreign key of the model to a table that a network owns."""
    return [
        (field.column, field.related_model._meta.db_table)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.name != "network"
        and any(other.name == "network" for other in field.related_model._meta.fields)
    ]
