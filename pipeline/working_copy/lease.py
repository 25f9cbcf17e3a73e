"""One writer at a time at a storage, whichever machine it is on."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event, Thread

from pipeline.archive.lock import Busy
from pipeline.problem import Problem
from pipeline.storage.store import Store

BEAT = 15.0
"""Seconds between signs of life."""
SILENCE = 60.0
"""Seconds without one after which a writer counts as dead."""
_LOOK = 1.0


class Lease:
    """Held from construction to `close`, by the working copy `copy`, as an object that is written again and again.

    Of an earlier holder without a sign of life the lease is taken over, after SILENCE seconds in which it was watched,
    so that no clocks are compared; of an earlier process of the same working copy at once. Raises Busy where the holder
    lives. Whoever finds that another has taken over stops as with Ctrl-C, and `lost` is true.
    """

    def __init__(
        self, store: Store, name: str, copy: str, say: Callable[[str], None], silence: float = SILENCE
    ) -> None:
        self._store, self._name, self._copy, self._say = store, name, copy, say
        self._since = _now()
        self.lost = False
        self._take(silence)
        self._ended = Event()
        self._thread = Thread(target=self._beat, args=(min(BEAT, silence / 4),), daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let go, if it is still ours."""
        self._ended.set()
        self._thread.join()
        if self._is_ours(self._found()):
            self._store.remove(self._name)

    def _take(self, silence: float) -> None:
        found = self._found()
        if found is not None and not self._is_ours(found):
            self._watch(found, silence)
            self._store.remove(self._name)
        elif found is not None:
            self._store.write(self._name, self._sign())
            return
        if not self._store.create(self._name, self._sign()):
            raise self._busy(self._found() or b"")

    def _watch(self, first: bytes, silence: float) -> None:
        """Return when the holder is gone or shows no life; raises Busy."""
        self._say(f"{self._holder(first)}. Waiting for up to {silence:.0f} s to see whether it lives.")
        until = time.monotonic() + silence
        while time.monotonic() < until:
            time.sleep(min(_LOOK, silence / 10))
            found = self._found()
            if found is None:
                return
            if found != first:
                raise self._busy(found)

    def _beat(self, pause: float) -> None:
        while not self._ended.wait(pause):
            try:
                found = self._found()
                if found is None and self._store.create(self._name, self._sign()):
                    continue  # removed by hand, and nobody came
                if self._is_ours(found):
                    self._store.write(self._name, self._sign())
                    continue
            except Problem:
                continue  # the network is away; who sends finds out and says so
            self.lost = True
            self._say(f"{self._holder(found or b'')}, and took over from this process, which stops.")
            os.kill(os.getpid(), signal.SIGINT)
            return

    def _found(self) -> bytes | None:
        try:
            return self._store.read(self._name)
        except FileNotFoundError:
            return None

    def _sign(self) -> bytes:
        holder = {"copy": self._copy, "machine": os.uname().nodename, "process": os.getpid()}
        return json.dumps({**holder, "since": self._since, "seen": _now()}).encode()

    def _is_ours(self, found: bytes | None) -> bool:
        return found is not None and _told(found).get("copy") == self._copy

    def _holder(self, found: bytes) -> str:
        told = _told(found)
        who = f"process {told.get('process', 'unknown')} on {told.get('machine', 'another machine')}"
        when = f"since {told.get('since', 'unknown')}, last seen {told.get('seen', 'unknown')}"
        return f"{self._store.address(self._name)}: {who} writes there, {when}"

    def _busy(self, found: bytes) -> Busy:
        return Busy(
            f"{self._holder(found)}. Wait until it has ended, or choose another place with --data. If that process is "
            f"gone, the same command takes over after {SILENCE:.0f} s; at once where you remove that object."
        )


def _told(found: bytes) -> dict[str, object]:
    try:
        told = json.loads(found)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
