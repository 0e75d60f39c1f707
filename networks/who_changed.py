"""Who last changed a row, from the record that the database keeps."""

from collections.abc import Collection

from django.db.models import Model

from networks.models import Change, Network


def name_of_last(row: Model, columns: Collection[str]) -> str:
    """The name of who last changed one of the columns; empty where nobody, or the product itself, did.

    Rows that belong to no network are not recorded. Needs the network's scope.
    """
    network = row.pk if isinstance(row, Network) else getattr(row, "network_id", None)
    if network is None:
        return ""
    changes = Change.objects.filter(network=network, table=row._meta.db_table, row=row.pk)
    found = changes.filter(after__has_any_keys=list(columns)).select_related("actor").order_by("-pk").first()
    return str(found.actor) if found is not None and found.actor_id and found.actor else ""
