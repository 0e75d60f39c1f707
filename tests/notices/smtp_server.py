"""A mail server for tests, on a real socket, that can be told to behave badly.

It keeps a record of every mail that came whole: when, over which connection, whether it said so, and whether the sender
went on to a next command, which only one who read the answer does. `watch` is called at every moment of a mail and may
do anything, also end the talk.
"""

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from typing import Any, cast

HANG_UP = "hang up"


class Moment(StrEnum):
    """Where in the talk about a mail."""

    BEFORE = "before the mail"
    DURING = "in the middle of the mail"
    AFTER = "after the mail, before the answer"
    SAID = "after the answer"


@dataclass
class Taken:
    """A mail that came whole `at` a moment of time.monotonic(), `began` at its MAIL FROM.

    `said`: when the answer had been given to the line; `went_on`: the sender has read it.
    """

    mail: EmailMessage
    talk: "Talk"
    began: float
    at: float
    said: float | None = None
    went_on: bool = False

    @property
    def message_id(self) -> str:
        return str(self.mail["Message-ID"])


@dataclass
class MailServer:
    """What it took, and how it answers: to whom (`answers`, by address) or to everyone (`after_data`).

    `slow` holds seconds to think about an address; `greylists` puts off who is written to for the first time.
    """

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    record: list[Taken] = field(default_factory=list)
    connections: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    after_data: str = ""
    slow: dict[str, float] = field(default_factory=dict)
    greylists: Callable[[str], bool] = lambda address: False
    known: set[str] = field(default_factory=set)
    watch: Callable[[Moment, "Talk"], None] = lambda moment, talk: None
    talks: set["Talk"] = field(default_factory=set)

    def message_ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.taken]

    def addresses(self) -> list[str]:
        return [str(message["To"]) for message in self.taken]

    def answer_to(self, address: str) -> str:
        """The reply to RCPT TO; with HANG_UP the mail is taken, and nothing said."""
        time.sleep(self.slow.get(address, 0))
        if self.greylists(address) and address not in self.known:
            self.known.add(address)
            return "451 greylisted, come again"
        answer = self.answers.get(address, "")
        return answer if answer and answer != HANG_UP else "250 ok"

    def cut_all(self) -> None:
        """Cut every open line."""
        for talk in list(self.talks):
            talk.cut()


class Talk(socketserver.StreamRequestHandler):
    """One connection. `cut_at`: when somebody cut it."""

    cut_at: float | None = None
    last: Taken | None = None

    @property
    def state(self) -> MailServer:
        return cast("_Server", self.server).state

    @property
    def peer(self) -> int:
        """The sender's port."""
        return int(self.client_address[1])

    def cut(self) -> None:
        """End the connection without a word."""
        self.cut_at = self.cut_at or time.monotonic()
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def handle(self) -> None:
        self.state.connections += 1
        self.state.talks.add(self)
        with suppress(OSError):  # the sender went away, or the line was cut
            self.converse()
        self.state.talks.discard(self)

    def converse(self) -> None:
        self.say("220 ready")
        recipient, began = "", time.monotonic()
        while line := self.rfile.readline().decode().strip():
            self.note_that_the_sender_went_on()
            verb = line.upper()
            if verb.startswith("MAIL"):
                began = time.monotonic()
                self.say("250 ok")
            elif verb.startswith("RCPT"):
                recipient = line.partition("<")[2].rstrip(">")
                self.state.watch(Moment.BEFORE, self)
                self.say(self.state.answer_to(recipient))
            elif verb == "DATA":
                if not self.take(recipient, began):
                    return
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self, recipient: str, began: float) -> bool:
        """Read the mail and answer; False when the line is cut instead."""
        self.say("354 go on")
        lines = [self.rfile.readline()]
        self.state.watch(Moment.DURING, self)
        while lines[-1] != b".\r\n":
            lines.append(self.rfile.readline())
            if not lines[-1] or self.cut_at is not None:
                return False  # half a mail is none
        if self.state.after_data:
            self.say(self.state.after_data)
            return True
        mail = message_from_bytes(b"".join(lines[:-1]), policy=policy.default)
        self.last = Taken(mail, self, began, time.monotonic())
        self.state.taken.append(mail)
        self.state.record.append(self.last)
        self.state.watch(Moment.AFTER, self)
        if self.state.answers.get(recipient) == HANG_UP:
            self.cut()
            return False
        self.say("250 taken")
        self.last.said = time.monotonic()
        self.state.watch(Moment.SAID, self)
        return True

    def note_that_the_sender_went_on(self) -> None:
        if self.last is not None and self.last.said is not None:
            self.last.went_on = True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, state: MailServer) -> None:
        super().__init__(("127.0.0.1", state.port), Talk)
        self.state = state
        state.port = self.server_address[1]


@contextmanager
def serving(state: MailServer | None = None) -> Iterator[MailServer]:
    """A mail server on a free port (or on the one it had before) for the length of the block."""
    server = _Server(state or MailServer())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.state
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: Any = probe.getsockname()[1]
    return int(port)
