from typing import ClassVar

import django.db.models.manager
from django.db import migrations, models


class Migration(migrations.Migration):
    """Let what was taken out of the library be put back."""

    dependencies: ClassVar = [
        ("documents", "0004_library"),
    ]

    operations: ClassVar = [
        migrations.AlterModelManagers(
            name="librarydocument",
            managers=[
                ("with_removed", django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name="librarydocument",
            name="removed_at",
            field=models.DateTimeField(blank=True, help_text="taken out of the library", null=True),
        ),
    ]
