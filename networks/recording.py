"""Every change in a network's tables is recorded by the database: who, when, what before, what after.

A trigger on each recorded table writes a `Change` (networks.models). It takes the person from the transaction's
`gpf.user` (`gpf.tenancy.identify`), so no service and no command can change something unseen.

Source: PostgreSQL 18 manual, 41.10 "Trigger Functions" of PL/pgSQL.
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

FUNCTION = """
CREATE OR REPLACE FUNCTION networks_record_change() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    old_row jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
    new_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
    any_row jsonb := CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END;
    kept text[] := CASE WHEN TG_ARGV[1] = '' THEN NULL ELSE string_to_array(TG_ARGV[1], ',') END;
    network bigint := (any_row ->> TG_ARGV[0])::bigint;
    opened text := coalesce(current_setting('gpf.networks', true), '');
BEGIN
    IF kept IS NOT NULL THEN
        SELECT coalesce(jsonb_object_agg(key, value), '{}') INTO old_row
            FROM jsonb_each(old_row) WHERE key = ANY (kept);
        SELECT coalesce(jsonb_object_agg(key, value), '{}') INTO new_row
            FROM jsonb_each(new_row) WHERE key = ANY (kept);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF old_row = new_row THEN
            RETURN NULL;
        END IF;
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, new_row -> o.key)
            INTO old_row, new_row
            FROM jsonb_each(old_row) AS o WHERE o.value IS DISTINCT FROM new_row -> o.key;
    END IF;
    -- A network is made before it can be opened, and a record must not be lost for that.
    PERFORM set_config('gpf.networks', network::text, true);
    INSERT INTO networks_change (network_id, at, batch, actor_id, action, "table", "row", before, after) VALUES (
        network,
        clock_timestamp(),
        pg_current_xact_id()::text::bigint,
        nullif(current_setting('gpf.user', true), '')::bigint,
        CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'UPDATE' THEN 'changed' ELSE 'removed' END,
        TG_TABLE_NAME,
        (any_row ->> 'id')::bigint,
        old_row,
        new_row
    );
    PERFORM set_config('gpf.networks', opened, true);
    RETURN NULL;
END
$body$
"""


class Record(Operation):
    """Migration operation: record every change of a model's rows from now on.

    `only` names the columns that are told of, where not all are; `network` the column with the network's key. Safe to
    repeat.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model_name: str, *, only: Sequence[str] = (), network: str = "network_id") -> None:
        self.model_name = model_name
        self.only = tuple(only)
        self.network = network

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        options: dict[str, Any] = {"only": self.only} if self.only else {}
        if self.network != "network_id":
            options["network"] = self.network
        return "Record", [self.model_name], options

    def describe(self) -> str:
        return f"Record every change of {self.model_name}"

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        pass

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(FUNCTION, None)
        schema_editor.execute(f'DROP TRIGGER IF EXISTS record_change ON "{table}"', None)
        schema_editor.execute(
            f'CREATE TRIGGER record_change AFTER INSERT OR UPDATE OR DELETE ON "{table}" FOR EACH ROW '
            f"EXECUTE FUNCTION networks_record_change('{self.network}', '{','.join(self.only)}')",
            None,
        )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        table = from_state.apps.get_model(app_label, self.model_name)._meta.db_table
        schema_editor.execute(f'DROP TRIGGER IF EXISTS record_change ON "{table}"', None)
