"""Rows of the record tables for the tests of checks: invented sentences, the columns filled as the extraction does."""

from __future__ import annotations

from datetime import date
from typing import Any

UNITS = {
    "亿元": ("CNY", 1e8), "万元": ("CNY", 1e4), "万亿元": ("CNY", 1e12), "%": ("%", 1.0), "个百分点": ("pp", 1.0),
    "个": ("count", 1.0), "家": ("count", 1.0), "项": ("count", 1.0), "位": ("rank", 1.0), "倍": ("ratio", 1.0),
}  # fmt: skip
EXTRA: dict[str, dict[str, Any]] = {
    "targets": {"measure": "level", "invest_min": None, "invest_max": None},
    "growth_rates": {"direction": "up", "basis": "yoy", "base_period_start": None, "base_period_end": None},
    "project_counts": {"stage": "listed", "planned": False, "invest_min": None, "invest_max": None},
    "shares": {"whole": None},
    "rankings": {"among": None},
    "levels": {},
}


class Sentences:
    """Sentences laid one behind another, and the rows of the figures named in them."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {table: [] for table in EXTRA}
        self.start = 0

    def add(self, sentence: str, *figures: tuple[Any, ...], article: int = 1, year: int | None = 2023) -> None:
        """A sentence; each figure is (table, printed, value, unit, indicator, further columns), in order."""
        at = 0
        for table, printed, value, unit, indicator, *more in figures:
            at = sentence.index(printed, at)
            self.rows[table].append(self._row(table, sentence, at, printed, value, unit, indicator, article, year))
            self.rows[table][-1].update(more[0] if more else {})
            at += len(printed)
        self.start += len(sentence) + 400

    def _row(
        self, table: str, sentence: str, at: int, printed: str, value: float, unit: str | None, indicator: str | None,
        article: int, year: int | None,
    ) -> dict[str, Any]:  # fmt: skip
        base_unit, factor = UNITS.get(unit or "", (None, 1.0))
        start, end = self.start + at, self.start + at + len(printed)
        return {
            "record_id": f"t:{start}-{end}",
            "issue_id": "t",
            "article_id": f"t/{article:02d}",
            "indicator": indicator,
            "concept": None,
            "value": value,
            "value_high": None,
            "unit": unit,
            "base_value": None if base_unit is None else value * factor,
            "base_value_high": None,
            "base_unit": base_unit,
            "comparator": "=",
            "period_start": date(year, 1, 1) if year else None,
            "period_end": date(year, 12, 31) if year else None,
            "period_text": None,
            "region": "和源市",
            "region_code": None,
            "modality": "actual",
            "figure": printed,
            "char_start": start,
            "char_end": end,
            "sentence": sentence,
            "sentence_start": self.start,
            "sentence_end": self.start + len(sentence),
            "rule": "test",
            **EXTRA[table],
        }
