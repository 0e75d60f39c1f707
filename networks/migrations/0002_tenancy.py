from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect


class Migration(migrations.Migration):
    """Keep the room's tables behind row-level security."""

    dependencies: ClassVar = [
        ("networks", "0001_initial"),
    ]

    operations: ClassVar = [
        Protect("SupervisingBody"),
        Protect("Participation"),
        Protect("ParticipatingUnit"),
        Protect("Membership", own_rows="user_id"),
        Protect("ParticipationLeader"),
    ]
