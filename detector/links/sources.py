"""Files, members of archives and compressed files, opened as streams of bytes; nothing is unpacked to disk.

Everything is bounded: a stream is read piece by piece, and one that swells like a bomb is stopped.
"""

from __future__ import annotations

import contextlib
import gzip
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import IO, Final, Protocol

from detector.errors import InputError, on_one_line

#: Bytes read at a time.
BLOCK: Final = 4 << 20
#: A compressed stream that has given this much ...
BOMB_SIZE: Final = 64 << 20
#: ... and more than so many times what it took is a bomb: link exports shrink 3 to 30 times.
BOMB_RATIO: Final = 200
#: More members than any tool or person packs.
MAX_MEMBERS: Final = 1_000

_GZIP = b"\x1f\x8b"
#: Beginnings of zips, and so of spreadsheets.
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_BOMB = (
    "it unpacks to more than {ratio} times its size, as a zip bomb does",
    "unpack it yourself if you trust it",
)
_ENCRYPTED = 0x1
#: Documents that are zips, and members that each of them has.
_DOCUMENTS: Final = (
    ("an OpenDocument file", ("mimetype", "content.xml")),
    ("a document of Apple Numbers", ("Index/*.iwa",)),
    ("a document of Apple Numbers", ("Index.zip",)),
    ("an Office document, but no spreadsheet", ("[[]Content_Types].xml",)),
)
_HIDDEN = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


class Stream(Protocol):
    """What the readers need of an open file."""

    def read(self, size: int, /) -> bytes:
        """At most ``size`` bytes; empty at the end."""
        ...

    def tell(self) -> int:
        """Bytes taken from the disk so far, for progress."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


@dataclass(frozen=True)
class Source:
    """One file to read, or one member of an archive.

    Attributes:
        name: as the user gave it, on one line; a member as ``archive.zip/member.csv``.
        open: opens it; it can be opened again. Raises InputError.
        size: bytes on disk, for progress.
    """

    name: str
    open: Callable[[], Stream]
    size: int

    def blocks(self, progress: Callable[[int], None] | None = None) -> Iterator[bytes]:
        """The bytes, at most ``BLOCK`` at a time; ``progress`` is told how many were taken from the disk.

        Raises:
            InputError: unreadable, broken off, or a bomb; what came before has been given.
        """
        stream: Stream | None = None
        try:
            stream = self.open()
            while block := stream.read(BLOCK):
                if progress:
                    progress(stream.tell())
                yield block
        except OSError as error:
            raise InputError(self.name, f"it cannot be read ({error.strerror or error})") from error
        finally:
            if stream:
                stream.close()


def told(path: Path | str) -> str:
    """A path, or a word of the command line, as it can be printed and kept: what is no UTF-8 in it is replaced."""
    return re.sub("[\ud800-\udfff]", "\ufffd", str(path))


def find(given: Path | str) -> Iterator[Source | InputError]:
    """The sources behind a path: one, or the members of a zip. What cannot be opened comes as its error."""
    name, path = on_one_line(told(given)), Path(given)
    try:
        if stat.S_ISDIR(path.stat().st_mode):
            raise InputError(name, "it is a folder", "name the files in it")
        refuse_pipe(path)
        with path.open("rb") as file:
            start = file.read(4)
        size = path.stat().st_size
    except FileNotFoundError:
        yield InputError(name, "there is no such file", "check the spelling of its path")
    except OSError as error:
        yield InputError(name, f"it cannot be opened ({error.strerror or error})", "check who may read it")
    except ValueError:
        yield InputError(name, "there can be no such file", "check the spelling of its path")
    except InputError as error:
        yield error
    else:
        if start.startswith(_GZIP):
            yield Source(name, lambda: _Gunzip(name, path.open("rb")), size)
        elif start.startswith(ZIP):
            yield from _in_zip(name, path, size)
        else:
            yield Source(name, lambda: path.open("rb", buffering=0), size)


def refuse_pipe(path: Path) -> None:
    """Let nothing be opened that might never begin, or never end; what is not there is left to who opens it.

    Raises:
        InputError: it is a pipe or a device.
    """
    with contextlib.suppress(OSError):
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise InputError(told(path), "it is a pipe or a device, no file", "save it to a file first")


def is_workbook(names: set[str]) -> bool:
    """Whether a zip's members are those of an Excel workbook."""
    return "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names)


