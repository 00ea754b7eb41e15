"""The document that travels through the stages: one immutable text, its reading, and what was found in it.

Two coordinate systems, never mixed:

* *raw*: code points of the decoded text, as it stands in the file. Every offset that leaves the package is raw.
* *reading*: code points of `Reading.text`, the raw text as a reader takes it in. Full-width letters and digits are
  folded one to one; page breaks inside a paragraph and spaces that only the typesetter put there are left out.
  `Reading.offsets` keeps the raw offset of every character, so that any span goes back exactly.

Every stage returns something new; only the pipeline puts things together.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Reading:
    """The text as read, with the way back to the raw text.

    `offsets[i]` is the raw offset of `text[i]`; there is one more entry, the length of the raw text.
    Blocks are separated by one line feed, which no pattern crosses.
    """

    text: str
    offsets: array[int]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw half-open span of the reading's half-open span `[start, end)`, which must not be empty."""
        return self.offsets[start], self.offsets[end - 1] + 1


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that is read as one: a paragraph, heading, caption, table row ... (span in the reading).

    `section` holds the headings above it, outermost first. `kind` is one of: `title`, `byline`, `heading`,
    `paragraph`, `verse`, `table_row`, `caption`, `note` (closing note, proofreader, editor), `contents`, `masthead`,
    `running_head` (page numbers, running heads), `mark` (a closing 6, ⑥ or similar leftover).
    """

    kind: str
    start: int
    end: int
    article: int
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleSpan:
    """One printed piece; `start`, `end` are raw offsets, `position` counts from 1."""

    position: int
    kind: str
    start: int
    end: int
    title: str | None = None
    column: str | None = None
    authors: tuple[str, ...] = ()
    author_posts: tuple[str, ...] = ()
    page: int | None = None
    occasion: str | None = None
    occasion_date: date | None = None
    proofreader: str | None = None
    editor: str | None = None


class SentenceSpan(NamedTuple):
    """One sentence (span in the reading), inside one block."""

    article: int
    position: int
    block: int
    start: int
    end: int
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueHead:
    """What the issue or single document says of itself; `place` is the region that 全市, 我省 or 本县 stand for."""

    title: str | None = None
    year: int | None = None
    number: int | None = None
    total_number: int | None = None
    organiser: str | None = None
    place: str | None = None
    region_code: str | None = None
    permit: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded text and its layers.

    `blocks` are in reading order and cover the reading without overlap; `articles` are in raw order and do not
    overlap; `sentences` lie inside blocks of kinds `paragraph`, `verse` and `heading` of articles that carry prose.
    """

    issue_id: str
    text: str
    encoding: str = "utf-8"
    sha256: str = ""
    head: IssueHead = field(default_factory=IssueHead)
    reading: Reading = field(default_factory=lambda: Reading("", array("l", [0])))
    blocks: tuple[Block, ...] = ()
    articles: tuple[ArticleSpan, ...] = ()
    sentences: tuple[SentenceSpan, ...] = ()
    notes: tuple[str, ...] = ()
