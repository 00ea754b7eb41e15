"""Parts of tables: the rows of some issues out of a written file, and many batches as one file per table.

A row group ends where an issue ends, and its statistics say from which issue to which it goes: the rows of one issue are
read without reading the others.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extract.models import Reject
from extract.tables import TableWriter, arrow_schema, build_table


def read_rows(path: Path, table: str, issues: Sequence[str]) -> pa.Table:
    """The rows of some issues, in the order in which they stand; none where the file holds none of them."""
    wanted = sorted(issues)
    with pq.ParquetFile(path) as file:
        column = file.schema_arrow.get_field_index("issue_id")
        groups = [
            group
            for group in range(file.metadata.num_row_groups)
            if _overlaps(file.metadata.row_group(group).column(column).statistics, wanted)
        ]
        rows = file.read_row_groups(groups)
    kept = rows.filter(pc.is_in(rows["issue_id"], value_set=pa.array(wanted, pa.string())))
    return _with_schema(kept, table)


def _overlaps(statistics: Any, wanted: Sequence[str]) -> bool:
    """Whether a row group may hold an issue; without statistics it may."""
    if statistics is None or not statistics.has_min_max:
        return True
    return any(statistics.min <= issue <= statistics.max for issue in wanted)


def _with_schema(rows: pa.Table, table: str) -> pa.Table:
    return pa.Table.from_arrays(rows.columns, schema=arrow_schema(table))


def read_batch(paths: Mapping[str, Path]) -> dict[str, pa.Table]:
    """All rows of a batch, by table."""
    tables = {}
    for table, path in paths.items():
        with pq.ParquetFile(path) as file:
            tables[table] = _with_schema(file.read(), table)
    return tables


def merge_batches(
    folder: Path, out: str | os.PathLike[str], batches: Iterable[Mapping[str, pa.Table]], refused: Sequence[Reject]
) -> None:
    """Write batches, in the order of their issues, as one file per table, flushed; one batch is in memory at a time.

    `OutputError`, which names `out`, where the folder cannot be written.
    """
    with TableWriter(folder, out) as writer:
        if refused:
            writer.add({"rejects": build_table("rejects", refused)})
        for tables in batches:
            writer.add(tables)
        writer.finish()


def write_refused(path: Path, out: str | os.PathLike[str], refused: Sequence[Reject]) -> None:
    """Write a part of `rejects` for paths that gave no document, flushed."""
    with TemporaryDirectory(dir=path.parent.parent, prefix=".refused-") as folder:
        merge_batches(Path(folder), out, (), refused)
        os.replace(Path(folder) / "rejects.parquet", path)
