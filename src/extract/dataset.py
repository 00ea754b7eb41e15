"""The dataset of one document: every table as a list of validated rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from extract import models
from extract.records import RECORD_TABLES

TABLES: dict[str, type[models.Row]] = {
    "issues": models.Issue,
    "articles": models.Article,
    "sentences": models.Sentence,
    "numerals": models.LedgerEntry,
    **RECORD_TABLES,
    "events": models.Event,
    "event_participants": models.Participant,
    "people": models.Person,
    "checks": models.Check,
    "rejects": models.Reject,
}


@cache
def row_adapter(table: str) -> TypeAdapter[list[models.Row]]:
    """What validates the rows of a table all at once."""
    model: Any = TABLES[table]
    return TypeAdapter(list[model])


@dataclass(frozen=True, slots=True)
class Dataset:
    """All tables of one document; `tables[name]` is a list of rows sorted by span.

    `coverage` is how many runs of digits of the raw text stand in the ledger, and how many there are.
    `timings` is seconds per stage, in the order of the stages; they are no part of the data.
    """

    tables: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in TABLES})
    coverage: tuple[int, int] = (0, 0)
    timings: dict[str, float] = field(default_factory=dict)

    def __getitem__(self, name: str) -> list[Any]:
        return self.tables[name]
