"""LibreOffice as a converter, in processes of its own that may crash, hang or be lied to without harm to anybody.

Each call has a profile of its own in a folder that is gone afterwards: two programs with one profile do not run
together, and nothing is remembered from document to document. Macros never run, the profile forbids them. There is no
network: the program gets an empty one of its own where the system allows it (`unshare`), else proxies that lead
nowhere. Time, memory and the size of files are bounded, and what runs too long is ended with all its children.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from pipeline.read.given import Unreadable

INSTALL = "apt-get install --no-install-recommends libreoffice-writer libreoffice-calc"
SECONDS = 60  # to start, and
SECONDS_EACH = 20  # for each document; a report takes a tenth of one
MEMORY_KB = 4 << 20  # of addresses
FILE_BLOCKS = 400_000  # of 512 bytes
MAX_CONVERTED = 60_000_000  # bytes
_NO_PROXY = "http://127.0.0.1:9"
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>"""
# $0 is the limit of processor seconds, $1 that of memory, $2 that of a file; the rest is the command.
_WITHIN = """ulimit -t "$0"; ulimit -v "$1"; ulimit -f "$2"; ulimit -c 0; shift 2
if unshare -rn true 2>/dev/null; then exec unshare -rn "$@"; fi; exec "$@" """


@dataclass(frozen=True, slots=True)
class Source:
    """A document to be converted; `ending` tells LibreOffice what it is (doc), `target` what is wanted (docx)."""

    data: bytes
    ending: str
    target: str


def program() -> str | None:
    """Where LibreOffice is; None where it is not installed."""
    return which("soffice") or which("libreoffice")


def version() -> str | None:
    """The version of LibreOffice, as it says it; None where it is not installed, or does not say."""
    office = program()
    if office is None:
        return None
    path = Path(office).resolve()
    return _version(str(path), path.stat().st_mtime_ns)


@cache
def _version(office: str, changed: int) -> str | None:  # noqa: ARG001 - asked anew where the program is another
    with TemporaryDirectory(prefix="gongkai-office-") as name:
        try:
            done = subprocess.run(  # noqa: S603 - the program found on the path
                [office, f"-env:UserInstallation={Path(name).as_uri()}", "--headless", "--version"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=SECONDS,
                env={"PATH": os.environ.get("PATH", ""), "HOME": name, "LC_ALL": "C.UTF-8"},
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    return done.stdout.decode(errors="replace").strip() or None


def convert(sources: Sequence[Source]) -> list[bytes | Unreadable]:
    """Each document converted, or why it is not: in one start of the program, and more only for the sake of blame."""
    if not sources:
        return []
    office = program()
    if office is None:
        missing = Unreadable("reader_missing", f"LibreOffice must be installed to read it: {INSTALL}")
        return [missing] * len(sources)
    results: list[bytes | Unreadable | None] = [None] * len(sources)
    waiting = list(range(len(sources)))
    while waiting:
        found, ending = _run(office, [sources[place] for place in waiting])
        for place, result in zip(waiting, found, strict=True):
            results[place] = result
        missing_places = [place for place in waiting if results[place] is None]
        if ending is None or len(waiting) == 1:
            for place in missing_places:
                results[place] = _refused(ending)
            break
        # It ended at the first that did not come: that one is tried alone, then the others go on.
        first, *waiting = missing_places
        alone, ending = _run(office, [sources[first]])
        results[first] = alone[0] or _refused(ending)
    return [_refused(None) if result is None else result for result in results]


def _refused(ending: str | None) -> Unreadable:
    if ending is None:
        return Unreadable("damaged_document", "LibreOffice cannot open the document.")
    return Unreadable("too_complex", f"LibreOffice {ending} with the document.")


def _run(office: str, sources: Sequence[Source]) -> tuple[list[bytes | None], str | None]:
    """What came of each document in one start of the program, and how it ended where that was not well."""
    with TemporaryDirectory(prefix="gongkai-office-") as name:
        folder = Path(name)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        ending = None
        for target in dict.fromkeys(source.target for source in sources):
            inside = folder / target
            inside.mkdir()
            paths = []
            for number, source in enumerate(sources):
                if source.target == target:
                    paths.append(inside / f"{number}.{source.ending}")
                    paths[-1].write_bytes(source.data)
            ending = _ended(office, folder, target, paths) or ending
        return [
            _converted(folder / source.target / "out" / f"{number}.{source.target}")
            for number, source in enumerate(sources)
        ], ending


def _ended(office: str, folder: Path, target: str, paths: Sequence[Path]) -> str | None:
    """Convert these files, and how the program ended where that was not well."""
    seconds = SECONDS + SECONDS_EACH * len(paths)
    command = [
        *("/bin/sh", "-c", _WITHIN, str(seconds), str(MEMORY_KB), str(FILE_BLOCKS), office),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nologo", "--convert-to", target),
        *("--outdir", str(folder / target / "out"), *map(str, paths)),
    ]
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), _NO_PROXY)
    with subprocess.Popen(  # noqa: S603 - the program found on the path
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "LC_ALL": "C.UTF-8", **nowhere},
        start_new_session=True,
    ) as process:
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            return f"took more than {seconds} s"
        finally:
            _end_all(process)
    return None if code == 0 else f"ended with {code}"


def _end_all(process: subprocess.Popen[bytes]) -> None:
    """End the program's whole group: it starts others, which would go on without it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _converted(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if 0 < path.stat().st_size <= MAX_CONVERTED else None
    except OSError:
        return None
