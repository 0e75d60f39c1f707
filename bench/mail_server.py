"""A mail server in a process of its own that takes everything, as quickly as it can, and keeps nothing."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

END = b"\r\n.\r\n"


@contextmanager
def serving() -> Iterator[int]:
    """The port of such a server."""
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield int(ours.recv())
    finally:
        process.kill()
        process.join()


def serve(port_wanted: Connection) -> None:
    """Tell the port, and listen for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    port_wanted.send(listener.getsockname()[1])
    while True:
        line, _address = listener.accept()
        threading.Thread(target=_talk, args=(line,), daemon=True).start()


def _talk(line: socket.socket) -> None:
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    line.sendall(b"220 ready\r\n")
    told = b""
    while piece := line.recv(65536):
        told += piece
        if not told.endswith(b"\r\n"):
            continue
        verb, told = told[:4].upper(), b""
        if verb == b"DATA":
            line.sendall(b"354 go on\r\n")
            mail = b""
            while not mail.endswith(END):
                mail += line.recv(65536)
        line.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
