"""The dated entries of a chronicle: where each begins and ends, and on which days.

Needs the blocks of one article; gives `Entry` values and what had to be refused. An entry begins with a date at the
beginning of a line and ends before the next one; lines and paragraphs without a date (a page break in the middle of a
sentence, a hard-wrapped book) belong to the entry above.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.chronicle.dates import Calendar, EntryDate, PrintedDate, match_date
from extract.document import Block, Document
from extract.patterns import Pattern

_TEXT_KINDS = frozenset({"paragraph", "verse", "table_row", "heading", "title"})
_LEAD = Pattern(r"[\s#*＊\-•●○◆◇■□▲△☆★·>【\[]*+")
_AFTER = Pattern(r"[\s，,：:、*＊—－\-.·】\]]*+")
_STOPPED = Pattern(r"[。！？…；!?;.”’）)》】]\s*$")
_CREDIT = Pattern(
    r"[\s*]*+(?:[（(【\[][^。]{0,60}[）)】\]]|[（(【\[]?(?:责任编辑|责编|编辑|校对|审核|撰稿|供稿|整理|来源)[^。]{0,60}+)\s*$"
)
_WORD = Pattern(r"[^\s*]+")
_LEAST_WRAPPED = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated entry. `text` is the entry as read; `body` is what follows the date, without white space and asterisks.

    `at[i]` is the reading offset of `body[i]`; `start`, `end` are raw offsets.
    """

    date: EntryDate
    text: str
    body: str
    at: Sequence[int]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something in the chronicle that could not be read: reason code, message, raw offsets."""

    reason: str
    message: str
    start: int
    end: int


@dataclass(slots=True)
class Entries:
    """The entries of one chronicle in order, what was refused, and whether some found no year."""

    entries: list[Entry] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    lacks_year: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A raw line of a block, what stands before its first word, and the date it begins with (spans in the reading)."""

    start: int
    end: int
    text: str
    heading: bool
    inside: bool
    section: tuple[str, ...]
    mark: str
    date_start: int
    date_end: int
    printed: PrintedDate | None


def find_entries(doc: Document, blocks: Sequence[Block], year: int | None, month: int | None) -> Entries:
    """The entries that stand in the blocks of one article.

    `year` and `month` are those of the issue; they give the year where the chronicle prints none.
    """
    lines = [line for block in blocks if block.kind in _TEXT_KINDS for line in _lines(doc, block)]
    probe = Calendar(None, None)
    for line in lines:
        probe.enter(line.section)
        probe.read_heading(line.text, titled=line.heading)
    calendar = Calendar(None, None) if probe.headed else Calendar(year, month)
    reader = _Reader(doc, calendar, _ends_with_stops(lines))
    for line in lines:
        reader.take(line)
    reader.close()
    reader.found.lacks_year = calendar.lacks_year
    return reader.found


def count_dated(doc: Document, blocks: Sequence[Block]) -> tuple[int, int]:
    """How many lines of the blocks begin with a date, and how many lines there are."""
    lines = [line for block in blocks if block.kind in _TEXT_KINDS for line in _lines(doc, block)]
    return sum(line.printed is not None for line in lines), len(lines)


def _lines(doc: Document, block: Block) -> Iterator[_Line]:
    """The raw lines of a block: a reader joins hard-wrapped lines, and entries among them with no blank line."""
    offsets = doc.reading.offsets
    if block.end <= block.start:
        return
    raw_start, raw_end = doc.reading.raw_span(block.start, block.end)
    cuts = [block.start]
    at = doc.text.find("\n", raw_start, raw_end)
    while at >= 0:
        cut = bisect_left(offsets, at + 1, cuts[-1], block.end)
        if cuts[-1] < cut < block.end:
            cuts.append(cut)
        at = doc.text.find("\n", at + 1, raw_end)
    for start, end in zip(cuts, [*cuts[1:], block.end], strict=True):
        yield _read_line(doc, block, start, end)


