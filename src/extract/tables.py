"""Models -> Arrow -> Parquet.

Needs datasets of typed rows, one issue after another; gives one Parquet file per table of `dataset.TABLES`, each with
its descriptions and units, the package's version and the SHA-256 of every input in its metadata.

Every row passes its model once more on the way out; one that fails is a bug of the package, not of the text, and
raises `RowError`. The bytes depend on the rows alone: rows are sorted, row groups end where an issue ends, and no time,
host or path is written. `store` gives them their names.

Why not a bridge from pydantic to Arrow: those tried drop descriptions or turn a bounded integer into an unsigned one.
Why not `Table.from_pylist`: it drops unknown keys silently and lets a null into a non-null column.
"""

from __future__ import annotations

import base64
import json
import math
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Any, Self, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import ValidationError

from extract.columns import arrow_type, build_array
from extract.dataset import TABLES, Dataset, row_adapter
from extract.errors import ExtractError
from extract.models import SCHEMA_VERSION, Row
from extract.records import RECORD_TABLES

ROW_GROUP = 1 << 16
"""Rows after which a row group is closed, at the end of the issue that reaches it."""

SORT = ("issue_id", "char_start", "char_end", "position")
"""Columns that order a table, where it has them; rows equal in them keep the order of the dataset."""

KEYS: dict[str, tuple[str, ...]] = {
    "issue_id": ("issues",),
    "article_id": ("articles",),
    "event_id": ("events",),
    "person_id": ("people",),
    "check_id": ("checks",),
    "record_id": tuple(RECORD_TABLES),
}
"""Each key and the tables over which it is unique."""


class RowError(ExtractError):
    """A row that its model refuses, or a key that stands twice: a bug of the rule that made it."""

    stage = "tables"

    def __init__(self, table: str, row: Mapping[str, Any], field: str, problem: str) -> None:
        self.table = table
        self.field = field
        self.rule: str | None = row.get("rule")
        by = f" made by rule {self.rule}" if self.rule else ""
        super().__init__(
            f"a row of {table}{by} has {field} = {row.get(field)!r}: {problem}; "
            "this is a bug of the package, please report it",
            reason="invalid_row",
            start=row.get("char_start"),
            end=row.get("char_end"),
        )


class OutputError(Exception):
    """The tables cannot be written there; the message says why and what to do."""


@cache
def arrow_schema(table: str) -> pa.Schema:
    """The schema of a table: columns in the model's order, `description` and `unit` as metadata of the field."""
    model = TABLES[table]
    hints = get_type_hints(model, include_extras=True)
    fields = []
    for name, info in model.model_fields.items():
        arrow, nullable = arrow_type(hints[name])
        metadata = {"description": info.description or ""}
        if isinstance(info.json_schema_extra, dict):
            metadata |= {key: str(text) for key, text in info.json_schema_extra.items()}
        fields.append(pa.field(name, arrow, nullable, metadata=metadata))
    return pa.schema(fields)


