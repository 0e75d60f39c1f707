from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Why a gathering was called off."""

    dependencies: ClassVar = [("gatherings", "0004_recording")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="gathering",
            name="cancelled_reason",
            field=models.CharField(blank=True, max_length=250),
        ),
    ]
