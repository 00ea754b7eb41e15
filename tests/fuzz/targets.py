"""The stages under test: each takes any input, checks what must hold, and lets no exception but `ExtractError` pass."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import Any

import extract
from extract.checks import find_checks
from extract.chronicle import build_people, find_events
from extract.chronicle.dates import match_date
from extract.document import Document
from extract.grammar.numerals import find_numerals, parse_numeral
from extract.grammar.periods import periods
from extract.grammar.phrases import find_phrases
from extract.grammar.quantities import quantities
from extract.grammar.regions import find_regions
from extract.issue import decode
from extract.lines import fold
from extract.pipeline import analyse
from extract.structure import read_structure
from fuzz import tokens
from fuzz.invariants import check_dataset, check_spans, check_structure, in_time

REFERENCE = date(2021, 3, 1)
CHRONICLE = "2021年大事记\n"


def to_text(data: bytes) -> str:
    """The text that bytes of a coverage-guided engine stand for: an even first byte spells, an odd one picks tokens.

    >>> to_text(b"\\0" + "增5%".encode() + b"\\xff")
    '增5%'
    >>> to_text(bytes([1, 0, 3, 0, 4]))
    '34'
    """
    if not data or data[0] % 2 == 0:
        return data[1:].decode("utf-8", "ignore")
    picks = zip(data[1::2], data[2::2], strict=False)
    return "".join(tokens.ALL[(high << 8 | low) % len(tokens.ALL)] for high, low in picks)


def decoding(raw: bytes) -> None:
    """A file is read as the text that its bytes are in the encoding named, or refused with a reason."""
    with suppress(extract.DecodeError):
        text, encoding = in_time(len(raw), lambda: decode(raw, "file"))
        assert raw.decode(encoding) == text


def structure(text: str) -> None:
    """Folding keeps the length; articles, blocks and sentences in order, the same at a second reading."""
    assert len(fold(text)) == len(text)
    with suppress(extract.StructureError):
        doc = in_time(len(text), lambda: read_structure(Document("fuzz", text)))
        check_structure(doc)
        assert read_structure(Document("fuzz", text)) == doc


def numerals(text: str) -> None:
    """Numerals in order, values finite, and the whole text as one numeral read without complaint."""
    found = in_time(len(text), lambda: find_numerals(text))
    check_spans(found, len(text))
    assert all(numeral.value is None or numeral.value.is_finite() for numeral in found)
    value = parse_numeral(text)
    assert value is None or value.is_finite()


def quantity(text: str) -> None:
    """Quantities in order; their numerals and comparators in and around them."""
    found = in_time(len(text), lambda: quantities(text))
    check_spans(found, len(text))
    for one in found:
        assert 0 <= one.outer_start <= one.start < one.end <= one.outer_end <= len(text)
        assert all(one.start <= numeral.start < numeral.end <= one.end for numeral in one.numerals)


def period(text: str) -> None:
    """Periods in order, none that ends before it begins."""
    found = in_time(len(text), lambda: periods(text, REFERENCE))
    check_spans(found, len(text))
    assert all(one.first <= one.last for one in found if one.first and one.last)


def regions(text: str) -> None:
    """Mentions of regions in order, at home and abroad."""
    for home in (None, "330500"):
        check_spans(in_time(len(text), lambda home=home: find_regions(text, home=home)), len(text))


def phrases(text: str) -> None:
    """Phrases inside the text, in order of their starts."""
    found = in_time(len(text), lambda: find_phrases(text))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


def chronicle(text: str) -> None:
    """Events of a chronicle inside the text, their persons inside them."""
    match_date(text)
    whole = CHRONICLE + text
    doc = read_structure(Document("fuzz", whole))
    found = in_time(len(text), lambda: find_events(doc))
    events = {event.event_id: event for event in found.events}
    assert len(events) == len(found.events)
    assert all(0 <= event.char_start < event.char_end <= len(whole) for event in events.values())
    for person in found.participants:
        event = events[person.event_id]
        assert event.char_start <= person.char_start < person.char_end <= event.char_end
    build_people(found.events, found.participants)


def checks(text: str) -> None:
    """Arithmetic between the figures of a text, and between the same figures with their columns mixed up."""
    with suppress(extract.StructureError):
        rows = analyse(Document("fuzz", text)).rows
        for tables in (rows, _mixed(rows)):
            found = in_time(len(text), lambda tables=tables: find_checks(tables, "fuzz").checks)
            known = {row["record_id"] for table in tables.values() for row in table if "record_id" in row}
            assert all(known.issuperset(check["record_ids"]) for check in found)
            assert len({check["check_id"] for check in found}) == len(found)


def _mixed(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The rows with the values and units of their neighbours: figures that no text would print."""
    mixed = {}
    for table, group in rows.items():
        others = [*group[1:], *group[:1]]
        columns = ("value", "base_value", "base_unit", "indicator", "concept", "period_start", "period_end")
        mixed[table] = [
            row | {c: other[c] for c in columns if c in other} for row, other in zip(group, others, strict=True)
        ]
    return mixed


def pipeline(text: str) -> None:
    """The dataset of a text keeps every promise, and is the same at a second reading."""
    with suppress(extract.StructureError):
        dataset = in_time(len(text), lambda: extract.extract_text(text, "fuzz"))
        check_dataset(text, dataset)
        assert replace(extract.extract_text(text, "fuzz"), timings=dataset.timings) == dataset


OF_BYTES: dict[str, Callable[[bytes], None]] = {"decode": decoding}
OF_TEXT: dict[str, Callable[[str], None]] = {
    "structure": structure,
    "numerals": numerals,
    "quantities": quantity,
    "periods": period,
    "regions": regions,
    "phrases": phrases,
    "chronicle": chronicle,
    "checks": checks,
    "pipeline": pipeline,
}
NAMES = (*OF_BYTES, *OF_TEXT)


def run(name: str, data: bytes) -> None:
    """One execution of a target on the bytes of an engine."""
    if name in OF_BYTES:
        OF_BYTES[name](data)
    else:
        OF_TEXT[name](to_text(data))
