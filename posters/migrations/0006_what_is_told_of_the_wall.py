from typing import ClassVar

from django.db import migrations

from networks.recording import Record


class Migration(migrations.Migration):
    """Tell in the record of changes who shows a poster to everybody, and who closes the posters for comments."""

    dependencies: ClassVar = [("posters", "0005_examples")]

    operations: ClassVar = [Record("PublicLink"), Record("WallRules")]
