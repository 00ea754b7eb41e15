"""The contents and the masthead of an issue, and where the listed titles stand in its body.

Needs the lines; gives the stretch of lines that each takes, and the entries of the contents with page and column.
The body decides how far a printed entry is title and where its author starts: the longest run of its words that
stands in the body as lines of their own is the title.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extract.headings import find_mark
from extract.lines import Line
from extract.notes import read_byline
from extract.patterns import Pattern
from extract.press import has_label, is_caption, squash

_HEADING = Pattern(r"(?:本期|本刊)?(?:目[录次]|要目|contents)(?:/?(?:目[录次]|contents))?$", regex.IGNORECASE)
_COLUMN = Pattern(r"(?:[■□●○◆◇★☆▲△▼▶►※◎|]\s*(.{1,12}?)\s*[|]?|[【\[〔]\s*(.{1,12}?)\s*[】\]〕])$")
_INLINE_COLUMN = Pattern(r"(?:[【\[〔](.{2,8})[】\]〕]|(\p{Han}{2,8})\s*\|)\s*(?=\S)")
_BULLET = Pattern(r"[■□●○◆◇★☆▲△▼▶►※◎·]\s*")
_LEAD = Pattern(r"(?:[Pp]\.?\s?)?(\d{1,3})(?:\s*[/|、·…—-]\s*|\s+|(?<=^0\d)(?=\p{Han}))(?=\S)")
_TRAIL = Pattern(r"(?:(?<![.·…—\-_])[.·…—\-_]{2,}+|(?<!\s)\s|[/（|]|…)\s*+[Pp]?\.?(\d{1,3})\s*+[)）]?$")
_LEADERS = Pattern(r"(?:[.·_]{2,}|…+|—{3,}|-{2,}|[/|\s])+")
_PAGE_ONLY = Pattern(r"[Pp]?\.?\s?\d{1,3}$")
_NUMBERING = Pattern(
    r"《[^《》]{2,16}》(?:编辑部|杂志社|编委会|编辑委员会)$|\d{4}\s?(?:年\s?)?[.·年/第]\s?第?\s?\d{1,2}\s?期?$|[（(]?.{0,12}总第?\s?\d+\s?期|第\s?\d+\s?期|\d{4}年\d{1,2}月"
)
_NOISE = Pattern(r"[^\p{Han}\p{L}\p{N}]+")
_CLOSE_LABELS = 3
_FEWEST_LABELS = 4
_WIDEST_LABEL = 160
_PUBLISHING = ("主办", "主管", "主编", "编辑", "编印", "出版", "刊号", "准印")
_LONGEST_TITLE = 64
_MOST_TITLE_LINES = 4
_LONGEST_ENTRY = 100
_LIKENESS = 0.75
_MOST_DIFFERENCE = 6


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed entry: its words in order, those of its own line being `parts[first:]`, page and column.

    Words before `first` come from lines without a page that stand above (a column's name, or a title's first line).
    """

    parts: tuple[str, ...]
    first: int
    page: int
    column: str | None

    @property
    def text(self) -> str:
        """The words of the entry's own line and those below it."""
        return " ".join(self.parts[self.first :])


@dataclass(frozen=True, slots=True)
class Listing:
    """The contents: lines `[start, end)` and the entries printed there."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """An entry found in the body: title lines `[start, end)`, and the words of the entry that are not title."""

    entry: Entry
    start: int
    end: int
    rest: tuple[str, ...]
    column: str | None
    exact: bool


def normalise(text: str) -> str:
    """Letters, digits and Chinese characters alone, for comparing titles.

    >>> normalise("稳增长 “三个一” 行动")
    '稳增长三个一行动'
    """
    return _NOISE.sub("", text).lower()


def find_masthead(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The stretch of lines that is the masthead: at least four labelled lines close together; None without one.

    One of the labels must speak of publishing: an address and a telephone stand under many a document.
    """
    labels = [i for i, line in enumerate(lines) if line.width <= _WIDEST_LABEL and has_label("masthead", line.text)]
    best: tuple[int, int] | None = None
    most = _FEWEST_LABELS - 1
    start = 0
    for k, i in enumerate(labels):
        if k and i - labels[k - 1] > _CLOSE_LABELS:
            start = k
        names = {squash(lines[j].text).partition("：")[0] for j in labels[start : k + 1]}
        if len(names) > most and any(word in name for name in names for word in _PUBLISHING):
            most, best = len(names), (labels[start], i + 1)
    return None if best is None else (_climb(lines, best[0]), best[1])


