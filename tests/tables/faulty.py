"""Lookers with faults, for processes that import them by name. No document is known to have such an effect."""

from __future__ import annotations

import os
import signal
import time

from pipeline.archive import Bodies, Entry
from pipeline.problem import Problem
from pipeline.read.given import Converted, Kept, OnPage
from pipeline.tables import worker
from pipeline.tables.looking import Asked, Looker, Told
from pipeline.tables.naming import Naming


class Faulty(Looker):
    """An address ends with the fault that its document has."""

    def __init__(
        self,
        bodies: Bodies,
        naming: Naming,
        version: str,
        converted: Converted | None = None,
        kept: Kept | None = None,
        *,
        on_page: OnPage | None = None,
    ) -> None:
        super().__init__(bodies, naming, version, converted, kept, on_page=on_page)
        self.on_page = on_page
        worker.SECONDS = 3  # enough for a good document on a busy machine

    def look(self, asked: Asked) -> Told | None:
        url = asked.url if isinstance(asked, Entry) else ""
        if url.endswith("/killed"):
            os.kill(os.getpid(), signal.SIGKILL)
        if url.endswith("/endless"):
            time.sleep(30)
        if url.endswith("/problem"):
            raise Problem("This document cannot be looked at.")
        return super().look(asked)


class Unmade(Looker):
    """Not to be made."""

    def __init__(self, *_: object, **__: object) -> None:
        raise SystemExit(7)


class Paged(Faulty):
    """Reads a document whose address ends with pages/… slowly, a page in two seconds."""

    def look(self, asked: Asked) -> Told | None:
        url = asked.url if isinstance(asked, Entry) else ""
        for _ in range(int(url.partition("/pages/")[2] or 0)):
            time.sleep(2)
            if self.on_page is not None:
                self.on_page()
        return super().look(asked)
