"""Read any export of any tool into the canonical table of records.

    reading = read(["backlinks.csv", "exports.zip"], domains=Domains.default())
    for records in reading.batches():  # frames of RECORD_SCHEMA, some ten thousand rows each
        ...
    reading.files                      # what each file was, and what could not be read

Memory is bounded whatever the files hold: they are streamed, and what cannot be streamed is limited in size.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import polars as pl

from detector.errors import InputError
from detector.links import answers, encodings, lists, recognise, records, sources, tables, workbooks
from detector.links.convert import Batch, Converter
from detector.links.domains import Domains
from detector.links.encodings import Encoding, Repairs
from detector.links.layout import Layout
from detector.links.notes import FileReport, Problem
from detector.links.prefetch import ahead
from detector.links.records import Dialect
from detector.links.sources import Source

__all__ = ["FileReport", "Problem", "Reading", "read"]

#: Lines are lines: nothing separates cells in them.
_LINES: Final = Dialect("\n", quoted=False)
_LIST_TOOL: Final = "list"

Progress = Callable[[int, int], None]
Rows = Callable[[], Iterator[pl.DataFrame]]


def read(
    paths: Sequence[Path | str],
    *,
    domains: Domains,
    keep_going: bool = True,
    progress: Progress | None = None,
) -> Reading:
    """Look at files and get ready to read them.

    Args:
        paths: exports of any tool, lists, old disavow files; archives of them.
        domains: for hosts and referring domains.
        keep_going: go on with the other files when one cannot be read; it is in its ``FileReport`` then.
        progress: told (bytes read, bytes in all) now and then.

    Raises:
        InputError: without ``keep_going``, of the first file that is seen to be unreadable. Faults that show
            only later (a truncated gzip, a broken JSON) are raised by ``Reading.batches``.
    """
    found = [_look(source) for path in paths for source in sources.find(path)]
    for file in found:
        if file.error and not keep_going:
            raise file.error
    return Reading(found, domains, keep_going=keep_going, progress=progress)


class Reading:
    """Some files, being read.

    Attributes:
        files: one report a file, in their order; complete once ``batches`` is exhausted.
    """

    def __init__(
        self, found: list[_File], domains: Domains, *, keep_going: bool, progress: Progress | None
    ) -> None:
        self._found = found
        self._domains = domains
        self._keep_going = keep_going
        self._progress = progress
        self._total = sum(file.size for file in found)
        self._done = 0
        self.files = [file.report for file in found]

    def batches(self) -> Iterator[pl.DataFrame]:
        """The records of all files: frames of exactly RECORD_SCHEMA.

        Raises:
            InputError: without ``keep_going``, of the first file that cannot be read to its end.
        """
        for file in self._found:
            try:
                for frame in file.rows(self._domains, self._tick):
                    if frame.height:
                        yield frame
            except InputError as error:
                if not self._keep_going:
                    raise
                file.fail(error)
            self._done += file.size
            self._tick(0)
            file.report.finish()

    def _tick(self, taken: int) -> None:
        if self._progress:
            self._progress(min(self._done + taken, self._total), self._total)


# ---------------------------------------------------------------------- one file


@dataclass
class _File:
    """A file that was looked at: how to read it, or why it cannot be read."""

    report: FileReport
    size: int = 0
    error: InputError | None = None
    reader: Callable[[FileReport, Domains, Callable[[int], None]], Iterator[pl.DataFrame]] | None = None

    def rows(self, domains: Domains, tick: Callable[[int], None]) -> Iterator[pl.DataFrame]:
        if self.error:
            raise self.error
        if self.reader:
            yield from self.reader(self.report, domains, tick)

    def fail(self, error: InputError) -> None:
        """Remember why the file, or its end, could not be read."""
        if self.report.records:
            self.report.broken_off = _sentence(error)
        else:
            self.report.refused = _sentence(error)


def _sentence(error: InputError) -> str:
    """What an error says beside the name of its file."""
    return str(error).removeprefix(f"{error.file}: ")


def _refuse(name: str, refused: recognise.Refused) -> InputError:
    return InputError(name, refused.problem, refused.fix)


def _look(source: Source | InputError) -> _File:
    """Recognise a file by its first bytes."""
    if isinstance(source, InputError):
        return _File(FileReport(str(source.file)), error=source)
    file = _File(FileReport(source.name), source.size)
    try:
        _recognise(source, file)
    except InputError as error:
        file.error = error
    return file


def _recognise(source: Source, file: _File) -> None:
    head, whole = _head(source)
    if head.startswith(sources.ZIP):
        workbooks.check(source.name, _loaded(source))
        file.reader = partial(_workbook, source)
        return
    refused = recognise.foreign(head)
    if refused:
        raise _refuse(source.name, refused)
    encoding = encodings.detect(head, whole=whole)
    text = b"".join(encodings.to_utf8([head], encoding, Repairs()))
    found = recognise.text(text, whole=whole)
    file.report.encoding = encoding.name
    if isinstance(found, recognise.Refused):
        raise _refuse(source.name, found)
    if isinstance(found, recognise.Table):
        _name(file.report, found.layout)
        file.report.delimiter = found.dialect.delimiter
        if found.above:
            file.report.warnings.append(
                f"the table under {found.above[:80]!r} above another table is not read: save it to a file of its own"
            )
        file.reader = partial(_table, source, encoding, found)
    elif found.name == "list":
        file.report.tool = _LIST_TOOL
        file.reader = partial(_list, source, encoding)
    elif found.name == "json" and answers.is_lines(text.decode("utf-8", "replace")):
        file.reader = partial(_json_lines, source, encoding)
    else:
        file.reader = partial(_answer, source, encoding, found.name)


def _name(report: FileReport, layout: Layout) -> None:
    """Say what the file was recognised as."""
    report.tool, report.report, report.row_limits = layout.tool, layout.report, layout.row_limits


def _head(source: Source) -> tuple[bytes, bool]:
    """The first bytes of a file, and whether they are all."""
    head = b""
    try:
        for block in source.blocks():
            head += block
            if len(head) > recognise.HEAD:
                return head[: recognise.HEAD], False
    except InputError:
        if not head:
            raise
        return head, False  # it breaks off later: what is there is read first
    return head, True


def _blocks(
    source: Source, encoding: Encoding, repairs: Repairs, tick: Callable[[int], None] | None = None
) -> Iterator[bytes]:
    return encodings.to_utf8(source.blocks(tick), encoding, repairs)


def _table(
    source: Source,
    encoding: Encoding,
    found: recognise.Table,
    report: FileReport,
    domains: Domains,
    tick: Callable[[int], None],
) -> Iterator[pl.DataFrame]:
    def again() -> Iterator[pl.DataFrame]:
        return tables.date_frames(_blocks(source, encoding, Repairs()), found)

    converter = Converter(found.layout, report, domains, again)
    blocks = _blocks(source, encoding, report.repairs, tick)
    yield from _converted(converter, ahead(tables.batches(blocks, found, report.repairs)))


def _converted(converter: Converter, batches: Iterable[Batch]) -> Iterator[pl.DataFrame]:
    for batch in batches:
        yield converter.convert(batch)
    converter.finish()


def _list(
    source: Source, encoding: Encoding, report: FileReport, domains: Domains, tick: Callable[[int], None]
) -> Iterator[pl.DataFrame]:
    count = lists.Count()
    for lines in _lines(_blocks(source, encoding, Repairs())):
        count.add(lines)
    report.report = "disavow" if count.is_disavow else "links"
    before = 0
    for lines in _lines(_blocks(source, encoding, report.repairs, tick)):
        yield lists.records(lines, before, disavow=count.is_disavow, report=report, domains=domains)
        before += len(lines)


def _lines(blocks: Iterator[bytes]) -> Iterator[list[str]]:
    """The lines of a text, some ten thousands at a time; CRs at their ends belong to the ends."""
    for piece in records.pieces(blocks, _LINES):
        whole = len(piece) - (piece.cut_off is not None)
        lines = [piece.text(line) for line in range(whole)]
        for start in range(0, len(lines), answers.ROWS):
            yield lines[start : start + answers.ROWS]


def _json_lines(
    source: Source, encoding: Encoding, report: FileReport, domains: Domains, tick: Callable[[int], None]
) -> Iterator[pl.DataFrame]:
    layout: Layout | None = None

    def batches(blocks: Iterator[bytes], note: Callable[[str], None]) -> Iterator[Batch]:
        nonlocal layout
        for lines in _lines(blocks):
            objects = answers.from_lines([line for line in lines if line.strip()])
            layout = layout or _chosen(source.name, objects).layout
            found = answers.of_lines(objects, layout)
            for failed in found.failed:
                note(failed)
            yield from answers.batches(found.records, layout)

    def again() -> Iterator[pl.DataFrame]:
        return (batch.frame for batch in batches(_blocks(source, encoding, Repairs()), lambda failed: None))

    converter: Converter | None = None
    blocks = _blocks(source, encoding, report.repairs, tick)
    for batch in batches(blocks, partial(report.note, None, None)):
        if converter is None and layout is not None:
            _name(report, layout)
            converter = Converter(layout, report, domains, again)
        if converter:
            yield converter.convert(batch)
    if converter:
        converter.finish()


def _chosen(name: str, answer: Any) -> answers.Answer:
    found = answers.choose(answer)
    if isinstance(found, recognise.Refused):
        raise _refuse(name, found)
    return found


def _answer(
    source: Source,
    encoding: Encoding,
    kind: str,
    report: FileReport,
    domains: Domains,
    tick: Callable[[int], None],
) -> Iterator[pl.DataFrame]:
    text = _whole(source, _blocks(source, encoding, report.repairs, tick), report.repairs)
    try:
        answer = answers.parsed(text) if kind == "json" else answers.from_xml(text)
    except answers.BrokenAnswerError as error:
        if kind == "json" and answers.is_lines(text):  # the first line is longer than what was looked at
            del text
            report.repairs = Repairs()  # what was counted on the way here is counted again
            yield from _json_lines(source, encoding, report, domains, lambda _: None)
            return
        raise InputError(source.name, str(error), "ask the API again") from error
    del text
    found = _chosen(source.name, answer)
    _name(report, found.layout)
    for failed in found.failed:
        report.note(None, None, failed)

    def again() -> Iterator[pl.DataFrame]:
        return (batch.frame for batch in answers.batches(found.records, found.layout))

    converter = Converter(found.layout, report, domains, again)
    yield from _converted(converter, answers.batches(found.records, found.layout))


def _whole(source: Source, blocks: Iterator[bytes], repairs: Repairs) -> str:
    """A text that has to be in memory as one."""
    data = b""
    for block in blocks:
        data += block
        if len(data) > answers.MAX_ANSWER:
            raise _refuse(source.name, answers.TOO_LARGE)
    return encodings.mended(data, repairs).decode("utf-8")


def _loaded(source: Source, tick: Callable[[int], None] | None = None) -> io.BytesIO:
    """The bytes of a spreadsheet, which cannot be read as a stream."""
    data = io.BytesIO()
    for block in source.blocks(tick):
        data.write(block)
        if data.tell() > workbooks.MAX_FILE:
            raise InputError(source.name, "the spreadsheet is too large", "save it as CSV")
    data.seek(0)
    return data


def _workbook(
    source: Source, report: FileReport, domains: Domains, tick: Callable[[int], None]
) -> Iterator[pl.DataFrame]:
    """All sheets that are reports; rows are counted on over them."""
    rows, refused, names = 0, [], []
    for sheet in workbooks.sheets(source.name, _loaded(source, tick)):
        found = workbooks.recognised(sheet)
        if isinstance(found, recognise.Refused):
            refused.append(found)
        elif isinstance(found, recognise.Kind):
            names.append((_LIST_TOOL, "links"))
            report.tool, report.report = _joined(names)
            yield from _sheet_list(sheet, report, domains, rows)
        else:
            layout, above = found
            names.append((layout.tool, layout.report))
            _name(report, layout)
            report.tool, report.report = _joined(names)
            batches = partial(workbooks.batches, sheet, layout, above)
            converter = Converter(layout, report, domains, partial(_frames, batches), rows)
            yield from _converted(converter, batches())
            rows = converter.rows
    if not names:
        raise _refuse(
            source.name, refused[0] if refused else recognise.Refused("it is empty", "export again")
        )


def _frames(batches: Callable[[], Iterator[Batch]]) -> Iterator[pl.DataFrame]:
    return (batch.frame for batch in batches())


def _joined(names: list[tuple[str, str]]) -> tuple[str, str]:
    tools, reports = (dict.fromkeys(column) for column in zip(*names, strict=True))
    return "|".join(tools), "|".join(reports)


def _sheet_list(
    sheet: workbooks.Sheet, report: FileReport, domains: Domains, before: int
) -> Iterator[pl.DataFrame]:
    lines = [next((cell for cell in row if cell.strip()), "") for row in sheet.rows()]
    count = lists.Count()
    count.add(lines)
    yield lists.records(lines, before, disavow=count.is_disavow, report=report, domains=domains)