def _climb(lines: Sequence[Line], start: int) -> int:
    """The first line of a masthead: number and date of the issue above its labels belong to it, and its name on top."""
    top = start
    for i in range(start - 1, max(start - 5, -1), -1):
        if _NUMBERING.match(lines[i].text) and lines[i].width <= 50:
            top = i
    return 0 if top < 3 and all(line.width <= 24 and may_be_title(line.text) for line in lines[:top]) else top


def find_contents(lines: Sequence[Line], masthead: tuple[int, int] | None) -> Listing | None:
    """The contents with its entries; None where no list of titles with pages stands under such a heading."""
    for start, line in enumerate(lines):
        if line.width <= 30 and _HEADING.match(squash(line.text.lstrip("# "))):
            end = _find_end(lines, start, masthead)
            entries = _read_entries(lines[start + 1 : end])
            if len(entries) > 1:
                return Listing(start, end, entries)
    return None


def _find_end(lines: Sequence[Line], start: int, masthead: tuple[int, int] | None) -> int:
    """The line after the contents: the masthead, a line of prose, or the first listed title standing on its own."""
    titles: list[str] = []
    for i in range(start + 1, len(lines)):
        text = lines[i].text
        if masthead is not None and i == masthead[0]:
            return i
        if (len(text) > _LONGEST_ENTRY or "。" in text) and not is_caption(text):
            return i
        page, words = _read_page(text)
        key = normalise(words)
        if page is not None:
            titles.append(key)
        elif len(key) > 3 and any(title.startswith(key) for title in titles):
            return i
    return len(lines)


def _read_page(text: str) -> tuple[int | None, str]:
    """The page that an entry starts or ends with, and the rest of the line."""
    if (found := _BULLET.match(text)) is not None:
        text = text[found.end() :]
    if (found := _LEAD.match(text)) is not None:
        return int(found[1]), text[found.end() :]
    if (found := _TRAIL.search(text)) is not None:
        return int(found[1]), text[: found.start()]
    return None, text


def _read_entries(lines: Sequence[Line]) -> tuple[Entry, ...]:
    """The entries of the contents' lines; a page alone on a line closes the entry above it."""
    leads = sum(1 for line in lines if _LEAD.match(line.text))
    ahead = leads * 2 >= sum(1 for line in lines if _read_page(line.text)[0] is not None)
    entries: list[Entry] = []
    column: str | None = None
    loose: list[str] = []
    for line in lines:
        page, words = _read_page(line.text)
        if page is None and (found := _COLUMN.match(line.text)) is not None:
            column, loose = squash(found[1] or found[2]), []
        elif is_caption(line.text):
            continue
        elif _PAGE_ONLY.match(line.text):
            if loose and not ahead:
                lone = int("".join(filter(str.isdecimal, line.text)))
                entries.append(Entry(tuple(loose), len(loose) - 1, lone, column))
            loose = []
        else:
            if (inline := _INLINE_COLUMN.match(words)) is not None:
                column, words = squash(inline[1] or inline[2]), words[inline.end() :]
            parts = [part for part in _LEADERS.split(words) if part]
            if page is not None:
                entries.append(Entry((*loose, *parts), len(loose), page, column))
                loose = []
            elif ahead and entries:
                entries[-1] = _extend(entries[-1], parts)
            elif not ahead:
                loose.append(" ".join(parts))
    return tuple(entries)


def _extend(entry: Entry, parts: Iterable[str]) -> Entry:
    """The entry with the words of a line below it."""
    return Entry((*entry.parts, *parts), entry.first, entry.page, entry.column)


