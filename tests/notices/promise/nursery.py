"""A process that has the product in memory, and brings forth workers, beats and answers by forking.

    python -m tests.notices.promise.nursery     reads one JSON list a line: ["celery", LOG, ARGUMENTS…] starts Celery's
                                                command line and says its number; ["ask", FUNCTION, ARGUMENTS…] says
                                                what a function of `inside` returns

Starting Python and Django takes seconds; a fork takes none, and what runs in it afterwards is the same. Ends, with all
it brought forth, when nobody writes to it any more.
"""

import json
import os
import signal
import sys
import traceback
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any


def start(log: str, *arguments: str) -> int:
    """Start `celery ARGUMENTS` in a process group of its own. Returns its number."""
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with Path(log).open("ab") as output, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    sys.argv = ["celery", *arguments]
    from celery.__main__ import main

    try:
        main()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(0)


def ask(name: str, *arguments: Any) -> Any:
    """What a function of `inside` returns: run in a fork, so that this process never has a connection."""
    reader, writer = os.pipe()
    if not os.fork():
        from tests.notices.promise import inside

        try:
            answer = {"answer": getattr(inside, name)(*arguments)}
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        with os.fdopen(writer, "w") as output:
            json.dump(answer, output)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as given:
        return json.loads(given.read() or '{"error": "killed"}')


def main() -> None:
    """The command line described at the top."""
    from gpf.celery import app

    for needed in ("celery.apps.beat", "celery.apps.worker", "celery.concurrency.prefork", "kombu.transport.redis"):
        import_module(needed)

    app.loader.import_default_modules()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the killed leave no corpses
    born: list[int] = []
    for line in sys.stdin:
        what, *arguments = json.loads(line)
        if what == "celery":
            born.append(start(*arguments))
            answer: Any = {"answer": born[-1]}
        else:
            answer = ask(*arguments)
        print(json.dumps(answer), flush=True)
    for pid in born:
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
