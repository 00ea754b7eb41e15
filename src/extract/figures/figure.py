"""A figure with its clause, and what is known of the passage it stands in."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.clauses import Left
from extract.context import Setting
from extract.document import Document
from extract.grammar.mentions import Period, Quantity
from extract.grammar.regions import RegionMention
from extract.mentions import Mentions

_COUNTS = frozenset(["count", "person", "household", "person_time"])


@dataclass(slots=True)
class Figure:
    """A quantity in its sentence. Spans are in the reading.

    `noun` is the span of what it measures, None when it had to be carried: then `subject` holds the words.
    `after` is the noun that follows the figure (100个 -> 项目), when one does. `named` is the place named last
    before 全县, 全市 or 全省, by their unit, for where the document does not say whose it is.
    """

    quantity: Quantity
    sentence: int
    setting: Setting
    left: Left
    after: tuple[int, int] | None
    next_start: int
    parallel: int = 0
    noun: tuple[int, int] | None = None
    subject: str | None = None
    topic: str | None = None
    period: Period | None = None
    period_text: str | None = None
    base_period: Period | None = None
    regions: list[RegionMention] = field(default_factory=list)
    named: dict[str, RegionMention] = field(default_factory=dict)
    of_change: bool = False
    source: Figure | None = None
    first: Figure | None = None
    among: list[RegionMention] = field(default_factory=list)
    among_set: tuple[int, int] | None = None
    aim: str | None = None
    threshold: Quantity | None = None
    carried: list[str] = field(default_factory=list)
    declined: list[str] = field(default_factory=list)
    role: str | None = None
    rule: str = ""

    @property
    def start(self) -> int:
        return self.quantity.start

    @property
    def end(self) -> int:
        return self.quantity.end

    @property
    def is_count(self) -> bool:
        """Whether the unit counts things or people, so that their name may follow it."""
        return self.quantity.base_unit in _COUNTS


@dataclass(slots=True)
class Carry:
    """What a later figure of the sentence or paragraph may take over."""

    subject: str | None = None
    period: Period | None = None
    regions: list[RegionMention] = field(default_factory=list)
    changes: bool = False
    now: bool = False
    figures: list[Figure] = field(default_factory=list)
    counted: dict[str | None, str] = field(default_factory=dict)


@dataclass(slots=True)
class Passage:
    """Where the reading stands: the document's layers, and what the paragraph has said so far.

    `period_starts` gives, for the end of every period, where it begins.
    `of_plan` says, for the end of a period, whether it is part of the name of a plan.
    `project` is the last full name of the projects counted, `counted` the last projects counted, staged or not.
    """

    text: str
    doc: Document
    mentions: Mentions
    settings: list[Setting]
    periods: list[Period]
    period_starts: dict[int, int]
    paragraph: Carry = field(default_factory=Carry)
    of_plan: dict[int, bool] = field(default_factory=dict)
    project: str | None = None
    counted: str | None = None
    block: int = -1
    article: int = -1
