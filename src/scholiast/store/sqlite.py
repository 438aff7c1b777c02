"""Derived data of one case in one SQLite file, behind ``case.Store``.

Everything in it can be made again; a file that is damaged, or of another
version, is set aside and made anew.
"""

from __future__ import annotations

import sqlite3
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Final

#: Raise when the form of the kept values changes: older files are made anew.
SCHEMA: Final = 1
#: How many values are kept; the longest unused go first.
MOST: Final = 20_000


class SqliteStore:
    """A ``case.Store`` in a file. Values are compressed; keys are hashes."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it; raises ``OSError`` where that is impossible."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.DatabaseError:
            with suppress(OSError):
                self._path.unlink()
            try:
                return self._connect()
            except sqlite3.Error as error:
                raise OSError(f"{self._path}: {error}") from error

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=10, isolation_level=None)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, SCHEMA):
            connection.execute("DROP TABLE IF EXISTS pass")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS pass ("
            "name TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, used INTEGER NOT NULL, "
            "PRIMARY KEY (name, key)) WITHOUT ROWID"
        )
        connection.execute(f"PRAGMA user_version={SCHEMA}")
        return connection

    def get(self, name: str, key: str) -> bytes | None:
        """Return what was kept, or None."""
        try:
            row = self._connection.execute(
                "SELECT value FROM pass WHERE name=? AND key=?", (name, key)
            ).fetchone()
            return zlib.decompress(row[0]) if row else None
        except (sqlite3.Error, zlib.error):
            return None

    def put(self, name: str, key: str, value: bytes) -> None:
        """Keep a value; a full or locked database only costs the next run time."""
        with suppress(sqlite3.Error):
            self._connection.execute(
                "INSERT OR REPLACE INTO pass VALUES (?, ?, ?, "
                "COALESCE((SELECT MAX(used) FROM pass), 0) + 1)",
                (name, key, zlib.compress(value, 1)),
            )

    def close(self) -> None:
        """Drop what is over the limit, and close the file."""
        with suppress(sqlite3.Error):
            count = self._connection.execute("SELECT COUNT(*) FROM pass").fetchone()[0]
            if count > MOST:
                self._connection.execute(
                    "DELETE FROM pass WHERE used <= (SELECT used FROM pass "
                    "ORDER BY used DESC LIMIT 1 OFFSET ?)",
                    (MOST,),
                )
            self._connection.close()
