"""A mail server for tests, on a real socket, that can be told to behave badly."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, cast

HANG_UP = "hang up"


@dataclass
class MailServer:
    """What it took, and how it answers: to whom (`answers`, by address) or to everyone (`after_data`)."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    connections: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    after_data: str = ""

    def message_ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.taken]

    def addresses(self) -> list[str]:
        return [str(message["To"]) for message in self.taken]


class _Talk(socketserver.StreamRequestHandler):
    """One connection. `answers` is the reply to RCPT TO; with HANG_UP the mail is taken, and nothing said."""

    @property
    def state(self) -> MailServer:
        return cast("_Server", self.server).state

    def handle(self) -> None:
        self.state.connections += 1
        self.say("220 ready")
        recipient = ""
        while line := self.rfile.readline().decode().strip():
            verb = line.upper()
            if verb.startswith("RCPT"):
                recipient = line.partition("<")[2].rstrip(">")
                answer = self.state.answers.get(recipient, "")
                self.say(answer if answer and answer != HANG_UP else "250 ok")
            elif verb == "DATA":
                if not self.take(recipient):
                    return
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def take(self, recipient: str) -> bool:
        """Read the mail and answer; False when the line is cut instead."""
        self.say("354 go on")
        lines = list(iter(self.rfile.readline, b".\r\n"))
        if self.state.after_data:
            self.say(self.state.after_data)
            return True
        self.state.taken.append(message_from_bytes(b"".join(lines), policy=policy.default))
        if self.state.answers.get(recipient) == HANG_UP:
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self.say("250 taken")
        return True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, state: MailServer) -> None:
        super().__init__(("127.0.0.1", state.port), _Talk)
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
