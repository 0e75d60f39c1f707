from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect


class Migration(migrations.Migration):
    """A letter may carry a document: of its own network only."""

    dependencies: ClassVar = [
        ("notices", "0003_run_a_network"),
        ("documents", "0004_library"),
    ]

    operations: ClassVar = [
        Protect("Message"),
    ]
