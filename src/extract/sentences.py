"""Blocks to sentences.

Needs the reading and its blocks; gives one span per sentence of prose, per heading, verse line and table row. A
sentence ends at 。！？ or …… with the closing quotes and brackets behind it, and at the end of its block; a semicolon
ends none. Inside （…） and “…” up to 200 characters long no sentence ends. A run of over 2,000 characters is cut at a comma.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.document import Block, Reading, SentenceSpan
from extract.patterns import Pattern

_PROSE = frozenset(("paragraph", "heading", "verse", "table_row"))
_CLOSERS = "[”’）」』》〕)]"
_STOP = Pattern(rf"[。！？…?!]++{_CLOSERS}*+")
_LATIN = Pattern(r"[\dA-Za-z=&]")
_QUOTES, _BRACKETS = "“”", "（）"
_LONGEST_INSIDE = 200
# what goes on longer without a stop is no sentence: it is read in pieces, so that time stays linear
_LONGEST = 2000
_GOES_ON = "，、；：。！？的地等是和与及之"


def find_sentences(reading: Reading, blocks: Sequence[Block]) -> tuple[SentenceSpan, ...]:
    """The sentences in reading order; positions count from 1 within each article."""
    sentences: list[SentenceSpan] = []
    counts: dict[int, int] = {}
    for index, block in enumerate(blocks):
        if block.kind not in _PROSE or block.article == 0 or block.start == block.end:
            continue
        spans = [(block.start, block.end)]
        if block.kind == "paragraph":
            spans = split_sentences(reading.text, block.start, block.end)
        for start, end in spans:
            position = counts[block.article] = counts.get(block.article, 0) + 1
            sentences.append(SentenceSpan(block.article, position, index, start, end, block.section))
    return tuple(sentences)


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a paragraph as half-open spans that cover it.

    >>> text = "水库开工。他说：“要快！要稳。”群众满意（见表。）。"
    >>> [text[a:b] for a, b in split_sentences(text, 0, len(text))]
    ['水库开工。', '他说：“要快！要稳。”', '群众满意（见表。）。']
    >>> split_sentences("", 0, 0)
    []
    """
    spans: list[tuple[int, int]] = []
    first = start
    for found in _STOP.finditer(text, start, end):
        stop, at = found.span()
        mark = found[0]
        if (mark[0] == "…" and mark[:2] != "……") or (mark[-1] in "?!" and at < end and _LATIN.match(text[at])):
            continue
        if mark[-1] == "”" and at < end and text[at] in _GOES_ON:
            continue
        if _is_inside(text, first, stop, at, end, _QUOTES) or _is_inside(text, first, stop, at, end, _BRACKETS):
            continue
        spans.append((first, at))
        first = at
    if first < end:
        spans.append((first, end))
    if all(stop - begin <= _LONGEST for begin, stop in spans):
        return spans
    return [piece for begin, stop in spans for piece in _cut(text, begin, stop)]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run without a stop in pieces of bounded length, cut behind a mark where one stands."""
    while end - start > _LONGEST:
        limit = start + _LONGEST
        mark = max(text.rfind(char, start + _LONGEST // 2, limit) for char in "；，、")
        cut = mark + 1 if mark > 0 else limit
        if mark < 0:
            # never inside a numeral
            while text[cut].isalnum() and text[cut - 1].isascii() and text[cut - 1].isalnum() and cut < end - 1:
                cut += 1
        yield start, cut
        start = cut
    yield start, end


def _is_inside(text: str, first: int, stop: int, at: int, end: int, pair: str) -> bool:
    """Whether a stop lies inside a quotation or brackets that go on after it, or brackets that it ends.

    `first` is the sentence's start, `[stop, at)` the stop with its closing marks. What opens and does not close within
    200 characters is no quotation.
    """
    opening = text.rfind(pair[0], first, stop)
    if opening < 0 or text.find(pair[1], opening, stop) >= 0:
        return False
    closing = text.find(pair[1], stop, min(end, opening + _LONGEST_INSIDE))
    return closing >= at or (closing >= 0 and pair == _BRACKETS)
