from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def take_from_template(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What a network was planned with stays with it, whatever becomes of the template."""
    network = apps.get_model("networks", "Network")
    template = apps.get_model("networks", "CycleTemplate")
    own = template.objects.filter(pk=models.OuterRef("template")).values("preparation_months")
    network.objects.exclude(template=None).update(preparation_months=models.Subquery(own))


class Migration(migrations.Migration):
    """A network keeps its own months of preparation: a change of the template touches no running network."""

    dependencies: ClassVar = [
        ("networks", "0004_recording"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="network",
            name="preparation_months",
            field=models.PositiveSmallIntegerField(
                blank=True, help_text="as the template had it when the network was planned", null=True
            ),
        ),
        migrations.RunPython(take_from_template, migrations.RunPython.noop),
    ]
