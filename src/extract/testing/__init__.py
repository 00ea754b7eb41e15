"""Invented issues of a party journal with their truth, for tests, for measuring speed, and for trying out a cluster.

`make_issue` gives one issue with every figure, event and article that was written into it; `write_issues` writes a
folder of them, and so does `python -m extract.testing FOLDER --count 2000`. Cities and counties are real, so that
their codes can be found; people, journals and figures are invented.

This is the only part of the package with randomness, and it comes from the seed alone: each issue has random numbers
of its own, `random.Random(seed)`, and neither clock, global state nor hash seed changes a byte of it.
"""

from __future__ import annotations

from pathlib import Path

from extract.testing.issue import DEFAULT_SIZE, SMALLEST_SIZE, make_issue
from extract.testing.truth import (
    PlantedError,
    SyntheticIssue,
    TruthArticle,
    TruthEvent,
    TruthFigure,
    TruthPerson,
)

__all__ = [
    "DEFAULT_SIZE",
    "SMALLEST_SIZE",
    "PlantedError",
    "SyntheticIssue",
    "TruthArticle",
    "TruthEvent",
    "TruthFigure",
    "TruthPerson",
    "make_issue",
    "write_issues",
]

_SEEDS_APART = 1_000_000


def write_issues(folder: str | Path, count: int, *, seed: int = 0, size: int = DEFAULT_SIZE, errors: int = 0) -> None:
    """Write `count` issues as `<issue_id>.txt` in UTF-8; the folder is made where it is missing.

    Issue k is `make_issue(seed * 1_000_000 + k)`, so that the folders of two seeds share no issue. Raises `ValueError`
    for a count under 0 or over a million.
    """
    if not 0 <= count <= _SEEDS_APART:
        raise ValueError(f"the count is {count}: take 0 to {_SEEDS_APART}")
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for k in range(count):
        issue = make_issue(seed * _SEEDS_APART + k, size=size, errors=errors)
        (target / f"{issue.issue_id}.txt").write_bytes(issue.text.encode("utf-8"))
