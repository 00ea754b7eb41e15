"""What holds for every input of every stage; both engines and the other tests call these."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from time import process_time
from typing import Any, Protocol

import regex

from extract.dataset import TABLES, Dataset
from extract.document import Document
from extract.records import ROLE_TABLES
from extract.tables import build_tables

DIGITS = regex.compile(r"[0-9０-９]+")
START_SECONDS = 0.5
"""What a short text may take, however slow the machine."""
SECONDS_PER_CHARACTER = 0.002
"""A hundred times the usual: only what grows faster than the text exceeds it."""


class Spanned(Protocol):
    start: int
    end: int


def check_spans(found: Iterable[Spanned], size: int) -> None:
    """Spans that hold something, inside the text, in order and without overlap."""
    spans = [(span.start, span.end) for span in found]
    assert all(0 <= start < end <= size for start, end in spans), spans
    assert all(one[1] <= other[0] for one, other in pairwise(spans)), spans


def check_structure(doc: Document) -> None:
    """Pieces in order inside the text; blocks and sentences in order inside the reading; offsets grow in each block."""
    reading = doc.reading
    check_spans(doc.articles, len(doc.text))
    check_spans(doc.blocks, len(reading.text))
    check_spans(doc.sentences, len(reading.text))
    assert [article.position for article in doc.articles] == list(range(1, len(doc.articles) + 1))
    assert len(reading.offsets) == len(reading.text) + 1
    assert reading.offsets[-1] == len(doc.text)
    for block in doc.blocks:
        offsets = reading.offsets[block.start : block.end]
        assert all(one < other for one, other in pairwise(offsets)), block
    for sentence in doc.sentences:
        block = doc.blocks[sentence.block]
        assert block.start <= sentence.start < sentence.end <= block.end
        assert sentence.article == block.article


def check_dataset(text: str, dataset: Dataset) -> None:
    """Every record is its slice of the text and has its ledger row, every run of digits one, and the tables hold."""
    records = [(role, record) for role, table in ROLE_TABLES.items() for record in dataset[table]]
    assert all(text[record.char_start : record.char_end] == record.figure for _, record in records)
    keys = [record.record_id for _, record in records]
    assert len(keys) == len(set(keys))
    ledger = sorted(dataset["numerals"], key=lambda row: row.char_start)
    assert all(text[row.char_start : row.char_end] == row.surface != "" for row in ledger)
    assert all(one.char_end <= next_one.char_start for one, next_one in pairwise(ledger))
    holder: dict[int, int] = {at: i for i, row in enumerate(ledger) for at in range(row.char_start, row.char_end)}
    for run in DIGITS.finditer(text):
        assert len({holder.get(at) for at in range(*run.span())} - {None}) == 1, run
        assert None not in {holder.get(at) for at in range(*run.span())}, run
    claimed = set()
    for role, record in records:
        inside = {holder[at] for at in range(record.char_start, record.char_end) if at in holder}
        assert inside, record
        if len(record.figure.splitlines()) > 1:
            # a page's number or head stands inside a figure that goes on over the page
            inside = {i for i in inside if ledger[i].record_id is not None}
        assert {(ledger[i].role, ledger[i].record_id) for i in inside} == {(role, record.record_id)}, record
        claimed |= inside
    assert [row for i, row in enumerate(ledger) if row.record_id is not None and i not in claimed] == []
    assert all(r.period_start <= r.period_end for _, r in records if r.period_start and r.period_end)
    assert all(0 <= r.sentence_start <= r.char_start < r.char_end <= r.sentence_end for _, r in records)
    check_places(text, dataset)
    tables = build_tables(dataset)
    assert {name: table.num_rows for name, table in tables.items()} == {name: len(dataset[name]) for name in TABLES}


def check_places(text: str, dataset: Dataset) -> None:
    """Articles, sentences, events and refusals lie inside the text; the first two in order; participants in events."""
    for name in ("articles", "sentences"):
        spans = [(row.char_start, row.char_end) for row in dataset[name]]
        assert all(0 <= start < end <= len(text) for start, end in spans), (name, spans)
        assert all(one[1] <= other[0] for one, other in pairwise(spans)), (name, spans)
    events = {event.event_id: event for event in dataset["events"]}
    assert all(0 <= event.char_start < event.char_end <= len(text) for event in events.values())
    for person in dataset["event_participants"]:
        event = events[person.event_id]
        assert event.char_start <= person.char_start < person.char_end <= event.char_end
    for row in dataset["rejects"]:
        assert row.char_start is None or 0 <= row.char_start <= row.char_end <= len(text)


def in_time(size: int, work: Callable[[], Any]) -> Any:
    """What the work gives; fails where it takes longer, twice, than any input of this size may.

    Once is not enough: the first reading of all loads the word lists.
    """
    for _ in range(2):
        started = process_time()
        found = work()
        taken = process_time() - started
        if taken < START_SECONDS + size * SECONDS_PER_CHARACTER:
            return found
    raise AssertionError(f"{taken:.2f} s for {size} characters")
