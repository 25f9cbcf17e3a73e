"""What a build meets and asks for again, on the disk: it grows with the archive, and what is in memory does not.

SQLite of the standard library keeps it, in one file for a build: a page is read and written where it is needed, which
the files of the tables cannot do. The file is of no use to anybody once the build ends, so nothing guards it.
"""

from __future__ import annotations

from pathlib import Path
from sqlite3 import Connection, connect

_CACHE = 2000  # KiB; the system keeps more of the file, as long as it has room


def on_disk(path: Path | None = None) -> Connection:
    """A database in the new file `path`, or else in one of the system's for temporary files, gone once it is closed."""
    connection = connect("" if path is None else path, isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE}"):
        connection.execute(f"PRAGMA {setting}")
    # Never ended: a page goes to the disk when its room is needed, not with each statement.
    connection.execute("BEGIN")
    return connection


class Noted:
    """Texts by text, in a table of their own."""

    def __init__(self, connection: Connection, name: str) -> None:
        connection.execute(f"CREATE TABLE {name} (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        self._execute = connection.execute
        self._get = f"SELECT value FROM {name} WHERE key = ?"  # noqa: S608 - names of ours
        self._add = f"INSERT OR IGNORE INTO {name} VALUES (?, ?)"  # noqa: S608
        self._put = f"INSERT OR REPLACE INTO {name} VALUES (?, ?)"  # noqa: S608

    def get(self, key: str) -> str | None:
        found = self._execute(self._get, (key,)).fetchone()
        return None if found is None else found[0]

    def add(self, key: str, value: str = "") -> bool:
        """Note a value where there is none; whether there was none."""
        return self._execute(self._add, (key, value)).rowcount == 1

    def put(self, key: str, value: str) -> None:
        """Note a value in place of what there is."""
        self._execute(self._put, (key, value))
