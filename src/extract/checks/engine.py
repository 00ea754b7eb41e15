"""Stage: the rows of the record tables in, checks out.

Every relation takes its candidates from an index of the facts and yields claims, or why it makes none; here they are
judged, put in order and made unique.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.checks.averages import find_averages
from extract.checks.claims import Declined, judge
from extract.checks.facts import Sheet
from extract.checks.growth import find_growth
from extract.checks.partitions import find_partitions
from extract.checks.ratios import find_ratios
from extract.checks.repeats import find_repeats
from extract.checks.sums import find_sums

RELATIONS = (find_ratios, find_sums, find_partitions, find_averages, find_growth, find_repeats)


@dataclass(frozen=True, slots=True)
class ChecksResult:
    """The rows of `checks`, sorted by the place of the stated figure, and what was declined, with reasons."""

    checks: list[dict[str, Any]]
    declined: list[Declined]


def find_checks(rows: Mapping[str, Sequence[Mapping[str, Any]]], issue_id: str) -> ChecksResult:
    """Recompute every printed figure of an issue that others determine.

    `rows` is the record tables by name, each a list of rows with all columns of the contract; other tables are
    ignored. Never raises on figures, however strange: what cannot be compared is declined.
    """
    sheet = Sheet(rows)
    declined = [Declined("record", reason, (row["record_id"],)) for reason, row in sheet.unreadable]
    checks: dict[str, dict[str, Any]] = {}
    places = {fact.id: fact.order for fact in sheet.facts}
    for relation in RELATIONS:
        for claim in relation(sheet):
            outcome = claim if isinstance(claim, Declined) else judge(claim)
            if isinstance(outcome, Declined):
                declined.append(outcome)
            else:
                checks.setdefault(outcome["check_id"], outcome | {"issue_id": issue_id})
    ordered = sorted(checks.values(), key=lambda row: (places[row["record_ids"][-1]], row["check_id"]))
    return ChecksResult(ordered, declined)


def covered(checks: Iterable[Mapping[str, Any]]) -> set[str]:
    """The records that stand in at least one check."""
    return {record for row in checks for record in row["record_ids"]}
