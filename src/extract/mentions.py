"""Stage: what stands in the reading, before it is said what it means. Reading in, `Mentions` out.

Closed phrases, rankings, periods, quantities and regions are found in this order over the whole reading, each
leaving alone what an earlier one has claimed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from extract.document import Document, SentenceSpan
from extract.grammar.calendar import OpenPeriod
from extract.grammar.mentions import Numeral, Period, Phrase, Quantity
from extract.grammar.numerals import find_numerals
from extract.grammar.periods import scan_periods
from extract.grammar.phrases import find_phrases
from extract.grammar.quantities import find_quantities
from extract.grammar.rankings import find_rankings
from extract.grammar.regions import RegionMention, find_regions
from extract.grammar.sectors import find_sectors

_M = TypeVar("_M", Quantity, Period, OpenPeriod, RegionMention, Phrase, Numeral)

# （14）and P14 in a contents, 第5期 in a masthead: pages and issues, though they look like numbering
_NUMBERING = frozenset(["ordinal.heading", "ordinal.di", "ordinal.item", "ordinal.batch", "name.token"])
_BLOCK_ROLES = {
    "contents": ("page", "page.contents"),
    "masthead": ("contact", "contact.masthead"),
    "running_head": ("page", "page.running_head"),
    "mark": ("artefact", "artefact.closing_mark"),
}


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of a reading by kind, each list sorted and without overlap; `numerals` is every numeral of all."""

    phrases: list[Phrase]
    periods: list[OpenPeriod]
    quantities: list[Quantity]
    regions: list[RegionMention]
    numerals: list[Numeral]


def find_mentions(doc: Document, home: str | None = None) -> Mentions:
    """Every mention in the document's reading; `home` is the region code of its place."""
    text = doc.reading.text
    claimed = bytearray(len(text) + 1)
    placed = find_rankings(text) + find_sectors(text)
    for quantity in placed:
        _claim(claimed, quantity.start, quantity.end)
    phrases = [p for p in find_phrases(text) if claimed.find(1, p.start, p.end) < 0]
    for phrase in phrases:
        _claim(claimed, phrase.start, phrase.end)
    periods = scan_periods(text, claimed)
    for period in periods:
        _claim(claimed, period.start, period.end)
    quantities = sorted(placed + find_quantities(text, claimed), key=lambda q: q.start)
    regions = find_regions(text, home=home)
    blocks = _by_block(doc)
    imprint = [b for b in blocks if b.rule in ("contact.masthead", "page.contents")]
    phrases = [p for p in phrases if p.rule not in _NUMBERING or not any(b.start <= p.start < b.end for b in imprint)]
    phrases += blocks
    phrases.sort(key=lambda p: p.start)
    return Mentions(phrases, periods, quantities, regions, find_numerals(text))


def _claim(claimed: bytearray, start: int, end: int) -> None:
    claimed[start:end] = b"\1" * (end - start)


def _by_block(doc: Document) -> list[Phrase]:
    """Phrases over whole blocks whose numerals have one role by where they stand."""
    return [
        Phrase(block.start, block.end, *_BLOCK_ROLES[block.kind]) for block in doc.blocks if block.kind in _BLOCK_ROLES
    ]


def by_span(mentions: list[_M], spans: Sequence[SentenceSpan]) -> list[list[_M]]:
    """For each span, in order and without overlap, the mentions that begin inside it."""
    groups, at, count = [], 0, len(mentions)
    for span in spans:
        while at < count and mentions[at].start < span.start:
            at += 1
        first = at
        while at < count and mentions[at].start < span.end:
            at += 1
        groups.append(mentions[first:at])
    return groups


def between(mentions: list[_M], start: int, end: int) -> list[_M]:
    """The mentions that begin inside `[start, end)`."""
    low = bisect_left(mentions, start, key=lambda m: m.start)
    high = bisect_left(mentions, end, lo=low, key=lambda m: m.start)
    return mentions[low:high]
