from typing import ClassVar

from django.db import migrations

from networks.recording import Record


class Migration(migrations.Migration):
    """What is still being written is not told of: not even the name of the team."""

    dependencies: ClassVar = [("signup", "0002_tenancy")]

    operations: ClassVar = [
        Record("Registration", only=("invitee_id", "number", "state", "answer", "team_id")),
    ]
