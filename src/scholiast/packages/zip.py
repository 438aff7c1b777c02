"""Zip archives opened with suspicion, and written again without touching what did not change.

The directory of the archive is judged before anything is inflated: a DOCX
comes from strangers, and a file of a megabyte may claim, or hide, gigabytes.
Nothing here writes to disk; names are checked all the same, because a package
with ``../`` in a name was not made by a word processor.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import IO, Final, NamedTuple

MAX_MEMBERS: Final = 20_000
#: An archive that inflates to more than this must not be smaller than a hundredth of it.
SUSPICIOUS_BYTES: Final = 100_000_000
SUSPICIOUS_RATIO: Final = 100
#: The oldest time a zip can hold: what every member gets that this program adds.
FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)

_DIRECTORY_MARK: Final = b"PK\x01\x02"
_OLE_MARK: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s4B4HL2L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_CHUNK: Final = 1 << 20


class Wanted(NamedTuple):
    """What kind of file a package should be, in the words of messages."""

    name: str  # "a Word document"
    suffix: str  # ".docx"
    program: str  # what its users open and save it in


WORD: Final = Wanted("a Word document", ".docx", "Word")


class PackageError(ValueError):
    """The package cannot be used; the message says why and what to do, in plain words."""


class Package:
    """A zip archive whose directory has been checked.

    ``names`` are the members in the order of the directory. Members are
    inflated one at a time, when asked for, and never beyond the size that the
    directory declared and the limit allowed.
    """

    def __init__(self, data: bytes, max_inflated: int, wanted: Wanted | None = None) -> None:
        self._archive = _opened(data, wanted or WORD)
        members = [info for info in self._archive.infolist() if not info.is_dir()]
        _check_names(members)
        _check_sizes(members, len(data), max_inflated)
        self._members = {_folded(info.filename): info for info in members}
        self.names = tuple(info.filename for info in members)

    def __contains__(self, name: str) -> bool:
        return _folded(name) in self._members

    def info(self, name: str) -> zipfile.ZipInfo:
        """Return the directory entry of a member (names are compared as OPC does, without case).

        Raises ``PackageError`` where there is none.
        """
        found = self._members.get(_folded(name))
        if found is None:
            raise PackageError(f"the part “{name}” is missing from the file")
        return found

    def read(self, name: str) -> bytes:
        """Return the inflated bytes of a member.

        Raises ``PackageError`` where it is missing, damaged, encrypted, or
        packed in a way that no word processor uses.
        """
        info = self.info(name)
        if info.flag_bits & 1:
            raise PackageError(
                "the file is protected by a password: remove the password and save it again"
            )
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise PackageError(
                f"the part “{name}” is packed in an unusual way: "
                "open the file in its word processor and save it again"
            )
        try:
            with self._archive.open(info) as stream:
                return _capped(stream, info.file_size, name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise PackageError(
                f"the part “{name}” of the file is damaged: copy the file again from where it "
                "came, or open it in its word processor and save it again"
            ) from error

    def entries(self) -> list[zipfile.ZipInfo]:
        """Return all entries of the directory, folders included, in its order."""
        return self._archive.infolist()

    @property
    def comment(self) -> bytes:
        """The comment of the archive, as a rule empty."""
        return self._archive.comment

    @property
    def directory_start(self) -> int:
        """The offset at which the directory of the archive begins."""
        return int(self._archive.start_dir)


def rewrite(
    data: bytes,
    replacements: Mapping[str, bytes],
    additions: Mapping[str, bytes] | None = None,
    *,
    max_inflated: int = 400_000_000,
) -> bytes:
    """Return the archive ``data`` with some members replaced and others added.

    Untouched members keep their place in the order and every byte (local
    header, packed bytes, descriptor); replaced ones keep place, name and time;
    added ones stand at the end with a fixed time. The same input gives the
    same bytes. Raises ``PackageError`` where ``data`` is no sound archive, a
    replacement names no member, or an addition names an existing one.
    """
    package = Package(data, max_inflated)
    new = {_folded(package.info(name).filename): content for name, content in replacements.items()}
    for name in additions or {}:
        if name in package:
            raise PackageError(f"the part “{name}” exists already")
    infos = package.entries()
    ends = _ends(infos, package.directory_start)
    body = io.BytesIO()
    directory: list[bytes] = []
    for info in infos:
        offset = body.tell()
        content = new.get(_folded(info.filename))
        if content is None:
            body.write(data[info.header_offset : ends[info.header_offset]])
            directory.append(_directory_entry(info, offset))
        else:
            directory.append(_directory_entry(_write(body, _like(info), content), offset))
    for name, content in (additions or {}).items():
        offset = body.tell()
        added = zipfile.ZipInfo(name, FIXED_TIME)
        directory.append(_directory_entry(_write(body, added, content), offset))
    start = body.tell()
    entries = b"".join(directory)
    count = len(directory)
    comment = package.comment
    body.write(entries)
    body.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, len(entries), start, len(comment)))
    body.write(comment)
    return body.getvalue()


def _opened(data: bytes, wanted: Wanted) -> zipfile.ZipFile:
    """Return the archive in ``data``, or raise ``PackageError`` saying what the file is instead."""
    if data.startswith(_OLE_MARK):
        raise PackageError(_what_ole_is(data, wanted))
    if data.count(_DIRECTORY_MARK) > MAX_MEMBERS:
        raise PackageError("the file holds too many parts to be a text: it was not opened")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise PackageError(_what_it_is(data, wanted)) from error


def _what_ole_is(data: bytes, wanted: Wanted) -> str:
    """Return what to say of an OLE compound file: a protected or an old document."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            "the file is protected by a password: open it in Word, remove the password "
            "(File > Info > Protect Document) and save it again"
        )
    suffix = wanted.suffix
    if "WordDocument".encode("utf-16-le") in data:
        return (
            "this is an old Word document (.doc) under another name: open it in Word or "
            f"LibreOffice and save it as {suffix}"
        )
    return (
        f"this is an old Office file, not a {suffix}: open it in the program that made it and "
        f"save it as {suffix}"
    )


