"""A door in front of a server: it hands every request on, and does to some what networks and servers do."""

from __future__ import annotations

import http.client
import threading
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.upload.answering import Answering

_NOT_HANDED_ON = {"connection", "transfer-encoding", "content-length", "keep-alive", "date", "server"}


@dataclass
class Door:
    """What the door saw, and what it does once to the n-th file that is sent (from 1 on), or to a path that ends so.

    `busy` answers 503 and asks to wait 7 seconds, `cut` closes the connection half-way, `spoil` changes a byte,
    `hold` says so by `held` and never answers.
    """

    behind: str = ""
    faults: dict[int | str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def opened(self, faults: dict[int | str, str]) -> None:
        """Begin anew, with these faults."""
        self.faults, self.files, self.requests, self.held = faults, [], [], threading.Event()


class Doorkeeper(Answering):
    door: Door

    def answer(self) -> None:
        body, fault = self._came()
        if fault == "cut":
            self.close_connection = True
            self.connection.close()
        elif fault == "busy":
            self.reply(503, b"", **{"Retry-After": "7"})
        elif fault == "hold":
            self.door.held.set()
            threading.Event().wait()
        else:
            self._hand_on(body[:-1] + bytes([body[-1] ^ 1]) if fault == "spoil" else body)

    def _came(self) -> tuple[bytes, str]:
        fault = ""
        with self.door.lock:
            self.door.requests.append(f"{self.command} {self.path}")
            if self.command == "PUT" and not self.path.endswith("/settings"):
                self.door.files.append(self.path.rpartition("/")[2])
                fault = self.door.faults.get(len(self.door.files), "")
            for name in [key for key in self.door.faults if isinstance(key, str) and self.path.endswith(key)]:
                fault = self.door.faults.pop(name)
        length = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(length // 2 if fault == "cut" else length), fault

    def _hand_on(self, body: bytes) -> None:
        behind = http.client.HTTPConnection(urlsplit(self.door.behind).netloc, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        behind.request(self.command, self.path, body, headers)
        answer = behind.getresponse()
        told = answer.read()
        self.send_response(answer.status, answer.reason)
        for name, value in answer.getheaders():
            if name.lower() not in _NOT_HANDED_ON:
                self.send_header(name, value)
        length = answer.getheader("Content-Length") if self.command == "HEAD" else None
        self.send_header("Content-Length", length or str(len(told)))
        self.end_headers()
        self.wfile.write(told)
        behind.close()
