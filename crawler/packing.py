"""Packing answers in a process of its own, where they come faster than one process can search and pack.

The crawl and what packs for it cannot both have the interpreter: threads that pack cost the crawl nearly as much as if
it packed by itself. At the pauses that portals are given nothing waits, and no such process is started.
"""

from __future__ import annotations

import pickle
import select
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any

from pipeline.archive import Exchange, Packed, pack

_UP = b"\n"
_LENGTH = struct.Struct(">Q")
_WORTH = 2  # answers that wait together: it falls behind


class Packer:
    """Packs exchanges. What the process does not do, as it is not up yet, or was killed, is done here."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self._is_ready = False
        self._is_lost = False

    @property
    def is_up(self) -> bool:
        """Whether the process packs."""
        return self._is_ready and not self._is_lost

    def pack(self, exchanges: Sequence[Exchange]) -> Sequence[Packed]:
        """What `pipeline.archive.pack` makes of each."""
        if len(exchanges) >= _WORTH and not self._is_lost:
            try:
                if self._is_there():
                    return self._asked(exchanges)
            except (OSError, EOFError):  # it could not be started, or is gone
                self._is_lost = True
        return [pack(exchange) for exchange in exchanges]

    def close(self) -> None:
        """End the process, if there is one."""
        if self.process is not None:
            with suppress(OSError):  # it was killed with something on its way
                self.process.communicate()

    def _is_there(self) -> bool:
        """Whether the process is up; it is started where it is missed for the first time."""
        if self.process is None:
            command = [sys.executable, "-m", "crawler.packing"]
            self.process = subprocess.Popen(  # noqa: S603 - our own
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,  # Ctrl-C is for the crawl, which ends this when all is stored
            )
        told = self.process.stdout
        assert told is not None  # noqa: S101 - it is a pipe
        if not self._is_ready and select.select([told], [], [], 0)[0]:
            if told.read(1) != _UP:
                raise EOFError
            self._is_ready = True
        return self._is_ready

    def _asked(self, exchanges: Sequence[Exchange]) -> Sequence[Packed]:
        process = self.process
        assert process is not None  # noqa: S101 - it is there
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        assert process.stdout is not None  # noqa: S101 - likewise
        _send(process.stdin, exchanges)
        packed: Sequence[Packed] = _receive(process.stdout)
        return packed


def _send(stream: IO[bytes], what: object) -> None:
    told = pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(told)) + told)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    """Raises EOFError where the other side is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    told = stream.read(length)
    if len(told) < length:
        raise EOFError
    return pickle.loads(told)  # noqa: S301 - of our own process, or of the one that started this


def _main() -> None:
    given, told = sys.stdin.buffer, sys.stdout.buffer
    told.write(_UP)
    told.flush()
    with suppress(EOFError, BrokenPipeError):
        while True:
            _send(told, [pack(exchange) for exchange in _receive(given)])


if __name__ == "__main__":
    _main()