class Body:
    """The lines of an issue that may be titles, looked up by their words."""

    def __init__(self, lines: Sequence[Line], left_out: set[int]) -> None:
        self._lines = lines
        self._places: dict[str, list[tuple[int, int]]] = {}
        keys = {
            i: normalise(line.text) for i, line in enumerate(lines) if i not in left_out and may_be_title(line.text)
        }
        below = {i for i in keys if lines[i].text.startswith("——") or read_byline(lines[i].text) is not None}
        for i in keys:
            key = ""
            for j in range(i, i + _MOST_TITLE_LINES):
                if j not in keys or (j > i and j in below):
                    break
                key += keys[j]
                self._places.setdefault(key, []).append((i, j + 1))

    def find(self, entry: Entry, listed: set[str]) -> Match | None:
        """Where the entry's title stands, the longest run of its words that stands there being the title."""
        best: Match | None = None
        size = 0
        for first in range(entry.first + 1):
            for end in range(entry.first + 1, len(entry.parts) + 1):
                key = normalise("".join(entry.parts[first:end]))
                if len(key) > size and key in self._places:
                    start, stop = self._choose(self._places[key], entry.parts[end:])
                    stop, end = self._without_author(start, stop, entry.parts, end)
                    column = entry.column or (squash(entry.parts[first - 1]) if first else None)
                    best, size = Match(entry, start, stop, entry.parts[end:], column, True), len(key)
        return best or self._find_like(entry, listed)

    def _choose(self, places: list[tuple[int, int]], rest: Sequence[str]) -> tuple[int, int]:
        """The place with the entry's author under it, else the first."""
        authors = {name for n in (1, 2) if len(name := squash("".join(rest[:n]))) > 1}
        for start, end in places:
            below = squash("".join(line.text for line in self._lines[end : end + 3]))
            if any(author in below for author in authors):
                return start, end
        return places[0]

    def _without_author(self, start: int, stop: int, parts: tuple[str, ...], end: int) -> tuple[int, int]:
        """The title without a last line that is the author's name alone, printed in the entry as well."""
        name = normalise(self._lines[stop - 1].text)
        for words in (1, 2):
            if stop - start > 1 and len(name) <= 4 and normalise("".join(parts[end - words : end])) == name:
                return stop - 1, end - words
        return stop, end

    def _find_like(self, entry: Entry, listed: set[str]) -> Match | None:
        """The title most like the entry's words, where it is like enough and no other entry's."""
        best, match = _LIKENESS, None
        for first in range(entry.first + 1):
            for end in range(max(entry.first + 1, len(entry.parts) - 2), len(entry.parts) + 1):
                key = normalise("".join(entry.parts[first:end]))
                for other, places in self._places.items():
                    near = other not in listed and abs(len(other) - len(key)) <= _MOST_DIFFERENCE
                    if near and (score := _likeness(key, other)) > best:
                        column = entry.column or (squash(entry.parts[first - 1]) if first else None)
                        best, match = score, Match(entry, *places[0], entry.parts[end:], column, False)
        return match


def may_be_title(text: str) -> bool:
    """Whether a line may be a title or one line of it: short, without a sentence's end, not numbered, no caption.

    >>> may_be_title("关于全县水利建设的调研报告"), may_be_title("一、水利建设"), may_be_title("全县水利大会战开始。")
    (True, False, False)
    """
    return (
        1 < len(text) <= _LONGEST_TITLE
        and text[-1] not in "；，、："
        and "。" not in text
        and text[0] not in "（■□●◆▲"
        and find_mark(text) is None
        and not is_caption(text)
    )


def _likeness(a: str, b: str) -> float:
    """Dice coefficient of the pairs of neighbouring characters."""
    pairs_a, pairs_b = set(pairwise(a)), set(pairwise(b))
    return 2 * len(pairs_a & pairs_b) / (len(pairs_a) + len(pairs_b)) if pairs_a and pairs_b else 0.0
