"""A position in an ordering."""

from __future__ import annotations

from extract.models import described
from extract.records.base import Fact


class Ranking(Fact):
    """A position in an ordering."""

    among: str | None = described("Region or set ranked within", example="河南省")
