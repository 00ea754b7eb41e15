"""The analyst's desk: written tables as pandas frames, one figure's evidence, SQL, and one concept over documents.

Needs a folder of tables; gives frames whose columns stay what they are in Parquet (dates, nullable integers, lists),
with closed vocabularies as categories. A table is read when it is first asked for.

Why not `dataset.TABLES` for the names of tables and vocabularies: it loads the records and with them the whole grammar,
and reading needs none of it. A test compares what stands here with the models.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from extract.evidence import Evidence, build_evidence
from extract.folders import DeskError, Folder, NoTableError, UnknownRecordError
from extract.frames import build_frame, in_region, parse_period, without_decimals

if TYPE_CHECKING:
    import duckdb

RECORDS = ("targets", "growth_rates", "project_counts", "shares", "rankings", "levels")
"""The tables whose rows are figures."""

CATEGORIES = frozenset(
    [
        "basis", "comparator", "direction", "kind", "measure", "modality", "precision", "role", "source", "stage",
        "status", "table",
    ]
)  # fmt: skip
"""Columns of a closed vocabulary, and the name of the table in frames that stack several."""

COMPARED = (
    "concept", "region", "region_code", "year", "table", "value", "value_high", "unit", "base_value", "base_unit",
    "comparator", "direction", "measure", "modality", "period_start", "period_end", "document", "document_year",
    "issue_id", "indicator", "figure", "record_id",
)  # fmt: skip


class Desk:
    """The tables of one folder; `desk.targets` and `desk["targets"]` are the same frame, read once.

    Errors are `DeskError`: `NoTableError` for a table that is not there, others for one that cannot be read.
    """

    issues: pd.DataFrame
    articles: pd.DataFrame
    sentences: pd.DataFrame
    numerals: pd.DataFrame
    targets: pd.DataFrame
    growth_rates: pd.DataFrame
    project_counts: pd.DataFrame
    shares: pd.DataFrame
    rankings: pd.DataFrame
    levels: pd.DataFrame
    events: pd.DataFrame
    event_participants: pd.DataFrame
    people: pd.DataFrame
    checks: pd.DataFrame
    rejects: pd.DataFrame

    def __init__(self, path: str | os.PathLike[str], raw: str | os.PathLike[str] | None = None) -> None:
        self._folder = Folder(path, tuple(Desk.__annotations__))
        self._raw = None if raw is None else Path(raw)
        self._tables: dict[str, pa.Table] = {}
        self._frames: dict[str, pd.DataFrame] = {}
        self._connection: duckdb.DuckDBPyConnection | None = None

    @property
    def folder(self) -> str:
        """The folder, or its address, as it was given."""
        return self._folder.path

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of the tables that are there, in the order of the data dictionary."""
        return tuple(self._folder.files)

    def arrow(self, table: str) -> pa.Table:
        """A table as Arrow, its columns with `description` and `unit` as metadata."""
        if table not in self._tables:
            self._tables[table] = self._folder.read(table)
        return self._tables[table]

    def __getitem__(self, table: str) -> pd.DataFrame:
        if table not in self._frames:
            self._frames[table] = build_frame(self.arrow(table), CATEGORIES)
        return self._frames[table]

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in Desk.__annotations__:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return self[name]

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.tables})

    def __repr__(self) -> str:
        lines = [f"Desk of {self.folder}"]
        for table in self.tables:
            try:
                lines.append(f"  {table:18} {self._folder.count(table):>9,}")
            except DeskError as error:
                lines.append(f"  {table:18} {error.message}")
        return "\n".join(lines)

    def columns(self, table: str) -> pd.DataFrame:
        """What the columns of a table hold, one row per column: its type, unit and meaning."""
        fields = list(self.arrow(table).schema)
        notes = [{key.decode(): text.decode() for key, text in (field.metadata or {}).items()} for field in fields]
        return pd.DataFrame(
            {
                "column": [field.name for field in fields],
                "type": [str(field.type) for field in fields],
                "unit": [note.get("unit", "") for note in notes],
                "meaning": [note.get("description", "") for note in notes],
            }
        )

    def figure(self, record_id: str) -> Evidence:
        """The evidence of one figure; `UnknownRecordError` where no record table holds that id."""
        for table in RECORDS:
            for record in self._rows(table, record_id=record_id):
                issue_id, article_id = record["issue_id"], record["article_id"]
                sentence = {"issue_id": issue_id, "char_start": record["sentence_start"]}
                return build_evidence(
                    table,
                    record,
                    issues=self._rows("issues", issue_id=issue_id),
                    articles=self._rows("articles", article_id=article_id),
                    sentences=self._rows("sentences", **sentence),
                    checks=[row for row in self._rows("checks") if record_id in row["record_ids"]],
                    raw=self._raw,
                )
        message = f"no record {record_id!r}; ids are <issue_id>:<start>-<end>, list them with: extract figures"
        raise UnknownRecordError(message, reason="no_record", path=self.folder)

    def _rows(self, table: str, **wanted: object) -> list[dict[str, Any]]:
        """The rows equal to `wanted`; none where the folder lacks the table."""
        if table not in self.tables:
            return []
        rows = self.arrow(table)
        for column, value in wanted.items():
            rows = rows.filter(pc.equal(rows[column], value))
        found: list[dict[str, Any]] = rows.to_pylist()
        return found

    def figures(
        self,
        *,
        concept: str | None = None,
        indicator: str | None = None,
        region: str | None = None,
        period: str | int | None = None,
        table: str | None = None,
    ) -> pd.DataFrame:
        """The figures of all record tables, or of one, that fit; one row per figure, in the order of the text.

        `concept` is a key such as `gdp`, `indicator` a part of the words, `region` a name as in the tables or the first
        digits of a GB/T 2260 code. `period` is `2023`, `2023-06`, `2023-06-15` or `2021..2025` and keeps figures whose
        period lies inside; `DeskError` for another form.
        """
        return build_frame(self._select(concept, indicator, region, period, table), CATEGORIES)

    def _select(
        self,
        concept: str | None,
        indicator: str | None = None,
        region: str | None = None,
        period: str | int | None = None,
        table: str | None = None,
    ) -> pa.Table:
        if table is not None and table not in RECORDS:
            message = f"{table} holds no figures; take one of {', '.join(RECORDS)}"
            raise NoTableError(message, reason="no_table", path=self.folder)
        first, last = (None, None) if period is None else parse_period(str(period))
        parts = []
        for name in RECORDS if table is None else (table,):
            if name not in self.tables and table is None:
                continue
            rows = self.arrow(name)
            wanted = [
                pc.equal(rows["concept"], concept) if concept else None,
                pc.match_substring(rows["indicator"], indicator) if indicator else None,
                in_region(rows, region) if region else None,
                pc.greater_equal(rows["period_start"], pa.scalar(first)) if first else None,
                pc.less_equal(rows["period_end"], pa.scalar(last)) if last else None,
            ]
            masks = [mask for mask in wanted if mask is not None]
            rows = rows.filter(reduce(pc.and_, masks)) if masks else rows
            parts.append(rows.add_column(0, "table", pa.array([name] * len(rows), pa.string())))
        if not parts:
            message = "no table of figures here; write the tables with: extract run"
            raise NoTableError(message, reason="no_table", path=self.folder)
        stacked = pa.concat_tables(parts, promote_options="default")
        return stacked.sort_by([("issue_id", "ascending"), ("char_start", "ascending")])

    def compare(self, concept: str, *, region: str | None = None) -> pd.DataFrame:
        """The figures of one concept over documents and years, one row per figure, by region, table, unit and year.

        `year` is that of the period's last day, `document` and `document_year` those of the issue. Empty where no
        figure has the concept.
        """
        rows = self._select(concept, region=region)
        issues = {row["issue_id"]: row for row in self._rows("issues")}
        documents = [issues.get(issue_id, {}) for issue_id in rows["issue_id"].to_pylist()]
        rows = rows.append_column("year", pc.year(rows["period_end"]).cast(pa.int32()))
        for column, kind in (("title", pa.string()), ("year", pa.int32())):
            name = "document" if column == "title" else "document_year"
            rows = rows.append_column(name, pa.array([document.get(column) for document in documents], kind))
        rows = rows.select([column for column in COMPARED if column in rows.column_names])
        order = ("region_code", "region", "table", "base_unit", "year", "document_year", "record_id")
        return build_frame(rows.sort_by([(column, "ascending") for column in order]), CATEGORIES)

    def sql(self, query: str, parameters: Sequence[object] | None = None) -> pd.DataFrame:
        """The answer of DuckDB to a query over the tables, a view each; `?` in it stand for `parameters`.

        A statement that answers nothing gives an empty frame. `DeskError` where DuckDB is not installed or the query
        names a table that cannot be read; errors of the query itself are DuckDB's own.
        """
        try:
            import duckdb
        except ImportError as error:
            raise DeskError("a library is missing: pip install gazette-extract[sql]", reason="not_installed") from error
        if self._connection is None:
            self._connection = duckdb.connect()
        unread = {}
        for table in self.tables:
            try:
                self._connection.register(table, self._folder.scan(table))
            except DeskError as error:
                unread[table] = error
        try:
            answer = self._connection.sql(query, params=parameters)
            return build_frame(without_decimals(pa.table({}) if answer is None else answer.to_arrow_table()))
        except duckdb.CatalogException:
            for table, problem in unread.items():
                if table in query:
                    raise problem from None
            raise


def open(path: str | os.PathLike[str], *, raw: str | os.PathLike[str] | None = None) -> Desk:
    """The desk of a folder of tables: a path here, or an address of fsspec such as `s3://bucket/out`.

    `raw` is the folder of the raw files, if figures are to be found by their line. `DeskError` where the folder is not
    there or holds no tables.
    """
    return Desk(path, raw)
