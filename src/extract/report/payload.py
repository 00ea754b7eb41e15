"""The tables packed for the page: columns instead of rows, and every string once.

A cell that holds text is a number, its place in `pool`, where 0 is null; a record's sentence and the sentence's own
row share one place. Figures stand in `marks`: per row of `sentences` a flat list of start, end, table and row, in the
UTF-16 units in which a browser counts.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from extract.dataset import TABLES
from extract.records import RECORD_TABLES
from extract.report.layout import lay_out
from extract.report.placing import Mark, place_marks
from extract.report.source import Source
from extract.schemas import purpose

MARKED = (*RECORD_TABLES, "numerals")
"""The tables whose rows are highlighted in the text, in the order in which `marks` counts them."""

Cell = tuple[int, int, int, int]
"""A figure to place: raw start, raw end, table (in `MARKED`), row."""


class Pool:
    """Every string once, in the order of first use; place 0 is null."""

    def __init__(self) -> None:
        self.strings: list[str | None] = [None]
        self._places: dict[str, int] = {}

    def place(self, text: str | None) -> int:
        """The place of a string, taken up where it is new."""
        if text is None:
            return 0
        place = self._places.get(text)
        if place is None:
            place = self._places[text] = len(self.strings)
            self.strings.append(text)
        return place


def build_payload(source: Source) -> dict[str, Any]:
    """What the page's script reads, as plain JSON values."""
    pool = Pool()
    marks, unplaced = find_marks(source.tables)
    codes = lay_out(source.tables["sentences"].to_pylist())
    tables = {name: pack_table(name, source.tables[name], pool) for name in TABLES}
    return {
        "version": source.version,
        "problems": [{"table": problem.table, "message": problem.message} for problem in source.problems],
        "marked": list(MARKED),
        "marks": marks,
        "unplaced": unplaced,
        "layout": codes,
        "tables": tables,
        "pool": pool.strings,
    }


def pack_table(name: str, table: pa.Table, pool: Pool) -> dict[str, Any]:
    """One table: what a row is, how many there are, and per column name, type, description, unit and cells."""
    columns = []
    for field in table.schema:
        metadata = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
        kind, cells = _pack(table[field.name], field.type, pool)
        columns.append(
            {
                "name": field.name,
                "type": kind,
                "description": metadata.get("description", ""),
                "unit": metadata.get("unit", ""),
                "cells": cells,
            }
        )
    return {"purpose": purpose(name), "rows": table.num_rows, "columns": columns}


def _pack(column: pa.ChunkedArray, arrow: pa.DataType, pool: Pool) -> tuple[str, list[Any]]:
    values = column.to_pylist()
    if pa.types.is_list(arrow):
        return "list", [None if row is None else [pool.place(_text(value)) for value in row] for row in values]
    if pa.types.is_floating(arrow):
        return "number", [_number(value) for value in values]
    if pa.types.is_integer(arrow):
        return "integer", values
    if pa.types.is_boolean(arrow):
        return "boolean", values
    return "date" if pa.types.is_date(arrow) else "text", [pool.place(_text(value)) for value in values]


def _text(value: Any) -> str | None:
    if isinstance(value, dt.date):
        return value.isoformat()
    return None if value is None else str(value)


def _number(value: float | None) -> float | int | None:
    """A finite number, whole ones without a point; JSON knows no others."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def find_marks(tables: Mapping[str, pa.Table]) -> tuple[list[list[int]], list[list[int]]]:
    """Per row of `sentences` the figures in it, and the records that stand in no sentence of that table.

    A record is highlighted at the whole of its figure; a numeral only where it lies in no record's figure.
    """
    sentences = tables["sentences"].select(["issue_id", "char_start", "char_end", "text"]).to_pydict()
    starts: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, (issue, start) in enumerate(zip(sentences["issue_id"], sentences["char_start"], strict=True)):
        if start is not None:
            starts[issue].append((start, row))
    inside: dict[int, list[Cell]] = defaultdict(list)
    surfaces: dict[tuple[int, int], str] = {}
    unplaced: list[list[int]] = []
    for number, name in enumerate(MARKED):
        printed = "surface" if name == "numerals" else "figure"
        columns = tables[name].select(["issue_id", "char_start", "char_end", printed]).to_pydict()
        for row, (issue, start, end, surface) in enumerate(zip(*columns.values(), strict=True)):
            sentence = _sentence_at(starts[issue], start) if start is not None else None
            if sentence is not None and end is not None and end <= sentences["char_end"][sentence] and surface:
                inside[sentence].append((start, end, number, row))
                surfaces[number, row] = surface
            elif name != "numerals":
                unplaced.append([number, row])
    marks: list[list[int]] = [[] for _ in sentences["text"]]
    for sentence, cells in inside.items():
        text, start = sentences["text"][sentence] or "", sentences["char_start"][sentence]
        placed, lost = _place(text, start, sentences["char_end"][sentence] - start, _outermost(cells), surfaces)
        marks[sentence] = placed
        unplaced += lost
    return marks, sorted(unplaced)


def _sentence_at(starts: Sequence[tuple[int, int]], offset: int) -> int | None:
    """The row of the sentence that starts last at or before an offset."""
    place = bisect_right(starts, (offset, len(starts) and starts[-1][1]))
    return starts[place - 1][1] if place else None


def _outermost(cells: Iterable[Cell]) -> list[Cell]:
    """The figures in order, without those that lie in one before: records first, the longer first."""
    numerals = MARKED.index("numerals")
    taken: list[Cell] = []
    for cell in sorted(cells, key=lambda cell: (cell[2] == numerals, cell[0], -cell[1])):
        if not any(cell[0] < other[1] and other[0] < cell[1] for other in taken):
            taken.append(cell)
    return sorted(taken)


def _place(
    text: str, start: int, length: int, cells: Sequence[Cell], surfaces: Mapping[tuple[int, int], str]
) -> tuple[list[int], list[list[int]]]:
    """The marks of one sentence as one flat list, and the records of it that were not found."""
    wanted = [Mark(low - start, high - start, surfaces[table, row]) for low, high, table, row in cells]
    flat: list[int] = []
    lost: list[list[int]] = []
    for span, (_, _, table, row) in zip(place_marks(text, length, wanted), cells, strict=True):
        if span is not None:
            flat += (_utf16(text, span[0]), _utf16(text, span[1]), table, row)
        elif MARKED[table] != "numerals":
            lost.append([table, row])
    return flat, lost


def _utf16(text: str, offset: int) -> int:
    """A code-point offset in UTF-16 units."""
    return offset if text.isascii() else len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
