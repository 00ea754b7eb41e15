"""What a relation says: a claim, that one printed figure follows from others, or why no claim can be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from hashlib import sha256
from typing import Any

from extract.checks.facts import Fact
from extract.checks.intervals import ZERO, Interval


@dataclass(frozen=True, slots=True)
class Claim:
    """A printed figure and what others make of it, both in base units; `paper` is the left side of the sum.

    `bounds` replaces those of the stated figure where its comparator says nothing here.
    """

    kind: str
    facts: tuple[Fact, ...]
    stated: Fact
    derived: Interval
    paper: str
    bounds: Interval | None = None


@dataclass(frozen=True, slots=True)
class Declined:
    """Figures that look as if they determined each other, and why they are not compared."""

    kind: str
    reason: str
    record_ids: tuple[str, ...]


def decline(kind: str, reason: str, *facts: Fact) -> Declined:
    """Why the figures are not compared."""
    return Declined(kind, reason, tuple(fact.id for fact in facts))


def judge(claim: Claim) -> dict[str, Any] | Declined:
    """The row of `checks` for a claim, or why it cannot be judged.

    `stated`, `derived`, `difference` and `tolerance` are in the unit in which the stated figure is printed.
    """
    facts = (*claim.facts, claim.stated)
    if claim.bounds is None and claim.stated.is_compared and any(fact.is_compared for fact in claim.facts):
        return decline(claim.kind, "comparators on both sides", *facts)
    try:
        return _row(claim)
    except ArithmeticError:
        return decline(claim.kind, "the figures are too far apart to be written side by side", *facts)


def _row(claim: Claim) -> dict[str, Any]:
    facts = (*claim.facts, claim.stated)
    interval, factor = claim.bounds or claim.stated.interval, claim.stated.numeral.factor
    stated, derived = interval.value / factor, claim.derived.value / factor
    tolerance = claim.derived.slack(interval) / factor
    agrees = abs(stated - derived) <= tolerance
    kind = "contradiction" if claim.kind == "repeat" and not agrees else claim.kind
    ids = [fact.id for fact in facts]
    return {
        "check_id": f"{kind}:{sha256('|'.join(ids).encode()).hexdigest()[:12]}",
        "issue_id": claim.stated.row["issue_id"],
        "kind": kind,
        "status": "agrees" if agrees else "differs",
        "stated": _number(stated),
        "derived": _number(derived),
        "difference": _number(stated - derived),
        "tolerance": _number(tolerance),
        "expression": _expression(claim, derived, agrees),
        "record_ids": ids,
    }


def _number(value: Decimal) -> float:
    return float(round(value, 9))


def _expression(claim: Claim, derived: Decimal, agrees: bool) -> str:
    fact = claim.stated
    exact = derived == fact.interval.value / fact.numeral.factor
    if claim.kind == "repeat":
        return f"{claim.paper} {'=' if exact else '~' if agrees else '≠'} {printed(fact)}"
    if exact:
        return f"{claim.paper} = {printed(fact)}"
    shown = _shown(derived, fact)
    return f"{claim.paper} = {shown} {'~' if agrees else '≠'} {printed(fact)}"


def _shown(value: Decimal, like: Fact) -> str:
    """A computed value to one digit more than the figure it is compared with, or to as many as tell them apart."""
    stated = like.interval.value / like.numeral.factor
    for digits in range(like.numeral.digits + 1, like.numeral.digits + 5):
        rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)
        if rounded != stated:
            break
    text = f"{rounded:f}".rstrip("0").rstrip(".")
    return f"{text}{like.row['unit'] or ''}"


_WORDS = {">": "超", ">=": "不低于", "<": "不足", "<=": "不超过", "~": "约"}


def printed(fact: Fact) -> str:
    """The figure as printed, its comparator as a word before it, a fall with its sign."""
    sign = "-" if fact.table == "growth_rates" and fact.row["base_value"] < 0 else ""
    if fact.table == "rankings":
        return f"第{fact.figure}位"
    inside = any(word in fact.figure for word in "余多")
    word = "" if inside else _WORDS.get(fact.row["comparator"], "")
    return f"{word}{sign}{fact.figure}"


def signed(fact: Fact) -> Interval:
    """The figure's bounds with the sign of its change."""
    interval = fact.interval
    if fact.row["base_value"] >= 0:
        return interval
    return Interval(-interval.high, -interval.value, -interval.low)


def total(facts: Sequence[Fact]) -> Interval:
    """The sum of the figures."""
    result = Interval.around(ZERO)
    for fact in facts:
        result += fact.interval
    return result
