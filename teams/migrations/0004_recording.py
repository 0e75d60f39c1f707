from typing import ClassVar

from django.db import migrations

from networks.recording import Record


class Migration(migrations.Migration):
    """Record what changes in the teams."""

    dependencies: ClassVar = [
        ("teams", "0003_run_a_network"),
        ("networks", "0004_recording"),
    ]

    operations: ClassVar = [
        Record("Team"),
        Record("TeamMember"),
        Record("Supervisor"),
    ]
