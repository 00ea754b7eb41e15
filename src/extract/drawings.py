"""The desk on a terminal: one figure's evidence and tables of figures, drawn with rich.

Text of a document is shown as text: no markup in it is obeyed, and no control character reaches the terminal.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from extract.evidence import Evidence, printable

if TYPE_CHECKING:
    import pandas as pd

    from extract.desk import Desk


def draw_evidence(evidence: Evidence) -> Text:
    """The words of `str(evidence)`, the figure in reverse."""
    text = Text(str(evidence))
    if evidence.mark:
        text.stylize("bold reverse", evidence.mark[0], evidence.mark[1] + 2)  # 【 and 】 stand around it
    return text


def draw_figures(figures: pd.DataFrame) -> Table:
    """One line per figure of `Desk.figures`: as printed, of what, when, where, how it was read, and its id."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    drawn.add_column("figure", justify="right", overflow="fold")
    for name in ("indicator", "concept", "period", "region", "read as", "record"):
        drawn.add_column(name, overflow="fold")
    for row in figures.astype(object).where(figures.notna(), None).to_dict("records"):
        drawn.add_row(*(Text(printable(cell)) for cell in _cells(row)))
    return drawn


def _cells(row: Mapping[Any, Any]) -> list[str]:
    comparator = "" if row["comparator"] == "=" else f"{row['comparator']} "
    days = [str(day) for day in (row["period_start"], row["period_end"]) if day is not None]
    figure = comparator + "".join(row["figure"].split())
    words = [row[name] or "" for name in ("indicator", "concept")]
    return [
        figure,
        *words,
        "\n".join(days),
        row["region"] or "",
        f"{row['table']}\n{row['modality']}",
        row["record_id"],
    ]


def none_found(desk: Desk, concept: str | None) -> str:
    """What to say where no figure fits: near keys where no figure has the concept at all, else to ask for less."""
    if concept is not None:
        known = sorted(set(desk.figures()["concept"].dropna()))
        if concept not in known:
            near = get_close_matches(concept, known, n=5, cutoff=0.5) or known[:12]
            return f"no figure has the concept {concept!r}; there are {', '.join(near) or 'none'}"
    return "no figure fits; leave out an option"
