from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Say why a team ended."""

    dependencies: ClassVar = [
        ("teams", "0004_recording"),
    ]

    operations: ClassVar = [
        migrations.AddField(
            model_name="team",
            name="ended_reason",
            field=models.CharField(blank=True, max_length=200),
        ),
    ]
