"""Stage: cells of tables in, rows of the record tables and claims for the ledger out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import inf
from typing import Any

from extract.cells import Cell
from extract.document import Document
from extract.grammar.concepts import find_concept
from extract.grammar.periods import scan_periods
from extract.grammar.region_context import RegionContext
from extract.grammar.regions import find_regions
from extract.grammar.units import unit_reading
from extract.grids import Grid, Piece, find_grids
from extract.patterns import Pattern
from extract.records.build import own_place
from extract.records.project_counts import STAGE_PATTERNS

Claim = tuple[int, int, str, str]

_RUN = Pattern(r"\d[\d,]*(?:\.\d+)?")
_BARE_YEAR = Pattern(r"(?:19|20)\d{2}$")
_ITEM = Pattern(r"(?:[附续]?表|专栏)?\s*（?(\d{1,3})(?:[.、．）:：\s-]|$)")
_TABLE = Pattern(r"(?:[附续]?表|专栏)\s*(\d{1,3}(?:-\d{1,3})?)")
_CLASS = Pattern(r"\s*+(?:[—–~-]|至)?\s*+\d*+\s*+(?:周?岁|及?以[上下内]|[万亿]?元(?:及?以[上下内]))")


def cell_row(cell: Cell, doc: Document, context: RegionContext, article_id: str) -> dict[str, Any]:
    """The common columns of a record, and those of its type; the sentence is the row of the table."""
    start, end = doc.reading.raw_span(cell.start, cell.end)
    block = doc.blocks[cell.block]
    row_start, row_end = doc.reading.raw_span(block.start, block.end)
    base_unit, factor = _conversion(cell.unit, cell.fact)
    region, code = _region(cell, context, doc.head.place)
    first, last = cell.period or (None, None)
    return {
        "record_id": f"{doc.issue_id}:{start}-{end}",
        "issue_id": doc.issue_id,
        "article_id": article_id,
        "indicator": cell.indicator,
        "concept": find_concept(cell.indicator),
        "value": float(cell.value),
        "value_high": None if cell.value_high is None else float(cell.value_high),
        "unit": cell.unit,
        "base_value": _scaled(cell.value, factor),
        "base_value_high": _scaled(cell.value_high, factor),
        "base_unit": base_unit,
        "comparator": cell.comparator,
        "period_start": first,
        "period_end": last,
        "period_text": cell.period_text if cell.period else None,
        "region": region,
        "region_code": code,
        "modality": cell.modality,
        "figure": doc.text[start:end],
        "char_start": start,
        "char_end": end,
        "sentence": doc.reading.text[block.start : block.end],
        "sentence_start": row_start,
        "sentence_end": row_end,
        "rule": cell.rule,
    } | _extras(cell, context, doc)


def _conversion(unit: str | None, fact: str) -> tuple[str | None, Fraction | None]:
    """The base unit and what one of the printed unit is in it; a rank is a position, no person."""
    reading = unit_reading(unit, 0) if unit is not None and fact != "ranking" else None
    return (reading.base, reading.factor) if reading is not None else (None, None)


def _scaled(value: Decimal | None, factor: Fraction | None) -> float | None:
    """The value in the base unit; infinite where no column of 64 bits holds it."""
    if value is None or factor is None:
        return None
    try:
        return float(Fraction(value) * factor)
    except OverflowError:
        return inf


def _region(cell: Cell, context: RegionContext, place: str | None) -> tuple[str | None, str | None]:
    if cell.region_name is None:
        return own_place(context, place)
    mentions = find_regions(cell.region_name, home=context.code)
    return context.resolve(mentions[0]) if mentions else (cell.region_name, None)


def _extras(cell: Cell, context: RegionContext, doc: Document) -> dict[str, Any]:
    if cell.role == "target":
        return {"measure": cell.measure, "invest_min": None, "invest_max": None}
    if cell.role == "growth_rate":
        direction = "up" if cell.value > 0 else "down" if cell.value < 0 else "flat"
        return {"direction": direction, "basis": cell.basis, "base_period_start": None, "base_period_end": None}
    if cell.role == "project_count":
        reference = doc.head.date
        ahead = cell.period is not None and reference is not None and cell.period[1] > reference
        planned = cell.modality == "planned" or ahead
        stage = _stage(cell.indicator or "")
        return {
            "stage": stage,
            "planned": planned,
            "invest_min": None,
            "invest_max": None,
            "modality": "planned" if planned else cell.modality,
        }
    if cell.role == "share":
        return {"whole": cell.whole}
    if cell.role == "ranking":
        mentions = find_regions(cell.among, home=context.code) if cell.among else []
        return {"among": context.resolve(mentions[0])[0] if mentions else None}
    return {}


def _stage(indicator: str) -> str:
    return next((stage for stage, pattern in STAGE_PATTERNS if pattern.search(indicator)), "listed")


def cell_claims(doc: Document, cells: Sequence[Cell]) -> list[Claim]:
    """Start, end, role and rule of the numerals in captions, heads and labels of tables: none of them is a figure.

    Numbers of tables and rows are ordinals, years and months dates, classes (60岁及以上) conditions, others names.
    """
    if not any(block.kind == "table_row" for block in doc.blocks):
        return []
    figures = sorted(cell.start for cell in cells)
    return sorted({claim for grid in find_grids(doc) for claim in _grid_claims(grid, figures)})


def _grid_claims(grid: Grid, figures: Sequence[int]) -> Iterator[Claim]:
    for piece in (*grid.captions, *(piece for row in grid.head_rows for piece in row.pieces)):
        yield from _piece_claims(piece)
    for row in grid.rows:
        for piece in row.pieces:
            if bisect_left(figures, piece.start) < bisect_left(figures, piece.end):
                break
            yield from _piece_claims(piece)


def _piece_claims(piece: Piece) -> Iterator[Claim]:
    """The claims on the numerals of one caption, head or label."""
    text = piece.text
    number = _TABLE.match(text) or _ITEM.match(text)
    if _BARE_YEAR.match(text):
        yield piece.start, piece.end, "date", "cell.year"
        return
    dates = [(period.start, period.end) for period in scan_periods(text)]
    for run in _RUN.finditer(text):
        start, end = run.span()
        role = "name"
        if number is not None and number.start(1) <= start < number.end(1):
            role = "ordinal"
        elif any(a <= start < b for a, b in dates):
            role = "date"
        elif _CLASS.match(text, end):
            role = "condition"
        yield piece.start + start, piece.start + end, role, f"cell.{role}"
