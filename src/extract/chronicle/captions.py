"""Photo captions that tell of a dated act: a meeting, visit or signing with its day.

Needs the caption blocks of a document; gives entries like those of a chronicle. A caption without a day, or without an
act (a factory hall), tells of no event.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.chronicle.acts import Act, find_act
from extract.chronicle.dates import Calendar, match_date
from extract.chronicle.entries import Entry, build_entry
from extract.chronicle.persons import Mention, find_mentions
from extract.document import Block, Document
from extract.patterns import Pattern

_OPENING = Pattern(r"\s*+(?:封[面底二三]|[题上下左右]图|图[一二三四五六七八九十\d]*)?\s*+(?:[:：为]\s*)?+")
_CREDIT = Pattern(r"[^。，；]{0,16}[/／]?\s{0,4}+[摄攝]\s*+[)）]?\s*+$")
_Told = tuple[Entry, Act, tuple[Mention, ...]]


def find_captions(doc: Document, year: int | None, month: int | None) -> Iterator[_Told]:
    """The dated acts of the captions, in the order of the text; `year`, `month` are those of the issue."""
    calendar = Calendar(year, month)
    for block in doc.blocks:
        if block.kind != "caption":
            continue
        entry = _read_caption(doc, block, calendar)
        if entry is None:
            continue
        mentions = find_mentions(entry.body)
        act = find_act(entry.body, mentions)
        if act.title is not None:
            yield entry, act, mentions


def _read_caption(doc: Document, block: Block, calendar: Calendar) -> Entry | None:
    text = doc.reading.text[block.start : block.end]
    opening = _OPENING.match(text)
    start = 0 if opening is None else opening.end()
    printed = match_date(text, start)
    if printed is None or printed.first.day is None:
        return None
    date = calendar.resolve(printed)
    credit = _CREDIT.search(text)
    end = block.end if credit is None or credit.start() <= printed.end else block.start + credit.start()
    if date.problem is not None or block.start + printed.end >= end:
        return None
    return build_entry(doc, date, [(block.start + start, end)], block.start + printed.end)
