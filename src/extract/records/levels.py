"""Any other measured quantity, stock or flow."""

from __future__ import annotations

from extract.records.base import Fact


class Level(Fact):
    """Any other measured quantity, stock or flow."""