def validate_rows(table: str, rows: Sequence[Row]) -> list[Row]:
    """The rows, each read once more by its model and without any conversion; `RowError` names the first that fails.

    A row built without validation (`model_construct`) is found out here.
    """
    values = [vars(row) for row in rows]
    try:
        return row_adapter(table).validate_python(values, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place, field = first["loc"][:2]
        raise RowError(table, values[int(place)], str(field), first["msg"]) from error


def build_table(table: str, rows: Sequence[Row]) -> pa.Table:
    """One Arrow table of valid rows, sorted; `RowError` for a number that is not finite, which models let through."""
    schema = arrow_schema(table)
    sort = [name for name in SORT if name in schema.names]
    values = sorted(map(vars, rows), key=lambda row: [(row[name] is not None, row[name]) for name in sort])
    columns = []
    for field in schema:
        column = [row[field.name] for row in values]
        if pa.types.is_floating(field.type):
            for row, number in zip(values, column, strict=True):
                if number is not None and not math.isfinite(number):
                    raise RowError(table, row, field.name, "not a finite number")
        columns.append(build_array(column, field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def check_keys(dataset: Dataset) -> None:
    """`RowError` for a key that stands twice, be it in two record tables: one figure has one role."""
    for key, tables in KEYS.items():
        counts = Counter(getattr(row, key) for table in tables for row in dataset[table])
        for table in tables:
            for row in dataset[table]:
                if counts[getattr(row, key)] > 1:
                    raise RowError(table, vars(row), key, "the key stands twice")


def build_tables(dataset: Dataset) -> dict[str, pa.Table]:
    """Every table of a dataset, validated, sorted, as Arrow; `RowError` for the first row that is wrong."""
    tables = {name: build_table(name, validate_rows(name, dataset[name])) for name in TABLES}
    check_keys(dataset)
    return tables


class _TableFile:
    """One table on its way to disk."""

    def __init__(self, path: Path, table: str) -> None:
        self.pending: list[pa.Table] = []
        self.schema = arrow_schema(table)
        self.sink = path.open("wb")
        self.writer = pq.ParquetWriter(
            self.sink, self.schema, compression="zstd", compression_level=9, store_schema=False
        )

    def add(self, rows: pa.Table) -> None:
        if rows.num_rows:
            self.pending.append(rows)
            if sum(part.num_rows for part in self.pending) >= ROW_GROUP:
                self._flush()

    def _flush(self) -> None:
        if self.pending:
            group = pa.concat_tables(self.pending).combine_chunks()
            self.pending = []
            self.writer.write_table(group, row_group_size=group.num_rows)

    def finish(self, metadata: Mapping[str, str], *, durable: bool) -> None:
        """Everything written, and on the disk if it is to be durable.

        The Arrow schema is stored here and not by the writer, which stores it when it opens the file: only now all
        inputs are known, and readers of Arrow see no metadata but that of the stored schema.
        """
        self._flush()
        schema = base64.b64encode(self.schema.with_metadata(metadata).serialize()).decode()
        self.writer.add_key_value_metadata({**metadata, "ARROW:schema": schema})
        self.writer.close()
        self.sink.flush()
        if durable:
            os.fsync(self.sink.fileno())
        self.sink.close()

    def discard(self) -> None:
        with suppress(OSError):  # a full disk refuses the footer too
            self.writer.close()
        self.writer.is_open = False
        with suppress(OSError):
            if not self.sink.closed:
                self.sink.truncate(0)  # the footer would make a table of it
            self.sink.close()


class TableWriter:
    """Streams the tables of one issue after another into `<folder>/<table>.parquet`; used in a `with` statement.

    `add` takes the issues in ascending order of `issue_id`, `finish` ends the files; a block left without it leaves
    files that are no tables, for its caller to remove. The same issues give the same bytes. `OutputError` where the
    folder cannot be written; it names `out`, where a person would look.
    """

    def __init__(self, folder: str | os.PathLike[str], out: str | os.PathLike[str] | None = None) -> None:
        self.folder = Path(folder)
        self.out = folder if out is None else out
        self.inputs: dict[str, str] = {}
        self.rows: Counter[str] = Counter()
        self._last = ""
        self._files: dict[str, _TableFile] = {}
        try:
            with wrap_errors(self.out):
                for table in TABLES:
                    self._files[table] = _TableFile(self.folder / f"{table}.parquet", table)
        except OutputError:
            self._discard()
            raise

    def add(self, tables: Mapping[str, pa.Table]) -> None:
        """The tables of the next issue or issues (those of `build_tables`, or some of them)."""
        if "issues" in tables:
            issues = tables["issues"].select(["issue_id", "sha256"]).to_pydict()
            for issue_id, sha256 in zip(issues["issue_id"], issues["sha256"], strict=True):
                if issue_id <= self._last:
                    raise ValueError(f"{issue_id} after {self._last}: issues must be added in ascending order")
                self._last = issue_id
                self.inputs[issue_id] = sha256
        with wrap_errors(self.out):
            for name, rows in tables.items():
                self._files[name].add(rows)
                self.rows[name] += rows.num_rows

    def finish(self, *, durable: bool = True) -> None:
        """End the files; `durable` has the disk hold them before this returns."""
        metadata = {
            "extract.version": version("gazette-extract"),
            "extract.schema_version": SCHEMA_VERSION,
            "extract.inputs": json.dumps(self.inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":")),
        }
        with wrap_errors(self.out):
            for file in self._files.values():
                file.finish(metadata, durable=durable)
        self._files = {}

    def _discard(self) -> None:
        for file in self._files.values():
            file.discard()
        self._files = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._discard()


@contextmanager
def wrap_errors(out: str | os.PathLike[str]) -> Iterator[None]:
    """An error of the disk as an `OutputError`."""
    try:
        yield
    except OSError as error:
        problem = error.strerror or str(error)
        raise OutputError(f"{out}: cannot write there ({problem}); make room or choose another folder") from error


def write(dataset: Dataset, out: str | os.PathLike[str]) -> None:
    """Write every table of a dataset to `<out>/<table>.parquet`, replacing those that stand there.

    `RowError` for a row that its model refuses and `OutputError` for a folder that cannot be used; in both cases
    nothing is replaced.
    """
    from extract.run import write_dataset  # here: a run builds on this module

    write_dataset(dataset, out)