def _in_zip(name: str, path: Path, size: int) -> Iterator[Source | InputError]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        yield InputError(name, f"it is a damaged zip ({error})", "download it again")
        return
    names = {member.filename for member in members}
    if is_workbook(names):
        yield Source(name, lambda: path.open("rb", buffering=0), size)
        return
    files = [m for m in members if not m.is_dir() and not any(part in m.filename for part in _HIDDEN)]
    if len(files) > MAX_MEMBERS:
        yield InputError(name, f"the zip has {len(files):,} members", "unpack it and name the exports in it")
    elif document := next((said for said, marks in _DOCUMENTS if _has_all(names, marks)), None):
        yield InputError(name, f"it is {document}", "save it as .xlsx or CSV")
    elif not files:
        yield InputError(name, "the zip is empty", "pack the exports again")
    else:
        for member in files:
            yield _member(name, path, member)


def _has_all(names: Iterable[str], marks: Iterable[str]) -> bool:
    return all(any(fnmatchcase(name, mark) for name in names) for mark in marks)


def _member(name: str, path: Path, member: zipfile.ZipInfo) -> Source | InputError:
    full = f"{name}/{on_one_line(member.filename)}"
    if member.flag_bits & _ENCRYPTED:
        return InputError(full, "it is encrypted with a password", "unpack it and name the exports in it")
    if member.file_size > BOMB_SIZE and member.file_size > BOMB_RATIO * max(1, member.compress_size):
        return InputError(full, _BOMB[0].format(ratio=BOMB_RATIO), _BOMB[1])

    def opened() -> Stream:
        try:
            archive = zipfile.ZipFile(path)
            start = archive.open(member).read(4)
            stream = archive.open(member)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, OSError) as error:
            raise InputError(full, f"the zip is damaged here ({error})", "download it again") from error
        if start.startswith(_GZIP):
            return _Gunzip(full, stream)
        return _Member(full, stream, member.compress_size)

    return Source(full, opened, member.compress_size)


class _Member:
    """A member of a zip."""

    def __init__(self, name: str, file: IO[bytes], packed: int) -> None:
        self._name, self._file, self._packed, self._given = name, file, packed, 0

    def read(self, size: int, /) -> bytes:
        try:
            data = self._file.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise InputError(self._name, f"the zip is damaged here ({error})", "download it again") from error
        self._given += len(data)
        _stop_bomb(self._name, self._given, self._packed)
        return data

    def tell(self) -> int:
        return min(self._packed, self._given)

    def close(self) -> None:
        self._file.close()


class _Gunzip:
    """A gzip stream of one or several members; what a broken one holds is given before the error."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self._name, self._file = name, file
        self._gzip = gzip.GzipFile(fileobj=file)
        self._given = 0
        self._error: InputError | None = None

    def read(self, size: int, /) -> bytes:
        parts = []
        wanted = size
        while wanted > 0 and self._error is None:
            try:
                part = self._gzip.read1(wanted)
            except EOFError:
                self._error = InputError(
                    self._name, "the gzip breaks off before its end", "download it again"
                )
            except (gzip.BadGzipFile, zlib.error) as error:
                self._error = InputError(self._name, f"the gzip is damaged ({error})", "download it again")
            else:
                if not part:
                    break
                parts.append(part)
                wanted -= len(part)
        if self._error and not parts:
            raise self._error
        data = b"".join(parts)
        self._given += len(data)
        _stop_bomb(self._name, self._given, self._file.tell())
        return data

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._gzip.close()
        self._file.close()


def _stop_bomb(name: str, given: int, taken: int) -> None:
    if given > BOMB_SIZE and given > BOMB_RATIO * max(1, taken):
        raise InputError(name, _BOMB[0].format(ratio=BOMB_RATIO), _BOMB[1])
