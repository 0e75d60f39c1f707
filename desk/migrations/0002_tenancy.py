from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect


class Migration(migrations.Migration):
    """Keep the room's new tables behind row-level security."""

    dependencies: ClassVar = [("desk", "0001_initial")]

    operations: ClassVar = [
        Protect("Circular"),
    ]
