"""Scores the grammar on the invented figure corpus, by the rules of the hand-made labels' scorer.

Needs items of `corpus.figures_loader`; gives a `Score`. A row of the record tables meets a label where their spans
overlap, each once, the same role preferred. A label may accept several roles; a row that meets no label is spurious
unless it lies on a numeral whose label accepts its role.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from corpus.figures_loader import ROLES, FigureItem, FigureLabel
from extract.document import Document, IssueHead
from extract.pipeline import Analysis, analyse_structure
from extract.records import ROLE_TABLES
from extract.structure import read_structure

COMMON = ("value", "unit", "comparator", "period", "region", "indicator")
EXTRA = {
    "growth_rate": ("basis",),
    "project_count": ("stage", "planned", "invest_min", "invest_max"),
    "target": ("measure",),
    "ranking": ("among",),
}
FACTS = frozenset(ROLES.values())
UNWRITTEN = dict.fromkeys(map(ord, " 　\n\r\t“”\"'‘’《》（）()的、，,"))


@dataclass(slots=True)
class Tally:
    """Counts of one role: labels, rows, pairs of both, pairs with every common field right, and the single fields."""

    labels: int = 0
    rows: int = 0
    hits: int = 0
    records: int = 0
    judged: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hits / (self.labels + self.rows) if self.hits else 0.0

    @property
    def record(self) -> float:
        """The share of labels whose row has every common field right."""
        return self.records / self.labels

    def add(self, other: Tally) -> None:
        """Take in the counts of another tally."""
        self.labels += other.labels
        self.rows += other.rows
        self.hits += other.hits
        self.records += other.records
        self.judged += other.judged
        self.right += other.right


@dataclass(slots=True)
class Score:
    """What the grammar reached: a tally per role, the numerals with the right role, and a line per disagreement."""

    roles: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    numerals: int = 0
    numerals_right: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def total(self) -> Tally:
        """All roles together."""
        total = Tally()
        for tally in self.roles.values():
            total.add(tally)
        return total

    @property
    def ledger(self) -> float:
        """The share of labelled numerals that the ledger gives the right role."""
        return self.numerals_right / self.numerals

    def field(self, name: str) -> float:
        """The share of pairs that have one field right."""
        total = self.total
        return total.right[name] / total.judged[name]


def read_item(item: FigureItem) -> Analysis:
    """The analysis of one passage, with the head, title and headings that its item gives."""
    doc = read_structure(Document(item.id, item.text))
    title = item.title or (f"{item.date.year - 1}年统计公报" if item.genre == "communique" else None)
    return analyse_structure(
        replace(
            doc,
            head=IssueHead(place=item.place, date=item.date, title=item.title),
            articles=tuple(replace(article, title=title) for article in doc.articles),
            blocks=tuple(replace(block, section=item.section + block.section) for block in doc.blocks),
        )
    )


def score_items(items: Iterable[FigureItem]) -> Score:
    """Read every item and compare it with its labels."""
    score = Score()
    for item in items:
        analysis = read_item(item)
        rows = [row | {"role": role} for role, table in ROLE_TABLES.items() for row in analysis.rows[table]]
        _score_records(score, item, rows)
        _score_ledger(score, item, analysis.ledger)
    return score


def _score_records(score: Score, item: FigureItem, rows: Sequence[Mapping[str, Any]]) -> None:
    facts = [label for label in item.labels if label.role in FACTS]
    pairs = match(facts, rows)
    for at, label in enumerate(facts):
        tally = score.roles[label.role]
        tally.labels += 1
        row = rows[pairs[at]] if at in pairs else None
        if row is None or row["role"] not in label.roles:
            score.misses.append(f"{_place(item, label)} is no {label.role} but {row and row['role']}")
            tally.rows += row is not None
            continue
        tally.rows += 1
        tally.hits += 1
        verdicts = judge(label, row)
        tally.records += all(verdicts[name] for name in COMMON)
        tally.judged.update(verdicts.keys())
        tally.right.update(name for name, right in verdicts.items() if right)
        if wrong := [f"{name} {row.get(name, row['period_text'])}" for name, right in verdicts.items() if not right]:
            score.misses.append(f"{_place(item, label)} ({row['rule']}): wrong {', '.join(wrong)}")
    for at, row in enumerate(rows):
        if at not in pairs.values() and not any(
            row["role"] in label.roles for label in item.labels if _meet(label, row)
        ):
            score.roles[row["role"]].rows += 1
            score.misses.append(f"{item.id}: {row['figure']} is no {row['role']} ({row['rule']})")


def _score_ledger(score: Score, item: FigureItem, ledger: Sequence[Mapping[str, Any]]) -> None:
    for label in item.labels:
        if label.role == "idiom":
            continue
        roles = {row["role"] for row in ledger if _meet(label, row)}
        score.numerals += 1
        score.numerals_right += bool(roles) and roles.issubset(label.roles)
        if label.role not in FACTS and not (roles and roles.issubset(label.roles)):
            score.misses.append(f"{_place(item, label)} is no {label.role} but {sorted(roles)}")


def match(labels: Sequence[FigureLabel], rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Pairs of a label and a row, each once: the accepted role first, then the largest overlap."""
    found = [
        (row["role"] in label.roles, min(label.end, row["char_end"]) - max(label.start, row["char_start"]), i, j)
        for i, label in enumerate(labels)
        for j, row in enumerate(rows)
        if _meet(label, row)
    ]
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(found, reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def judge(label: FigureLabel, row: Mapping[str, Any]) -> dict[str, bool]:
    """Which fields of a row are right; a role's own fields are judged where the row has the label's first role."""
    days = [row[name] and row[name].isoformat() for name in ("period_start", "period_end")]
    high = label.fields["value_high"]
    verdicts = {
        "value": any(_equal(row["value"], value) for value in accepted(label, "value"))
        and _equal(row["value_high"], high),
        "unit": squash(row["unit"]) in map(squash, accepted(label, "unit")),
        "comparator": row["comparator"] in accepted(label, "comparator"),
        "period": days in [period or [None, None] for period in accepted(label, "period")],
        "region": squash(row["region"]) in map(squash, accepted(label, "region")),
        "indicator": any(likeness(row["indicator"], name) >= 0.6 for name in accepted(label, "indicator")),
    }
    for name in EXTRA.get(label.role, ()) if row["role"] == label.role else ():
        if name.startswith("invest"):
            verdicts[name] = any(_equal(row[name], value) for value in accepted(label, name))
        else:
            verdicts[name] = row[name] in accepted(label, name)
    return verdicts


def accepted(label: FigureLabel, name: str) -> list[Any]:
    """Every value of a field that the label accepts, its own first."""
    return [label.fields.get(name), *label.alt.get(name, ())]


def likeness(printed: str | None, wanted: str | None) -> float:
    """The Dice coefficient of two phrases' pairs of characters, spaces, quotes and 的 left out."""
    first, second = squash(printed), squash(wanted)
    if first == second:
        return 1.0
    if len(first) < 2 or len(second) < 2:
        return float(bool(first and second) and (first in second or second in first))
    pairs = [Counter(pairwise(text)) for text in (first, second)]
    return 2 * sum((pairs[0] & pairs[1]).values()) / (sum(pairs[0].values()) + sum(pairs[1].values()))


def squash(text: str | None) -> str:
    """A phrase without spaces, quotes, brackets and 的."""
    return (text or "").translate(UNWRITTEN)


def _equal(value: float | None, wanted: str | int | None) -> bool:
    """Thirds are labelled with two decimals, hence the tolerance."""
    if value is None or wanted is None:
        return value is None and wanted is None
    return abs(value - float(wanted)) <= max(0.005, 1e-9 * abs(value)) if "." in str(wanted) else value == float(wanted)


def _meet(label: FigureLabel, row: Mapping[str, Any]) -> bool:
    return bool(row["char_start"] < label.end and label.start < row["char_end"])


def _place(item: FigureItem, label: FigureLabel) -> str:
    before = item.text[max(0, label.start - 12) : label.start].replace("\n", "/")
    return f"{item.id}: …{before}【{label.surface}】"
