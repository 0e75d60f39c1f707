from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect


class Migration(migrations.Migration):
    """A person's own places in other networks are not seen from inside one."""

    dependencies: ClassVar = [("networks", "0005_network_preparation_months")]

    operations: ClassVar = [
        Protect("Membership", own_rows="user_id"),
    ]
