"""A change that has happened or is estimated."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from extract.models import described
from extract.records.base import Fact


class GrowthRate(Fact):
    """A change that has happened or is estimated."""

    direction: Literal["up", "down", "flat"] = described("Sign of the change", example="up")
    basis: Literal["yoy", "base", "unmarked"] = described("What it is measured against", example="yoy")
    base_period_start: dt.date | None = described("First day of the base period")
    base_period_end: dt.date | None = described("Last day of the base period")
