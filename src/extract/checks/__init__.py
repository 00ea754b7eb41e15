"""Figures that check each other: printed figures recomputed from other printed figures.

Needs the rows of the record tables; gives the rows of `checks` and what was declined, with reasons. A relation is one
module (`ratios`, `sums`, `averages`, `growth`, `repeats`); `intervals` carries half a unit of the last printed digit
through the arithmetic.
"""

from extract.checks.claims import Declined
from extract.checks.engine import ChecksResult, covered, find_checks

__all__ = ["ChecksResult", "Declined", "covered", "find_checks"]
