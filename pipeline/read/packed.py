"""Zip files, opened within bounds: what claims to unpack to more than a report can hold is not unpacked."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pipeline.read.given import Unreadable

MAX_MEMBERS = 5_000  # a document of Word has some twenty, with a picture a page some hundred
_ENCRYPTED = 1
_UTF8 = 0x800
_CENTRAL = re.compile(rb"PK\x01\x02")


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a zip; `name` as it was meant, `size` in bytes as the zip claims it."""

    name: str
    size: int
    info: ZipInfo


class Package:
    """The members of a zip file by name, in its order; the last of a name counts, as with all programs."""

    def __init__(self, data: bytes) -> None:
        """Raises Unreadable where the bytes are no whole zip file, or one with too many members."""
        if sum(1 for _ in _CENTRAL.finditer(data)) > MAX_MEMBERS:
            raise Unreadable("too_complex", f"The file packs more than {MAX_MEMBERS} files.")
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError) as error:
            raise Unreadable("damaged_document", f"The file is cut off or damaged: {error}.") from error
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        self.members = {name: Member(name, info.file_size, info) for info in infos if (name := _name(info))}

    def read(self, name: str, most: int) -> bytes:
        """The bytes of a member. Raises Unreadable where it is not there, damaged, locked, or larger than `most`."""
        member = self.members.get(name)
        if member is None:
            raise Unreadable("damaged_document", f"The file lacks its part {name}.")
        if member.info.flag_bits & _ENCRYPTED:
            raise Unreadable("encrypted_document", "The file is locked with a password. Save it without one.")
        if member.info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise Unreadable("unreadable_document", f"{name} is packed in a way that is not unpacked here.")
        try:
            with self._zip.open(member.info) as file:
                data = file.read(most + 1)
        except (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
            raise Unreadable("damaged_document", f"{name} is cut off or damaged: {error}.") from error
        if len(data) > most:
            raise Unreadable("too_large", f"{name} unpacks to more than {most} bytes.")
        return data


def _name(info: ZipInfo) -> str:
    """The name. Chinese programs write GBK where the standard says code page 437, and raise no flag."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        written = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for charset in ("utf-8", "gb18030"):
        try:
            return written.decode(charset)
        except UnicodeDecodeError:
            continue
    return info.filename
