"""A process that works beside the one that measures. Imported before Django is set up, it imports no room."""

from multiprocessing.connection import Connection
from typing import Any

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


def send_shares(line: Connection, settings: dict[str, Any]) -> None:
    """Send the shares of the morning's mail that come down the line, one after the other; answer how many went."""
    begin_work()
    from django.test import override_settings

    from notices import runs
    from notices.post import Answer, Post

    with override_settings(**settings):
        while True:
            share, occasion = line.recv()
            with Post() as post:
                line.send(runs.send_share(share, occasion, post)[Answer.SENT])
