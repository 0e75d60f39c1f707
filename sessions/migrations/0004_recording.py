from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect
from networks.recording import Record


class Migration(migrations.Migration):
    """Wall the moves, and record what changes in the plan and in what is handed in."""

    dependencies: ClassVar = [
        ("gatherings", "0003_run_a_network"),
        ("networks", "0004_recording"),
    ]

    operations: ClassVar = [
        Protect("GatheringMove"),
        Record("Gathering"),
        Record("GatheringMove", only=("gathering_id", "to_starts_on", "to_ends_on", "reason", "told")),
        Record("Assignment"),
        Record(
            "Delivery",
            only=("team_id", "assignment_id", "state", "extended_to", "extension_reason", "exempt", "exempt_reason", "shared_at"),
        ),
        Record("Review", only=("version_id", "verdict")),
    ]