def _read_line(doc: Document, block: Block, start: int, end: int) -> _Line:
    """The date is read from the raw line: the white space after 春 or 本年 tells it from a word of the sentence."""
    offsets = doc.reading.offsets
    raw = doc.text[offsets[start] : offsets[end - 1] + 1]
    lead = _length(_LEAD, raw)
    printed = match_date(raw, lead)
    return _Line(
        start,
        end,
        doc.reading.text[start:end],
        block.kind in ("heading", "title") or raw.startswith("#"),
        start > block.start,
        block.section,
        raw[:lead],
        bisect_left(offsets, offsets[start] + lead, start, end),
        bisect_left(offsets, offsets[start] + (lead if printed is None else printed.end), start, end),
        printed,
    )


def _ends_with_stops(lines: Sequence[_Line]) -> bool:
    """Whether entries of this chronicle end with a full stop, so that a line without one runs on."""
    pairs = [a for a, b in pairwise(lines) if b.printed is not None and not a.heading]
    return 2 * sum(_STOPPED.search(line.text) is not None for line in pairs) >= len(pairs)


class _Reader:
    """Takes the lines one by one and keeps the entry that is open."""

    def __init__(self, doc: Document, calendar: Calendar, stops: bool) -> None:
        self.found = Entries()
        self._doc = doc
        self._calendar = calendar
        self._stops = stops
        self._date: EntryDate | None = None
        self._pieces: list[tuple[int, int]] = []
        self._body = 0
        self._above: _Line | None = None

    def take(self, line: _Line) -> None:
        """Begin an entry, continue the open one, or report the line."""
        if not line.text.strip():
            return
        self._calendar.enter(line.section)
        if self._calendar.read_heading(line.text, titled=line.heading):
            self.close()
            self._above = None
            return
        dittoed = "△" in line.mark or "▲" in line.mark
        if (line.printed is not None or dittoed) and not self._runs_on(line):
            self._open(line)
        elif _CREDIT.match(line.text):
            self.close()
        elif line.heading:
            return
        elif self._date is not None:
            self._pieces.append((line.start, line.end))
        elif "。" in line.text:
            message = "the paragraph has no date and no dated entry stands above it; put its date before it"
            self._refuse("undated_entry", message, line.start, line.end)
        self._above = line

    def close(self) -> None:
        """End the open entry."""
        if self._date is not None:
            self.found.entries.append(build_entry(self._doc, self._date, self._pieces, self._body))
        self._date = None

    def _open(self, line: _Line) -> None:
        self.close()
        printed = line.printed
        date = self._calendar.repeat() if printed is None else self._calendar.resolve(printed)
        if date.problem is not None:
            self._refuse("impossible_date", date.problem, line.date_start, line.date_end)
        self._date, self._pieces, self._body = date, [(line.date_start, line.end)], line.date_end

    def _runs_on(self, line: _Line) -> bool:
        """Whether the line continues a sentence of the line above and its date opens no entry."""
        above = self._above
        if above is None or self._date is None or _STOPPED.search(above.text) or len(above.text) < _LEAST_WRAPPED:
            return False
        between = self._doc.text[self._doc.reading.offsets[above.end - 1] : self._doc.reading.offsets[line.start]]
        return line.inside or (self._stops and between.count("\n") == 1)

    def _refuse(self, reason: str, message: str, start: int, end: int) -> None:
        self.found.refusals.append(Refusal(reason, message, *self._doc.reading.raw_span(start, end)))


def build_entry(doc: Document, date: EntryDate, pieces: list[tuple[int, int]], body: int) -> Entry:
    """The entry made of the pieces (reading spans in order); `body` is the reading offset after the printed date."""
    text = "".join(doc.reading.text[start:end] for start, end in pieces).replace("**", "").strip()
    last_start, last_end = pieces[-1]
    last_end = last_start + len(doc.reading.text[last_start:last_end].rstrip())
    at: list[int] = []
    parts: list[str] = []
    for first, end in pieces:
        for word in _WORD.finditer(doc.reading.text, max(first, body), end):
            parts.append(word[0])
            at.extend(range(word.start(), word.end()))
    rest = "".join(parts)
    skip = _length(_AFTER, rest)
    start, end = doc.reading.raw_span(pieces[0][0], last_end)
    return Entry(date, text, rest[skip:], at[skip:], start, end)


def _length(pattern: Pattern, text: str) -> int:
    found = pattern.match(text)
    return found.end() if found is not None else 0
