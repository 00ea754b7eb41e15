"""The link from an article to the meeting at which it was delivered.

Needs the rows of articles, with occasion and its date from the closing note, and of events; gives the articles with
the event's id. 甲会议第一次全体会议 stands in the chronicle as 甲会议; notes and chronicles write a meeting's name a
little differently.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from extract.models import Event

_LEAST_ALIKE = 0.6


def link_occasions(articles: Sequence[dict[str, Any]], events: Iterable[Event]) -> list[dict[str, Any]]:
    """The rows of articles, `occasion_event_id` set where the chronicle has a meeting of that day and a like name."""
    by_day: dict[tuple[str, date], list[Event]] = defaultdict(list)
    for event in events:
        if event.source == "chronicle" and event.date is not None and event.title is not None:
            by_day[event.issue_id, event.date].append(event)
    return [article | {"occasion_event_id": _find_occasion(article, by_day)} for article in articles]


def _find_occasion(article: dict[str, Any], by_day: dict[tuple[str, date], list[Event]]) -> str | None:
    occasion, day = article["occasion"], article["occasion_date"]
    if occasion is None or day is None:
        return None
    alike = [(alikeness(occasion, event.title or ""), event) for event in by_day.get((article["issue_id"], day), [])]
    score, best = max(alike, key=lambda pair: pair[0], default=(0.0, None))
    return best.event_id if best is not None and score >= _LEAST_ALIKE else None


def alikeness(one: str, other: str) -> float:
    """1.0 where one name contains the other, else the share of common character pairs (Dice coefficient).

    >>> alikeness("全县农业工作会议第一次全体会议", "全县农业工作会议")
    1.0
    >>> alikeness("全县农业工作会议", "县政府常务会议") < 0.6
    True
    """
    if one in other or other in one:
        return 1.0 if one and other else 0.0
    pairs_one, pairs_other = Counter(pairwise(one)), Counter(pairwise(other))
    total = pairs_one.total() + pairs_other.total()
    return 2 * (pairs_one & pairs_other).total() / total if total else 0.0
