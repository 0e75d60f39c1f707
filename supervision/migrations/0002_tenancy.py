from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect


class Migration(migrations.Migration):
    """Keep the room's new tables behind row-level security."""

    dependencies: ClassVar = [("supervision", "0001_initial")]

    operations: ClassVar = [
        Protect("Meeting"),
        Protect("PrivateNote"),
        Protect("FeedbackDraft"),
        Protect("Question"),
        Protect("Answer"),
        Protect("Score"),
        Protect("MeetingTeam"),
        Protect("MeetingPerson"),
        Protect("Agreement"),
        Protect("LeaderReport"),
    ]
