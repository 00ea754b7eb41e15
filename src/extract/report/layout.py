"""Sentences to paragraphs and headings, from the sentences table alone.

Sentences of one paragraph follow each other without a gap in the raw text. A heading stands in the path of the
sentences below it, and not in its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

FOLLOWS, PARAGRAPH, RUN_IN, HEADING = 0, 1, 2, 3
"""How a sentence stands on the page; `HEADING` + depth for a heading, 0 the outermost."""

_ENDS = "。．.：:！？!?"


def lay_out(sentences: Sequence[Mapping[str, Any]]) -> list[int]:
    """One code per sentence, in the order given; rows hold article_id, section, text, char_start and char_end.

    >>> rows = [
    ...     {"article_id": "a", "section": [], "text": "一、成效", "char_start": 0, "char_end": 4},
    ...     {"article_id": "a", "section": ["一、成效"], "text": "好。", "char_start": 6, "char_end": 8},
    ...     {"article_id": "a", "section": ["一、成效"], "text": "很好。", "char_start": 8, "char_end": 11},
    ... ]
    >>> lay_out(rows)
    [3, 1, 0]
    >>> lay_out([])
    []
    """
    codes: list[int] = []
    for _, group in groupby(sentences, key=lambda row: row["article_id"]):
        codes += _article(list(group))
    return codes


def _article(rows: list[Mapping[str, Any]]) -> Iterator[int]:
    headings = {_bare(heading) for row in rows for heading in row["section"] or ()}
    previous: Mapping[str, Any] | None = None
    for place, row in enumerate(rows):
        section = row["section"] or []
        follows = previous is not None and _joins(previous, row)
        stands_alone = not follows and (place + 1 == len(rows) or not _joins(row, rows[place + 1]))
        bare = _bare(row["text"] or "")
        if stands_alone and bare in headings and bare not in map(_bare, section):
            yield HEADING + min(len(section), 3)
        elif not follows and section and bare == _bare(section[-1]):
            yield RUN_IN if not stands_alone else HEADING + min(len(section) - 1, 3)
        else:
            yield FOLLOWS if follows else PARAGRAPH
        previous = row


def _joins(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether one sentence goes on where the other ends, in one paragraph."""
    return one["char_end"] is not None and one["char_end"] == other["char_start"]


def _bare(text: str) -> str:
    return text.strip().rstrip(_ENDS)
