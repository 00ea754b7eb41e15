"""The figures of the record tables, made ready for arithmetic: bounds, label, place in the sentence, keys.

Needs the rows of the record tables; gives a `Sheet` of facts with the indexes from which candidates are taken. A fact
knows the words between it and its neighbours, for these say which figure is part of which (占全市157家的49%).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import regex

from extract.checks.intervals import Interval, Numeral, read_numeral

TABLES = ("targets", "growth_rates", "project_counts", "shares", "rankings", "levels")
_SPACE = regex.compile(r"\s+")
_QUOTES = str.maketrans("", "", "“”‘’\"' 　\n\r\t的")
_CLAUSE_MARKS = regex.compile(r"[，；。：！？,;]")
_NEAR = regex.compile(r"(?:近|将近|接近)$")
_LESS = regex.compile(r"不足|不到|低于")


@dataclass(slots=True, eq=False)
class Fact:
    """One figure of the record tables. `before` runs from the figure before it in the sentence, `after` to the next."""

    row: Mapping[str, Any]
    table: str
    numeral: Numeral
    before: str = ""
    after: str = ""
    order: int = 0
    label: str = field(init=False)

    def __post_init__(self) -> None:
        self.label = bare_label(self.row["indicator"])

    @property
    def id(self) -> str:
        """The record's key."""
        return str(self.row["record_id"])

    @property
    def interval(self) -> Interval:
        """What the figure may stand for, in base units, without its sign."""
        return self.numeral.interval

    @property
    def clause(self) -> str:
        """The words of the figure's own clause before it."""
        return _CLAUSE_MARKS.split(self.before)[-1]

    @property
    def figure(self) -> str:
        """The figure as printed, without the spaces of the typesetter."""
        return _SPACE.sub("", str(self.row["figure"]))

    @property
    def key(self) -> str:
        """What is measured: the concept, or the label."""
        return str(self.row["concept"] or self.label)

    @property
    def unit(self) -> str:
        """The base unit."""
        return str(self.row["base_unit"])

    @property
    def region(self) -> str | None:
        """The place the figure is about."""
        region: str | None = self.row["region"]
        return region

    @property
    def code(self) -> str:
        """Its code, or an empty string."""
        return self.row["region_code"] or ""

    @property
    def article(self) -> str:
        """The article's key."""
        return str(self.row["article_id"])

    @property
    def sentence(self) -> tuple[str, int]:
        """The sentence's key."""
        return self.article, self.row["sentence_start"]

    @property
    def start(self) -> int:
        """Offset of the figure in the raw text."""
        return int(self.row["char_start"])

    @property
    def period(self) -> tuple[date | None, date | None]:
        """First and last day, or None twice."""
        return self.row["period_start"], self.row["period_end"]

    @property
    def year(self) -> int | None:
        """The year in which the whole period lies."""
        first, last = self.period
        return first.year if first and last and first.year == last.year else None

    @property
    def is_compared(self) -> bool:
        """Whether a comparator was printed with the figure."""
        return self.row["comparator"] != "="

    @property
    def is_amount(self) -> bool:
        """Whether the figure is an amount or a count, not a percentage or a position."""
        return self.table in ("levels", "project_counts") and self.unit not in ("%", "pp", "ratio")


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
        if row["base_value"] is None or row["base_unit"] is None:
            self.unreadable.append(("the figure has no unit", row))
        elif row["base_value_high"] is not None:
            self.unreadable.append(("the figure is a range", row))
        else:
            figure = _SPACE.sub("", row["figure"])
            numeral = read_numeral(figure, abs(row["base_value"]), row["base_unit"], row["comparator"])
            if numeral is None:
                self.unreadable.append(("the figure is no plain numeral", row))
            else:
                self.facts.append(Fact(row, table, numeral))

    @cached_property
    def sentences(self) -> dict[tuple[str, int], list[Fact]]:
        """The facts of each sentence, in order."""
        return _grouped(self.facts, lambda fact: fact.sentence)

    @cached_property
    def articles(self) -> dict[str, list[Fact]]:
        """The facts of each article, in order."""
        return _grouped(self.facts, lambda fact: fact.article)

    def of(self, *tables: str) -> Iterator[Fact]:
        """The facts of some tables, in order."""
        return (fact for fact in self.facts if fact.table in tables)

    def back(self, fact: Fact, reach: int = 0) -> Iterator[Fact]:
        """The facts before a fact: its sentence's, and the article's up to `reach` code points back; nearest first."""
        for index in range(fact.order - 1, -1, -1):
            other = self.facts[index]
            if other.article != fact.article:
                return
            if other.sentence != fact.sentence and fact.start - other.start > reach:
                return
            yield other


def _grouped(facts: Iterable[Fact], key: Any) -> dict[Any, list[Fact]]:
    groups: dict[Any, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[key(fact)].append(fact)
    return dict(groups)


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
    for index, fact in enumerate(group, 1):
        fact.before = sentence[edges[index - 1][1] : edges[index][0]]
        fact.after = sentence[edges[index][1] : edges[index + 1][0]]