def _what_it_is(data: bytes, wanted: Wanted) -> str:
    """Return what to say of bytes that are no zip archive."""
    head = data[:512].lstrip()
    again = f"under another name: open it in {wanted.program} and save it as {wanted.suffix}"
    if data.startswith(b"PK"):
        return (
            "the file is incomplete: it breaks off before its end; copy or download it again "
            "from where it came"
        )
    if head.startswith(b"{\\rtf"):
        return f"this is an RTF file {again}"
    if head.startswith(b"%PDF"):
        return (
            f"this is a PDF under another name: use the author's {wanted.suffix}, or save its "
            "text as .txt"
        )
    if head[:100].lower().startswith((b"<!doctype html", b"<html")):
        return f"this is a web page {again}"
    if head.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")):
        return f"this is a single XML file {again}"
    return (
        f"this is not {wanted.name} ({wanted.suffix}): check that it is the right file, or copy "
        "it again"
    )


def _folded(name: str) -> str:
    """Return a member's name as packages compare it."""
    return name.replace("\\", "/").lower()


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    """Raise ``PackageError`` where a name is unsafe or stands twice."""
    seen: set[str] = set()
    for info in members:
        name = _folded(info.filename)
        unsafe = name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/")
        if unsafe or not name or "\0" in info.orig_filename:
            raise PackageError(
                f"the file holds a part with an unsafe name ({info.filename!r}), which no word "
                "processor writes: it was not opened"
            )
        if name in seen:
            raise PackageError(
                f"the file holds the part “{info.filename}” twice, so that it cannot be told "
                "which one counts: open it in Word and save it again"
            )
        seen.add(name)


