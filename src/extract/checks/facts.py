"""The figures of the record tables, made ready for arithmetic: bounds, label, place in the sentence, keys.

Needs the rows of the record tables; gives a `Sheet` of facts with the indexes from which candidates are taken. A fact
knows the words between it and its neighbours, for these say which figure is part of which (占全市160家的25%).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from math import isfinite
from typing import Any

from extract.checks.intervals import Interval, Numeral, read_numeral
from extract.patterns import Pattern

TABLES = ("targets", "growth_rates", "project_counts", "shares", "rankings", "levels")
AMOUNTS = ("levels", "project_counts")
FARTHEST = 64
Days = tuple[date | None, date | None]
_SPACE = Pattern(r"\s+")
_QUOTES = str.maketrans("", "", "“”‘’\"' 　\n\r\t的")
_CLAUSE_MARKS = "，；：。！？,;"


class Fact:
    """One figure of the record tables.

    `interval` is what it may stand for, in base units and without its sign; `key` is the concept, or the label; `year`
    is the year in which the whole period lies. `before` runs from the figure before it in the sentence, `clause` is
    what of it belongs to the figure's own clause, and `after` runs to the next figure; `text` is the whole sentence,
    bare as labels are.
    """

    __slots__ = (
        "after", "article", "before", "clause", "code", "figure", "id", "interval", "is_amount", "is_compared", "key",
        "label", "numeral", "order", "period", "region", "row", "sentence", "start", "table", "text", "unit", "year",
    )  # fmt: skip

    def __init__(self, row: Mapping[str, Any], table: str, figure: str, numeral: Numeral) -> None:
        self.row, self.table, self.numeral, self.figure = row, table, numeral, figure
        self.interval: Interval = numeral.interval
        self.id: str = row["record_id"]
        self.label = bare_label(row["indicator"])
        self.key: str = row["concept"] or self.label
        self.unit: str = row["base_unit"]
        self.region: str | None = row["region"]
        self.code: str = row["region_code"] or ""
        self.article: str = row["article_id"]
        self.sentence: tuple[str, int] = (self.article, row["sentence_start"])
        self.start: int = row["char_start"]
        first, last = row["period_start"], row["period_end"]
        self.period: Days = (first, last)
        self.year: int | None = first.year if first and last and first.year == last.year else None
        self.is_compared: bool = row["comparator"] != "="
        self.is_amount = table in AMOUNTS and self.unit not in ("%", "pp", "ratio")
        self.before = self.clause = self.after = self.text = ""
        self.order = 0


@lru_cache(maxsize=4096)
def bare_label(indicator: str | None) -> str:
    """An indicator without quotation marks, spaces and 的, so that spellings of one name meet.

    >>> bare_label("“三化”改造的项目")
    '三化改造项目'
    >>> bare_label(None)
    ''
    """
    return (indicator or "").translate(_QUOTES)


class Sheet:
    """The facts of one or more issues in the order of the text, with the indexes of the relations."""

    def __init__(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        self.facts: list[Fact] = []
        self.unreadable: list[tuple[str, Mapping[str, Any]]] = []
        for table in TABLES:
            for row in rows.get(table, ()):
                self._take(table, row)
        self.facts.sort(key=lambda fact: (fact.article, fact.start))
        for order, fact in enumerate(self.facts):
            fact.order = order
        for group in self.sentences.values():
            _place_words(group)

    def _take(self, table: str, row: Mapping[str, Any]) -> None:
        if row["base_value"] is None or row["base_unit"] is None or not isfinite(row["base_value"]):
            self.unreadable.append(("the figure has no unit", row))
        elif row["base_value_high"] is not None:
            self.unreadable.append(("the figure is a range", row))
        else:
            figure = _SPACE.sub("", row["figure"])
            numeral = read_numeral(figure, abs(row["base_value"]), row["base_unit"], row["comparator"])
            if numeral is None:
                self.unreadable.append(("the figure is no plain numeral", row))
            else:
                self.facts.append(Fact(row, table, figure, numeral))

    @cached_property
    def sentences(self) -> dict[tuple[str, int], list[Fact]]:
        """The facts of each sentence, in order."""
        return _grouped(self.facts, lambda fact: fact.sentence)

    @cached_property
    def scopes(self) -> dict[Any, list[Fact]]:
        """The facts of each article, table, place, period and unit, in order."""
        return _grouped(self.facts, scope_of)

    def of(self, *tables: str) -> Iterator[Fact]:
        """The facts of some tables, in order."""
        return (fact for fact in self.facts if fact.table in tables)

    def back(self, fact: Fact, reach: int = 0) -> Iterator[Fact]:
        """The facts before a fact, nearest first: its sentence's, and the article's up to `reach` code points back.

        At most `FARTHEST` of them: no text means a figure further off, and a sentence may be as long as a table.
        """
        for index in range(fact.order - 1, max(-1, fact.order - 1 - FARTHEST), -1):
            other = self.facts[index]
            if other.article != fact.article:
                return
            if other.sentence != fact.sentence and fact.start - other.start > reach:
                return
            yield other

    def beside(self, fact: Fact, distance: int) -> Fact | None:
        """The fact so many places before (negative) or behind a fact, where it stands in the same sentence."""
        index = fact.order + distance
        if not 0 <= index < len(self.facts) or self.facts[index].sentence != fact.sentence:
            return None
        return self.facts[index]


def scope_of(fact: Fact) -> tuple[object, ...]:
    """What figures that are added up have in common."""
    return fact.article, fact.table, fact.region, fact.period, fact.unit


def _grouped(facts: Iterable[Fact], key: Any) -> dict[Any, list[Fact]]:
    groups: dict[Any, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    return dict(groups)


def _clause(words: str) -> str:
    """What stands behind the last mark."""
    for mark in _CLAUSE_MARKS:
        words = words.rpartition(mark)[2]
    return words


def _place_words(group: list[Fact]) -> None:
    """Give the facts of one sentence the words around them.

    The sentence is printed without page breaks, the offsets count them: a figure stands at its offset, less at most
    as many characters as the sentence lost.
    """
    row = group[0].row
    sentence = _SPACE.sub("", row["sentence"])
    lost = max(0, row["sentence_end"] - row["sentence_start"] - len(sentence))
    spans: list[tuple[int, int]] = []
    at = 0
    for fact in group:
        figure = fact.figure
        start = sentence.find(figure, max(at, fact.start - row["sentence_start"] - lost))
        if start < 0:
            start = at
        at = start + len(figure)
        spans.append((start, at))
    edges = [(0, 0), *spans, (len(sentence), len(sentence))]
    text = bare_label(sentence)
    for index, fact in enumerate(group, 1):
        fact.text = text
        fact.before = sentence[edges[index - 1][1] : edges[index][0]]
        fact.clause = _clause(fact.before)
        fact.after = sentence[edges[index][1] : edges[index + 1][0]]
