"""What a worker does: one batch of documents -> its tables in the store, and a line of the manifest.

Needs a batch, the store and what makes a dataset of bytes; gives an `Entry`, never rows: they go from the worker to the
store. No error of a document or of the package leaves a document: it becomes a row of `rejects`, and the others are
written. Only a store that cannot be written ends the work (`OutputError`).
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter

import pyarrow as pa
import pyarrow.compute as pc

from extract.batches import Batch, code_version
from extract.dataset import TABLES, Dataset
from extract.engines import EngineError
from extract.errors import ExtractError
from extract.inputs import Source, build_reject, read_source
from extract.limits import time_limit
from extract.manifest import Entry, IssueLine
from extract.models import Reject
from extract.store import Store, describe_files
from extract.tables import TableWriter, build_table, build_tables

Reader = Callable[[bytes, str, str], Dataset]
"""What makes a dataset of bytes, issue and path: `pipeline.extract_bytes`, or something with its errors."""

NONE = (0,) * len(TABLES)

SECONDS, BYTES_A_SECOND = 120, 10_000
"""The time a document is given, a hundred times what one takes: a last resort, and no limit for a slow machine."""


class VersionError(EngineError):
    """A worker of another version than the run that sent it work: its rows would be others."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one document gave: its tables, or only a row of `rejects`."""

    tables: dict[str, pa.Table]
    rejects: tuple[Reject, ...]
    written: bool
    coverage: tuple[int, int] = (0, 0)
    timings: dict[str, float] = field(default_factory=dict)


def read_default(raw: bytes, issue_id: str, path: str) -> Dataset:
    """The dataset of a document, by the pipeline."""
    from extract.pipeline import extract_bytes  # here: only the processes that read load the grammar

    return extract_bytes(raw, issue_id, path)


def build_batch(store: Store, read: Reader, batch: Batch) -> Entry:
    """Build a batch in the store. Rows of documents that have not changed are taken from the tables as they are."""
    if batch.version != code_version():
        raise VersionError(
            f"this worker has version {code_version()} of the code, the run {batch.version}: install the same"
        )
    kept = _kept_rows(store, batch)
    lines: list[IssueLine] = []
    timings: dict[str, float] = {}
    with store.building(batch.id) as folder:
        with TableWriter(folder, store.out) as writer:
            for source in batch.sources:
                outcome, line = _document(store, read, batch, source, kept)
                with timed(timings, "write"):
                    writer.add(outcome.tables)
                lines.append(line)
                for stage, seconds in outcome.timings.items():
                    timings[stage] = timings.get(stage, 0.0) + seconds
            with timed(timings, "write"):
                writer.finish(durable=False)
        entry = Entry(batch.id, batch.id, tuple(lines), describe_files(folder, writer.rows))
        with timed(timings, "write"):
            store.keep(folder, entry)
    return replace(entry, timings=timings)


def _document(
    store: Store, read: Reader, batch: Batch, source: Source, kept: dict[str, dict[str, pa.Table]]
) -> tuple[Outcome, IssueLine]:
    """The tables of one document of a batch, and its line: as they were, or read now."""
    if source.issue_id in batch.kept:
        line, part = batch.kept[source.issue_id]
        tables = {table: _of_issue(rows, source.issue_id) for table, rows in kept[part].items()}
        return Outcome(tables, line.rejects, line.written), replace(line, path=source.path)
    if source.issue_id in batch.deadly:
        message = "the process that read it died, alone and at the second try (memory?); split the file"
        outcome = _rejected(
            source, build_reject(source.path, "read", "process_died", message, issue_id=source.issue_id)
        )
    else:
        outcome = extract_one(read, source)
    rows = tuple(outcome.tables[table].num_rows for table in TABLES) if outcome.written else NONE
    return outcome, IssueLine(
        source.issue_id, source.path, source.token, outcome.written, rows, outcome.coverage, outcome.rejects
    )


def _kept_rows(store: Store, batch: Batch) -> dict[str, dict[str, pa.Table]]:
    """The rows to be kept, by part and table."""
    issues: dict[str, list[str]] = {}
    for issue_id, (_, part) in batch.kept.items():
        issues.setdefault(part, []).append(issue_id)
    return {part: store.rows(part, ids) for part, ids in issues.items()}


def _of_issue(rows: pa.Table, issue_id: str) -> pa.Table:
    return rows.filter(pc.equal(rows["issue_id"], issue_id))


def try_document(read: Reader, source: Source) -> bool:
    """Read one document and write nothing: whether the process lives on to say so."""
    extract_one(read, source)
    return True


def extract_one(read: Reader, source: Source) -> Outcome:
    """What one document gives; no error of it or of the package leaves this function."""
    try:
        timings: dict[str, float] = {}
        with timed(timings, "read"):
            raw = read_source(source)
        with time_limit(SECONDS + len(raw) / BYTES_A_SECOND, source.path):
            dataset = read(raw, source.issue_id, source.path)
        timings |= dataset.timings
        with timed(timings, "tables"):
            tables = build_tables(dataset)
    except ExtractError as error:
        place = (error.start, error.end)
        reject = build_reject(source.path, error.stage, error.reason, error.message, *place, issue_id=source.issue_id)
        return _rejected(source, reject)
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        problem = f"{type(error).__name__}: {error} ({Path(at.filename).name}, line {at.lineno})"
        message = f"{problem}; this is a bug of the package: report it"
        reject = build_reject(source.path, "extract", "internal_error", message, issue_id=source.issue_id)
        return _rejected(source, reject)
    return Outcome(tables, tuple(dataset["rejects"]), True, dataset.coverage, timings)


def _rejected(source: Source, reject: Reject) -> Outcome:
    return Outcome({"rejects": build_table("rejects", [reject])}, (reject,), False)


@contextmanager
def timed(timings: dict[str, float], stage: str) -> Iterator[None]:
    """Add the seconds of a block to a stage."""
    started = perf_counter()
    yield
    timings[stage] = timings.get(stage, 0.0) + perf_counter() - started
