"""Files packed as rar, opened by rarfile; what is compressed in them takes a program that it finds (unar, bsdtar)."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any

import rarfile  # type: ignore[import-untyped]

from pipeline.read.blocks import Document
from pipeline.read.given import Given, Unreadable
from pipeline.read.packed import MAX_MEMBERS
from pipeline.read.packs.members import MAX_ALL, MAX_MEMBER, MAX_READ, ReadOne, is_debris, read_members

INSTALL = "apt-get install unar"


def read_rar(given: Given, read: ReadOne) -> Document:
    """Read every document of a rar. Raises Unreadable where it is damaged, locked, or the program for it is missing."""
    return read_members(given, in_rar(given.data), read)


def in_rar(data: bytes) -> list[tuple[str, bytes]]:
    """The files in a rar with their names, but for debris; one more than are read. Raises Unreadable."""
    try:
        opened: Any = rarfile.RarFile(BytesIO(data), charset="gb18030")
        _check(opened)
        return list(islice(_unpacked(opened), MAX_READ + 1))
    except rarfile.PasswordRequired as error:
        raise Unreadable("encrypted_document", "The file is locked with a password.") from error
    except rarfile.RarCannotExec as error:
        raise Unreadable("reader_missing", f"To open it, a program must be installed: {INSTALL}") from error
    except (rarfile.Error, OSError, ValueError, EOFError, IndexError) as error:
        raise Unreadable("damaged_document", f"The file is cut off or damaged: {error}.") from error


def _check(opened: Any) -> None:
    if opened.needs_password():
        raise Unreadable("encrypted_document", "The file is locked with a password.")
    if len(opened.infolist()) > MAX_MEMBERS:
        raise Unreadable("too_complex", f"The file packs more than {MAX_MEMBERS} files.")


def _unpacked(opened: Any) -> Iterator[tuple[str, bytes]]:
    left = MAX_ALL
    for info in opened.infolist():
        if info.isdir() or info.is_symlink() or is_debris(info.filename):
            continue
        most = min(MAX_MEMBER, left)
        if info.file_size > most:
            raise Unreadable("too_large", f"{info.filename} unpacks to more than {most} bytes.")
        with opened.open(info) as file:
            data = file.read(most)
        left -= len(data)
        yield info.filename, data
