"""Draws the checks for a proof-reader: the disagreements with article and line, and what was not compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.table import Table
from rich.text import Text

from extract.proof import Place, coverage_line, disagreements, find_declined, read_checks, read_texts

MOST = 20
"""Disagreements a run's closing summary lists; `extract checks` lists them all."""


def draw_disagreements(folder: Path, raw: Sequence[Path] = (), most: int | None = None) -> Iterator[Table | Text]:
    """The table of disagreements of a dataset's folder, then how many figures are covered.

    `raw` are folders of the raw texts or the texts themselves, for the lines. Raises `FileNotFoundError` where a table
    is missing.
    """
    tables = read_checks(folder)
    issues = sorted({row["issue_id"] for row in tables["checks"]})
    texts = {name: text for place in raw for name, text in read_texts(_folder_of(place), issues).items()}
    found = disagreements(tables, texts)
    if found:
        table = Table(title="Printed figures that do not agree", title_justify="left")
        for name in ("what to ask the author", "as printed", "article", "line"):
            table.add_column(name, overflow="fold")
        for row in found[:most]:
            table.add_row(
                Text(f"{row.question}: {row.indicator or ''}"),
                Text(row.expression),
                Text("\n".join(dict.fromkeys(place.article or row.issue_id for place in row.places))),
                Text("\n".join(dict.fromkeys(_line(place) for place in row.places))),
            )
        yield table
        if most is not None and len(found) > most:
            yield Text(f"and {len(found) - most} more: extract checks {folder}")
    yield Text(coverage_line(tables))


def draw_declined(folder: Path) -> Table:
    """What was not compared, and why: one row per kind and reason, with the first few figures."""
    tables = read_checks(folder)
    groups: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for _, declined in find_declined(tables):
        groups.setdefault((declined.kind, declined.reason), []).append(declined.record_ids)
    table = Table(title="Not compared, and why", title_justify="left")
    for name in ("kind", "reason", "times", "figures"):
        table.add_column(name, overflow="fold", justify="right" if name == "times" else "left")
    for (kind, reason), ids in sorted(groups.items()):
        table.add_row(kind, Text(reason), str(len(ids)), Text("\n".join(" ".join(row[:4]) for row in ids[:3])))
    return table


def _folder_of(place: Path) -> Path:
    return place if place.is_dir() else place.parent


def _line(place: Place) -> str:
    return f"@{place.offset}" if place.line is None else str(place.line)
