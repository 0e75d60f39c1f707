"""The web server. Processes share the loaded application; the garbage collector leaves what is shared alone."""

import gc
import os
from pathlib import Path

from gunicorn.arbiter import Arbiter

bind = f"{os.environ.get('GPF_BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 8
keepalive = 5
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None


def on_starting(server: Arbiter) -> None:
    """The server's own lines name addresses too, so the filters of our own log stand on them as well."""
    from gpf import secret_links
    from gpf.identity import LogFilter

    for log in (server.log.error_log, server.log.access_log):
        for handler in log.handlers:
            handler.addFilter(LogFilter())
            handler.addFilter(secret_links.LogFilter())


def when_ready(server: Arbiter) -> None:
    """After the application is loaded and before processes are made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
