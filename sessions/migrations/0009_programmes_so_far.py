from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from gpf import tenancy


def publish(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What everybody could read stays so: a programme that stands there already is published."""
    gatherings = apps.get_model("gatherings", "Gathering").objects
    for network in apps.get_model("networks", "Network").objects.values_list("pk", flat=True):
        with tenancy.scope([network]):
            written = gatherings.filter(network=network, programme_published_at=None).exclude(programme="")
            written.update(programme_published_at=timezone.now())


class Migration(migrations.Migration):
    """A programme is the coordinators' own until it is published: those so far are."""

    dependencies: ClassVar = [("gatherings", "0008_tenancy")]

    operations: ClassVar = [migrations.RunPython(publish, migrations.RunPython.noop)]