def _check_sizes(members: list[zipfile.ZipInfo], size: int, max_inflated: int) -> None:
    """Raise ``PackageError`` where the members would inflate to too much, or overlap."""
    total = sum(info.file_size for info in members)
    if total > max_inflated:
        raise PackageError(
            f"unpacked, the file would fill {total // 1_000_000:,} MB, more than the "
            f"{max_inflated // 1_000_000:,} MB allowed: it was not opened; if it is a real "
            "manuscript, take its pictures out, or raise max-inflated in scholiast.toml"
        )
    if total > SUSPICIOUS_BYTES and total > SUSPICIOUS_RATIO * size:
        raise PackageError(
            f"a file of {max(1, size // 1000):,} KB that would unpack to {total // 1_000_000:,} MB "
            "is no text but a trap: it was not opened"
        )
    end = 0
    for info in sorted(members, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise PackageError("parts of the file lie over one another: it was not opened")
        end = info.header_offset + _LOCAL.size + info.compress_size


def _capped(stream: IO[bytes], limit: int, name: str) -> bytes:
    """Return all bytes of a stream; raise ``PackageError`` unless they are ``limit`` many."""
    chunks: list[bytes] = []
    total = 0
    while chunk := stream.read(_CHUNK):
        total += len(chunk)
        if total > limit:
            raise PackageError(f"the part “{name}” is larger than the file says: it was not read")
        chunks.append(chunk)
    if total != limit:
        raise PackageError(f"the part “{name}” is shorter than the file says: copy the file again")
    return b"".join(chunks)


def _ends(infos: list[zipfile.ZipInfo], directory_start: int) -> dict[int, int]:
    """Return, for the offset of each member, the offset at which the next thing begins."""
    offsets = sorted(info.header_offset for info in infos)
    return dict(zip(offsets, [*offsets[1:], directory_start], strict=True))


def _like(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Return a fresh directory entry with the name, time and attributes of another."""
    fresh = zipfile.ZipInfo(info.orig_filename, info.date_time)
    fresh.create_system = info.create_system
    fresh.external_attr = info.external_attr
    fresh.internal_attr = info.internal_attr
    return fresh


def _write(body: io.BytesIO, info: zipfile.ZipInfo, content: bytes) -> zipfile.ZipInfo:
    """Write a local header and the deflated content; return the entry, filled in."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush()
    info.compress_type = zipfile.ZIP_DEFLATED
    info.extract_version = 20
    info.create_version = 20
    info.CRC = zlib.crc32(content)
    info.file_size = len(content)
    info.compress_size = len(packed)
    info.flag_bits = 0 if info.orig_filename.isascii() else 0x800
    name = info.orig_filename.encode("utf-8")
    date, time = _dos_time(info)
    header = (b"PK\x03\x04", 20, info.flag_bits, info.compress_type, time, date)
    sizes = (info.CRC, info.compress_size, info.file_size, len(name), 0)
    body.write(_LOCAL.pack(*header, *sizes) + name + packed)
    return info


def _directory_entry(info: zipfile.ZipInfo, offset: int) -> bytes:
    """Return the entry of the directory for a member that now begins at ``offset``."""
    name = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
    extra = _without_zip64(info.extra)
    date, time = _dos_time(info)
    return (
        _CENTRAL.pack(
            _DIRECTORY_MARK,
            info.create_version,
            info.create_system,
            info.extract_version,
            info.reserved,
            info.flag_bits,
            info.compress_type,
            time,
            date,
            info.CRC,
            info.compress_size,
            info.file_size,
            len(name),
            len(extra),
            len(info.comment),
            0,
            info.internal_attr,
            info.external_attr,
            offset,
        )
        + name
        + extra
        + info.comment
    )


def _without_zip64(extra: bytes) -> bytes:
    """Return extra fields without the one for large sizes, which are never needed here."""
    kept = b""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        if kind != 1:
            kept += extra[at : at + 4 + size]
        at += 4 + size
    return kept


def _dos_time(info: zipfile.ZipInfo) -> tuple[int, int]:
    """Return the date and the time of an entry as a zip stores them."""
    year, month, day, hour, minute, second = info.date_time
    return (year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2
