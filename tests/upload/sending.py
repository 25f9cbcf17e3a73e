"""Sending a release in this process, as the command does."""

from __future__ import annotations

from pathlib import Path

from pipeline.publish.version import Version
from pipeline.upload.course import Uploaded, upload
from pipeline.upload.parcel import File, parcel
from pipeline.upload.patience import Patience
from pipeline.upload.places import place_of
from tests.upload.conftest import VERSION, Served


class Watched:
    """A Watcher that adds up."""

    def __init__(self) -> None:
        self.size = self.gone = 0
        self.names: list[str] = []

    def begins(self, size: int) -> None:
        self.size = size

    def sent(self, size: int) -> None:
        self.gone += size

    def has(self, file: File) -> None:
        self.names.append(file.name)


def send(served: Served, data: Path, waits: list[float], *, publish: bool = False) -> Uploaded:
    place = place_of(served.url, served.environment, Patience(sleep=waits.append))
    watched = Watched()
    done = upload(parcel(data, Version.of(VERSION)), place, watched, publish=publish)
    assert watched.gone == watched.size
    assert len(watched.names) == done.sent + done.held
    return done
