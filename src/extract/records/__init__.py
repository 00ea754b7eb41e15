"""The six record types; `RECORD_TABLES` is the only list of them."""

from __future__ import annotations

from extract.records.base import Fact
from extract.records.growth_rates import GrowthRate
from extract.records.levels import Level
from extract.records.project_counts import ProjectCount
from extract.records.rankings import Ranking
from extract.records.shares import Share
from extract.records.targets import Target

RECORD_TABLES: dict[str, type[Fact]] = {
    "targets": Target,
    "growth_rates": GrowthRate,
    "project_counts": ProjectCount,
    "shares": Share,
    "rankings": Ranking,
    "levels": Level,
}

ROLE_TABLES: dict[str, str] = {
    "target": "targets",
    "growth_rate": "growth_rates",
    "project_count": "project_counts",
    "share": "shares",
    "ranking": "rankings",
    "level": "levels",
}
