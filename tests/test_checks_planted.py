"""Documents with planted errors: nothing but the planted differs, and nearly all of the planted is found."""

from __future__ import annotations

from extract.checks import find_checks
from extract.document import Document
from extract.pipeline import analyse
from planted import Planted, generate

DOCUMENTS = 60


def spans_of(planted: Planted, status: str | None) -> list[set[tuple[int, int]]]:
    """The spans of each check's figures, the checks of a status or all."""
    rows = analyse(Document("t", planted.text, "utf-8", "0" * 64)).rows
    checks = [row for row in find_checks(rows, "t").checks if status in (None, row["status"])]
    return [{_span(record_id) for record_id in row["record_ids"]} for row in checks]


def _span(record_id: str) -> tuple[int, int]:
    start, end = record_id.rpartition(":")[2].split("-")
    return int(start), int(end)


def test_planted_errors_are_found_and_nothing_else() -> None:
    planted_errors = found = 0
    for seed in range(DOCUMENTS):
        planted = generate(seed)
        differing = spans_of(planted, "differs")
        assert all(spans & planted.errors.keys() for spans in differing), f"seed {seed}"
        planted_errors += len(planted.errors)
        found += sum(any(span in spans for spans in differing) for span in planted.errors)
    assert planted_errors > 2 * DOCUMENTS
    assert found >= 0.98 * planted_errors


def test_planted_relations_are_checked() -> None:
    results = checked = 0
    for seed in range(DOCUMENTS, DOCUMENTS + 15):
        planted = generate(seed)
        figures = set().union(*spans_of(planted, None))
        results += len(planted.results)
        checked += len(figures & planted.results.keys())
    assert checked >= 0.98 * results


def test_one_seed_is_one_document() -> None:
    assert generate(7) == generate(7)
    assert generate(7).text != generate(8).text
