"""What a run says when it is done: lines of plain text, the same on a terminal and in a log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.dataset import TABLES
from extract.models import Reject
from extract.run import RunReport

LISTED = 50
"""As many issues are listed one by one; beyond it, their totals."""


def summary_lines(report: RunReport) -> Iterator[str]:
    """Rows per issue and table and the coverage of the ledger."""
    if 1 < len(report.issues) <= LISTED:
        for issue in report.issues:
            counts = ", ".join(f"{table} {rows:,}" for table, rows in zip(TABLES, issue.rows, strict=True) if rows)
            yield f"{issue.issue_id}: {counts}; ledger {coverage(issue.coverage)}"
        yield ""
    if report.issues:
        yield report.issues[0].issue_id if len(report.issues) == 1 else f"{len(report.issues):,} issues"
        yield from _block(report)
        yield ""


def closing_line(report: RunReport) -> str:
    """What became of the inputs."""
    refused = f"; {len(report.rejects):,} rejected" if report.rejects else ""
    if report.written:
        return f"{len(report.issues):,} issue{'s' if len(report.issues) != 1 else ''} written to {report.out}{refused}"
    return f"nothing written, the tables in {report.out} stay as they were{refused}"


def _block(report: RunReport) -> Iterator[str]:
    columns = zip(*(issue.rows for issue in report.issues), strict=True)
    totals = dict(zip(TABLES, map(sum, columns), strict=True)) | {"rejects": len(report.rejects)}
    width = max(map(len, TABLES))
    for table, rows in totals.items():
        yield f"  {table:{width}} {rows:>9,}"
    found = tuple(sum(numbers) for numbers in zip(*(issue.coverage for issue in report.issues), strict=True))
    yield f"  {'ledger':{width}} {coverage((found[0], found[1]))}"


def coverage(numbers: tuple[int, int]) -> str:
    """How many runs of digits of the text have a role.

    >>> coverage((197, 200))
    '197 of 200 runs of digits (98.5%)'
    >>> coverage((0, 0))
    '0 of 0 runs of digits'
    """
    found, total = numbers
    share = f" ({found / total:.1%})" if total else ""
    return f"{found:,} of {total:,} runs of digits{share}"


def reject_lines(rejects: Sequence[Reject]) -> Iterator[str]:
    """One line per rejection: file, place where there is one, what is wrong and what to do, and its codes."""
    for reject in rejects:
        place = "" if reject.char_start is None else f", at {reject.char_start}"
        yield f"rejected {reject.path or reject.issue_id}{place}: {reject.message} [{reject.stage}.{reject.reason}]"


def timing_lines(report: RunReport) -> Iterator[str]:
    """Seconds per stage, in the order in which the stages ran, and their sum."""
    width = max(map(len, report.timings), default=5)
    for stage, seconds in report.timings.items():
        yield f"  {stage:{width}} {seconds:8.3f} s"
    yield f"  {'total':{width}} {sum(report.timings.values()):8.3f} s"
