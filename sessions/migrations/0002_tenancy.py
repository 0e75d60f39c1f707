from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect


class Migration(migrations.Migration):
    """Keep the room's tables behind row-level security."""

    dependencies: ClassVar = [
        ("gatherings", "0001_initial"),
        ("documents", "0002_tenancy"),
        ("teams", "0002_tenancy"),
    ]

    operations: ClassVar = [
        Protect("Gathering"),
        Protect("Assignment"),
        Protect("Delivery"),
        Protect("DeliveryVersion"),
        Protect("Review"),
    ]
