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

from extract.models import Article, Event

_LEAST_ALIKE = 0.6


def link_occasions(articles: Sequence[Article], events: Iterable[Event]) -> list[Article]:
    """The articles with `occasion_event_id` where the chronicle has a meeting of that day and of a like name."""
    by_day: dict[tuple[str, date], list[Event]] = defaultdict(list)
    for event in events:
        if event.source == "chronicle" and event.date is not None and event.title is not None:
            by_day[event.issue_id, event.date].append(event)
    return [_link(article, by_day) for article in articles]


def _link(article: Article, by_day: dict[tuple[str, date], list[Event]]) -> Article:
    if article.occasion is None or article.occasion_date is None:
        return article
    candidates = by_day.get((article.issue_id, article.occasion_date), [])
    best = max(candidates, key=lambda event: alikeness(article.occasion or "", event.title or ""), default=None)
    if best is None or alikeness(article.occasion, best.title or "") < _LEAST_ALIKE:
        return article
    return article.model_copy(update={"occasion_event_id": best.event_id})


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
