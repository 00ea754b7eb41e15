"""What a run says when it is done: lines of plain text, the same on a terminal and in a log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.dataset import TABLES
from extract.models import Reject
from extract.run import LISTED, RunReport


def summary_lines(report: RunReport) -> Iterator[str]:
    """Rows per issue and table and the coverage of the ledger."""
    if 1 < report.issue_count <= LISTED:
        for issue in report.issues:
            counts = ", ".join(f"{table} {rows:,}" for table, rows in zip(TABLES, issue.rows, strict=True) if rows)
            yield f"{issue.issue_id}: {counts}; ledger {coverage(issue.coverage)}"
        yield ""
    if report.issue_count:
        yield report.issues[0].issue_id if report.issue_count == 1 else f"{report.issue_count:,} issues"
        yield from _block(report)
        yield ""


def closing_line(report: RunReport) -> str:
    """What became of the inputs, and what was done for it."""
    refused = f"; {report.failed:,} rejected" if report.failed else ""
    if not report.written:
        return f"nothing written, the tables in {report.out} stay as they were{refused}"
    issues = f"{report.issue_count:,} issue{'s' if report.issue_count != 1 else ''}"
    if not report.published:
        return f"{report.out} is up to date: {issues}, none changed{refused}"
    changes = [f"{report.kept:,} unchanged"] if report.kept else []
    changes += [f"{report.removed:,} removed"] if report.removed else []
    done = f" ({report.done:,} read, {', '.join(changes)})" if changes else ""
    return f"{issues} written to {report.out}{done}{refused}"


def shard_line(report: RunReport, number: int, of: int) -> str:
    """What a shard did; it publishes nothing."""
    return (
        f"shard {number} of {of}: {report.done:,} read, {report.kept:,} were done before; "
        f"when all shards are done, run the command once more without --shard"
    )


def _block(report: RunReport) -> Iterator[str]:
    totals = dict(zip(TABLES, report.rows, strict=True)) | {"rejects": report.failed}
    width = max(map(len, TABLES))
    for table, rows in totals.items():
        yield f"  {table:{width}} {rows:>9,}"
    yield f"  {'ledger':{width}} {coverage(report.coverage)}"


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
