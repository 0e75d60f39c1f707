"""A pytest plugin: the services are up, and their addresses known, before Django reads its settings.

Loaded by name from pyproject.toml. The tests have a PostgreSQL and a Redis of their own under
`$GPF_HOME/test`, so that they never meet a running demo; each parallel worker has its own Redis database.
"""

import os
from pathlib import Path

from gpf import local_services

ROOT = Path(__file__).resolve().parent.parent


def start() -> None:
    """Put DATABASE_URL and REDIS_URL into the environment, which parallel workers inherit."""
    home = ROOT / os.environ.get("GPF_HOME", ".local")
    os.environ.update(local_services.ensure(home / "test", durable=False))
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        server, _, _ = os.environ["REDIS_URL"].rpartition("/")
        os.environ["REDIS_URL"] = f"{server}/{1 + int(worker.removeprefix('gw')) % 15}"


start()
