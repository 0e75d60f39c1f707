from typing import ClassVar

from django.db import migrations

from gpf.tenancy import Protect


class Migration(migrations.Migration):
    """Keep the room's new tables behind row-level security."""

    dependencies: ClassVar = [("posters", "0003_a_poster_tool")]

    operations: ClassVar = [
        Protect("Poster"),
        Protect("Edition"),
        Protect("Rendering"),
        Protect("Photo"),
        Protect("PosterLook"),
        Protect("PosterTemplate"),
        Protect("PosterVersion"),
        Protect("WallNote"),
        Protect("WallRules"),
        Protect("PublicLink"),
        Protect("Book"),
    ]
