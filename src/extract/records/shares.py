"""A part of a named whole."""

from __future__ import annotations

from extract.models import described
from extract.records.base import Fact


class Share(Fact):
    """A part of a named whole."""

    whole: str | None = described("The denominator as printed, null if only implied", example="全省")
