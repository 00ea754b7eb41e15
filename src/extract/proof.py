"""What a proof-reader wants of the checks: the printed figures that do not agree, with article and line.

Needs the tables of a dataset's folder, and the raw texts where lines are wanted; gives one row per disagreement.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from extract.checks import Declined, covered, find_checks
from extract.records import RECORD_TABLES

Tables = Mapping[str, Sequence[Mapping[str, Any]]]
_WORDS = {
    "sum": "the parts do not make the printed total",
    "ratio": "the amounts do not give the printed rate",
    "share": "the amounts do not give the printed share",
    "growth": "the levels do not give the printed change",
    "average": "total and number do not give the printed average",
    "contradiction": "printed twice with different values",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure is printed; `line` from 1, None where the raw text is not at hand, and then the offset serves."""

    article: str | None
    line: int | None
    offset: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A printed figure and what others make of it; `places` in the order of the expression, the stated figure last."""

    issue_id: str
    kind: str
    indicator: str | None
    expression: str
    question: str
    places: tuple[Place, ...]


def read_checks(folder: str | PathLike[str]) -> dict[str, list[dict[str, Any]]]:
    """The tables `checks`, `articles` and the six of records, row by row, from a dataset's folder.

    Raises `FileNotFoundError` where a table is missing.
    """
    names = ("checks", "articles", *RECORD_TABLES)
    return {name: pq.ParquetFile(Path(folder) / f"{name}.parquet").read().to_pylist() for name in names}


def read_texts(folder: str | PathLike[str], issue_ids: Sequence[str]) -> dict[str, str]:
    """The raw texts of issues whose file stands in a folder, decoded; an issue without a file is left out."""
    from extract.issue import read_document

    paths = {issue_id: Path(folder) / f"{issue_id}.txt" for issue_id in issue_ids}
    return {issue_id: read_document(path).text for issue_id, path in paths.items() if path.is_file()}


def disagreements(tables: Tables, texts: Mapping[str, str] | None = None) -> list[Disagreement]:
    """The checks that differ, in the order of the stated figures; `texts` is raw texts by issue, for the lines."""
    records = {row["record_id"]: row for name in RECORD_TABLES for row in tables.get(name, ())}
    titles = {row["article_id"]: row["title"] for row in tables.get("articles", ())}
    newlines = {name: [i for i, c in enumerate(text) if c == "\n"] for name, text in (texts or {}).items()}

    def place(row: Mapping[str, Any]) -> Place:
        breaks = newlines.get(row["issue_id"])
        line = None if breaks is None else bisect_right(breaks, row["char_start"]) + 1
        return Place(titles.get(row["article_id"]), line, row["char_start"])

    found = []
    for check in tables.get("checks", ()):
        if check["status"] != "differs":
            continue
        rows = [records[record_id] for record_id in check["record_ids"]]
        found.append(
            Disagreement(
                check["issue_id"],
                check["kind"],
                rows[-1]["indicator"],
                check["expression"],
                _WORDS[check["kind"]],
                tuple(map(place, rows)),
            )
        )
    return sorted(found, key=lambda row: (row.issue_id, row.places[-1].offset))


def find_declined(tables: Tables) -> Iterator[tuple[str, Declined]]:
    """What was not compared, and why, with its issue; found anew from the record tables."""
    issues: dict[str, dict[str, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for name in RECORD_TABLES:
        for row in tables.get(name, ()):
            issues[row["issue_id"]][name].append(row)
    for issue_id, rows in sorted(issues.items()):
        for declined in find_checks(rows, issue_id).declined:
            yield issue_id, declined


def coverage_line(tables: Tables) -> str:
    """How many figures are covered by at least one check, and how many checks agree.

    >>> coverage_line({"checks": [{"status": "agrees", "record_ids": ["a", "b"]}], "levels": [{}, {}, {}, {}]})
    '1 check, 0 of them differ; 2 of 4 figures stand in at least one'
    """
    checks = tables.get("checks", ())
    figures = sum(len(tables.get(name, ())) for name in RECORD_TABLES)
    differ = sum(check["status"] == "differs" for check in checks)
    noun = "check" if len(checks) == 1 else "checks"
    return f"{len(checks):,} {noun}, {differ:,} of them differ; {len(covered(checks)):,} of {figures:,} figures stand in at least one"
