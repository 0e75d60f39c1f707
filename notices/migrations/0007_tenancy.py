from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect


class Migration(migrations.Migration):
    """Keep the room's new tables behind row-level security."""

    dependencies: ClassVar = [("notices", "0006_deadlines_nobody_misses")]

    operations: ClassVar = [
        Protect("Pause"),
        Protect("Wording"),
    ]
