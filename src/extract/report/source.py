"""A folder of tables, read for the evidence page; what cannot be read is said, and the rest is shown.

Every table comes back with the columns of its model in the model's order. A column that is missing or of another type
is filled with nulls, so that the page needs no special case for old tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extract.dataset import TABLES
from extract.models import SCHEMA_VERSION
from extract.tables import SORT, arrow_schema

REMEDY = "write the tables again with: extract run FILES --out DIR"


class ReportError(Exception):
    """The page cannot be made; the message says why and what to do. `reason` is `no_tables` or `not_written`."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Problem:
    """A part that cannot be shown, or not wholly: the table, and one line that says why and what to do."""

    table: str
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """The tables of a folder: every name of `TABLES`, empty where it could not be read, and what was wrong."""

    tables: Mapping[str, pa.Table]
    problems: list[Problem] = field(default_factory=list)
    version: str = ""


def read_tables(folder: Path) -> Source:
    """Every table of the folder (a file or a folder of part files each), sorted by place in the text.

    `ReportError` where the folder holds none of them; a single table that is missing, truncated or of an older schema
    version becomes a `Problem`.
    """
    if not any((folder / f"{name}.parquet").exists() for name in TABLES):
        raise ReportError(f"{folder}: no tables there; {REMEDY}", "no_tables")
    tables: dict[str, pa.Table] = {}
    problems: list[Problem] = []
    versions: dict[str, str] = {}
    for name in TABLES:
        tables[name], found = _read_table(folder / f"{name}.parquet", name)
        problems += found
        metadata = tables[name].schema.metadata or {}
        versions[name] = metadata.get(b"extract.schema_version", b"").decode("utf-8", "replace")
    problems += _version_problems(versions)
    if len({problem.table for problem in problems} & TABLES.keys()) == len(TABLES) and not _has_rows(tables):
        raise ReportError(f"{folder}: none of the tables can be read ({problems[0].message})", "no_tables")
    return Source(tables, problems, SCHEMA_VERSION)


def _has_rows(tables: Mapping[str, pa.Table]) -> bool:
    return any(table.num_rows for table in tables.values())


def _version_problems(versions: Mapping[str, str]) -> list[Problem]:
    """One line per schema version that is not this one; a table that names none is judged by its columns alone."""
    others = sorted({version for version in versions.values() if version not in ("", SCHEMA_VERSION)})
    return [
        Problem(
            "",
            f"{', '.join(name for name in versions if versions[name] == other)}: schema version {other}, and this page "
            f"is made for version {SCHEMA_VERSION}; {REMEDY}",
        )
        for other in others
    ]


def _read_table(path: Path, name: str) -> tuple[pa.Table, list[Problem]]:
    """One table in the shape of its model, and what was wrong with it."""
    schema = arrow_schema(name)
    if not path.exists():
        return schema.empty_table(), [Problem(name, f"{path.name} is missing; {REMEDY}")]
    try:
        found = pq.read_table(path, partitioning=None)
    except (OSError, pa.ArrowException) as error:
        reason = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
        return schema.empty_table(), [Problem(name, f"{path.name} cannot be read ({reason}); {REMEDY}")]
    columns, lacking = [], []
    for wanted in schema:
        column = _cast(found, wanted)
        if column is None:
            lacking.append(wanted.name)
            column = pa.chunked_array([pa.nulls(found.num_rows, wanted.type)])
        columns.append(column)
    shape = pa.schema([wanted.with_nullable(True) for wanted in schema], metadata=found.schema.metadata)
    problems = [Problem(name, f"{path.name} lacks {', '.join(lacking)}; {REMEDY}")] if lacking else []
    table = pa.Table.from_arrays(columns, schema=shape)
    keys = [(key, "ascending") for key in SORT if key in table.column_names]
    return table.sort_by(keys) if keys else table, problems


def _cast(found: pa.Table, wanted: pa.Field) -> pa.ChunkedArray | None:
    """The column in the type the page reads, None where it is not there or holds something else."""
    if found.column_names.count(wanted.name) != 1:
        return None
    try:
        return found[wanted.name].cast(wanted.type)
    except pa.ArrowException:
        return None
