from typing import ClassVar

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from gpf import tenancy

FIELDS = ("remind_after", "remind_again", "remind_before")


def leave_alone(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rounds that are there already were sent by somebody who reminds by hand: nothing goes out of itself in them."""
    rounds = apps.get_model("signup", "InvitationRound").objects
    for network in apps.get_model("networks", "Network").objects.values_list("pk", flat=True):
        with tenancy.scope([network]):
            rounds.filter(network=network).update(**dict.fromkeys(FIELDS))


def days(default: int, said: str) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(blank=True, null=True, default=default, help_text=said)


class Migration(migrations.Migration):
    """A round says on which days those who have not answered are reminded."""

    dependencies: ClassVar = [("signup", "0003_record_decisions_only")]

    operations: ClassVar = [
        migrations.AddField("invitationround", "remind_after", days(7, "days after the letter; empty: not then")),
        migrations.AddField("invitationround", "remind_again", days(14, "days after the letter; empty: not then")),
        migrations.AddField(
            "invitationround", "remind_before", days(3, "days before the day to answer by; empty: not then")
        ),
        migrations.RunPython(leave_alone, migrations.RunPython.noop),
    ]
