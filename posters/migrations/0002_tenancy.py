from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect


class Migration(migrations.Migration):
    """Keep the room's tables behind row-level security."""

    dependencies: ClassVar = [
        ("posters", "0001_initial"),
        ("gatherings", "0002_tenancy"),
    ]

    operations: ClassVar = [
        Protect("Poster"),
        Protect("Edition"),
        Protect("Rendering"),
    ]
