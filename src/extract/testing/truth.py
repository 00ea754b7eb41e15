"""What an invented issue holds for certain: its text, and every figure, event and article that was written into it.

Offsets are code points of the text, half-open, as everywhere. A field that a sentence leaves open is None.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class TruthFigure:
    """One figure: `text[char_start:char_end] == figure`; `role` is one of the six that make a record.

    `extras` holds the fields of its role that the sentence fixes (`basis`, `stage`, `planned`, `invest_min`, `whole`,
    `among`, `measure`), by name.
    """

    char_start: int
    char_end: int
    figure: str
    role: str
    indicator: str
    value: float
    unit: str | None
    comparator: str
    period_start: date | None
    period_end: date | None
    region: str
    modality: str
    template: str
    value_high: float | None = None
    extras: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class TruthPerson:
    """A person at an event."""

    name: str
    posts: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class TruthEvent:
    """One dated entry of the chronicle."""

    char_start: int
    char_end: int
    date: date
    kind: str
    title: str
    place: str | None
    participants: tuple[TruthPerson, ...]


@dataclass(frozen=True, slots=True)
class TruthArticle:
    """One printed piece."""

    char_start: int
    char_end: int
    kind: str
    title: str | None
    column: str | None = None
    authors: tuple[str, ...] = ()
    author_posts: tuple[str, ...] = ()
    page: int | None = None
    occasion: str | None = None
    occasion_date: date | None = None
    proofreader: str | None = None
    editor: str | None = None


@dataclass(frozen=True, slots=True)
class PlantedError:
    """A figure that is printed wrong: what the others make of it is `right`."""

    char_start: int
    char_end: int
    printed: float
    right: float


@dataclass(frozen=True, slots=True)
class SyntheticIssue:
    """An invented issue and its truth: figures, events and articles in the order of the text."""

    issue_id: str
    text: str
    figures: tuple[TruthFigure, ...]
    events: tuple[TruthEvent, ...]
    articles: tuple[TruthArticle, ...]
    errors: tuple[PlantedError, ...] = field(default=())
