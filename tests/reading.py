"""Short invented texts as the whole pipeline reads them: one row per figure, by its words."""

from __future__ import annotations

from datetime import date
from typing import Any

from extract.document import Document, IssueHead
from extract.pipeline import Analysis, analyse
from extract.records import ROLE_TABLES

AS_OF = date(2022, 3, 15)


def analyse_text(text: str, as_of: date = AS_OF, place: str = "湖州市") -> Analysis:
    """The analysis of a text that is dated and speaks of a place."""
    return analyse(Document("text", text), IssueHead(place=place, date=as_of))


def read_rows(text: str, as_of: date = AS_OF, place: str = "湖州市") -> dict[str, dict[str, Any]]:
    """Each figure of a record table with its row and its role, in reading order."""
    analysis = analyse_text(text, as_of, place)
    rows = [row | {"role": role} for role, table in ROLE_TABLES.items() for row in analysis.rows[table]]
    return {row["figure"]: row for row in sorted(rows, key=lambda row: row["char_start"])}


def read_column(text: str, column: str, place: str = "湖州市") -> dict[str, Any]:
    """Each figure of a record table with one column of its row."""
    return {figure: row[column] for figure, row in read_rows(text, place=place).items()}


def read_ledger(text: str) -> list[tuple[str, str]]:
    """Every numeral with its role, in reading order."""
    return [(row["surface"], row["role"]) for row in analyse_text(text).ledger]
