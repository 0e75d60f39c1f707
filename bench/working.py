"""A process that works beside the one that measures. Imported before Django is set up, it imports no room."""

from bench import DATABASE


def begin_work() -> None:
    """What the process does before its first task."""
    import os

    import django
    from django.conf import settings

    os.environ["DJANGO_SETTINGS_MODULE"] = "gpf.settings.test"
    settings.DATABASES["default"]["NAME"] = DATABASE
    django.setup()


def make_file(network_id: int, rendering_pk: int) -> str:
    """The product's task, in the process that calls it."""
    from posters import tasks

    return str(tasks.make_file.run(network_id, rendering_pk))
