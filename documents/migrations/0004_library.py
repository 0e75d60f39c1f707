from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect
from networks.recording import Record


class Migration(migrations.Migration):
    """Wall the library, and record what changes in it."""

    dependencies: ClassVar = [
        ("documents", "0003_run_a_network"),
        ("networks", "0004_recording"),
    ]

    operations: ClassVar = [
        Protect("LibraryDocument"),
        Record("LibraryDocument"),
    ]
