from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect
from networks.recording import Record


class Migration(migrations.Migration):
    """Record what changes in a network."""

    dependencies: ClassVar = [
        ("networks", "0003_run_a_network"),
    ]

    operations: ClassVar = [
        Protect("Change"),
        Record("Network", network="id"),
        Record("SupervisingBody"),
        Record("Participation"),
        Record("ParticipatingUnit"),
        Record("Membership"),
        Record("ParticipationLeader"),
    ]
