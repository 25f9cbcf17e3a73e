"""`gongkai import`: archive report files that are already at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from gongkai.data import DATA, DataPlace, writing

_PLAIN_TEXT_ENDINGS = ("", ".txt")
_NO_DOCUMENTS = frozenset(
    {
        "application/octet-stream",
        "application/xml",
    }
)


def import_(
    paths: Annotated[
        list[Path],
        typer.Argument(help="Files to keep; of a folder every document below it.", metavar="PATH…"),
    ],
    data: DataPlace = DATA,
) -> None:
    """Archive report files that are already at hand: html, txt, docx, doc, wps, pdf, images, xls, xlsx,
    zip, rar.

    The bytes decide what a file is, not its name; plain text counts as a document where its name ends in .txt or
    has no ending. What is left out is said. Files of the same bytes are kept once. Of folders, what is hidden
    is not looked at. Then run: gongkai build

    Example: gongkai import reports/ --data datasets
    """
    from pipeline.problem import InputProblem

    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise InputProblem(f"There is no file or folder {', '.join(missing)}. Nothing was imported.")
    with writing(data, "archive") as there:
        _import(paths, there.folder)


def _import(paths: list[Path], data: Path) -> None:
    from datetime import UTC, datetime
    from hashlib import sha256

    from pipeline.archive import MAX_BODY, Archive, Outcome
    from pipeline.problem import InputProblem, Problem
    from pipeline.read import sniff

    imported = already = 0
    unreadable: list[str] = []
    with Archive.open(data / "archive") as archive:
        held = {
            entry.sha256: entry.anchor for entry in archive.entries() if entry.outcome is Outcome.IMPORTED
        }
        for path in _files(paths):
            try:
                if path.stat().st_size > MAX_BODY:
                    _say(f"left out {path}: it is larger than {MAX_BODY >> 20} MiB")
                    continue
                body = path.read_bytes()
            except OSError as error:
                unreadable.append(f"{path}: {error.strerror}")
                continue
            media_type = sniff(body, name=path.name)
            if reason := _why_no_document(media_type, path):
                _say(f"left out {path}: {reason}")
                continue
            digest = sha256(body).hexdigest()
            if digest in held:
                already += 1
                _say(f"not kept again {path}: the same bytes as {held[digest]}")
                continue
            name = given_name(path)
            archive.store_resource(address(path), body, media_type, datetime.now(UTC), name=name)
            held[digest] = name
            imported += 1
    _say(f"{imported} imported, {already} were there already.")
    if unreadable:
        raise Problem("These files could not be read and are not imported: " + "; ".join(unreadable))
    if not imported and not already:
        raise InputProblem(f"There is no document in {', '.join(map(str, paths))}.")


def _say(message: str) -> None:
    typer.echo(message, err=True)


def address(path: Path) -> str:
    """The `file:` address of a file: the path as given, so that no folder of the machine is told unasked."""
    from urllib.parse import quote

    return "file:" + quote(os.fsencode(path.as_posix()))


def given_name(path: Path) -> str:
    """The path as given. A name that is not UTF-8 is read as GB18030, in which Chinese archives are packed."""
    name = os.fsencode(path.as_posix())
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return name.decode("gb18030", "replace")


def _files(paths: list[Path]) -> Iterator[Path]:
    """The files named, and for each folder the files below it in order of name, each once and none hidden."""
    seen: set[Path] = set()
    for path in paths:
        below = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in below:
            hidden = any(part.startswith(".") for part in file.relative_to(path).parts)
            if file.is_file() and not hidden and file not in seen:
                seen.add(file)
                yield file


def _why_no_document(media_type: str, path: Path) -> str | None:
    """Why a file is left out; None where it may be a report."""
    from pipeline.read.sniff import UNOPENED

    if media_type in UNOPENED:
        return f"packed files of the kind {media_type} are not opened; unpack it and import the files in it"
    if media_type in _NO_DOCUMENTS:
        return f"{media_type} cannot be a report"
    if media_type == "text/plain" and path.suffix.lower() not in _PLAIN_TEXT_ENDINGS:
        return f"plain text named {path.suffix}, where reports are named .txt"
    return None
