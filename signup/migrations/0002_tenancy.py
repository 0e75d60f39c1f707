from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect
from networks.recording import Record


class Migration(migrations.Migration):
    """Keep the room behind its walls; of a registration record what is decided, not every word as it is typed."""

    dependencies: ClassVar = [
        ("signup", "0001_initial"),
        ("networks", "0004_recording"),
    ]

    operations: ClassVar = [
        Protect("InvitationRound"),
        Protect("Invitee"),
        Protect("Registration"),
        Protect("RegisteredPerson"),
        Record("InvitationRound"),
        Record("Invitee"),
        Record("Registration", only=("invitee_id", "number", "state", "team_name", "answer", "team_id")),
    ]
