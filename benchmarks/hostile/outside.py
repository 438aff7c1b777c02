"""What lies outside of a file, and what no file may reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outside:
    """The address of a listener that nobody may call; a file that nobody may read or write."""

    url: str
    file: str

    def address(self, what: str) -> str:
        """Return the address that an entity would have: of the "file", or of the listener."""
        return f"file://{self.file}" if what == "file" else f"{self.url}/entity"
