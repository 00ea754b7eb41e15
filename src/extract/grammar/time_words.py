"""The lexicon of time, `lexicon/calendar.toml`, as atoms and patterns.

Gives every fixed word (今年, 上半年, 月底, 同期) as an `Atom`, and the words around numbers (近…来, …年行动, 截至).
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import regex

from extract.grammar.calendar import DayShift, Form, Moment, MonthDays, SameSpan, Year

MonthDay = tuple[int, int]

ALONE, YEAR, PART, DAY, CLOCK = range(5)


class Atom(NamedTuple):
    """A piece of a time expression.

    `level` says what it can be joined to: a `YEAR` takes a `PART` of a year, that a `DAY`, that a `CLOCK` time;
    `ALONE` takes nothing. `years` are None where no year is named; `first` and `last` are month and day, the month 0
    where none is named. `form` is the meaning where it is not such a stretch of days.
    """

    level: int
    grain: str
    rule: str
    years: tuple[Year, Year] | None = None
    first: MonthDay = (1, 1)
    last: MonthDay = (12, 0)
    form: Form | None = None
    point: bool = False
    since: bool = False
    ahead: bool = False


class Word(NamedTuple):
    """A fixed word; `not_after` and `not_before` are characters beside which it is part of another word."""

    atom: Atom
    not_after: str
    not_before: str


class LapseWords(NamedTuple):
    """What stands around a number of years: senses by word before and after it, and the names it can be part of."""

    before: dict[str, str]
    not_after: dict[str, str]
    after: dict[str, str]
    after_pattern: regex.Pattern[str]
    names: dict[str, regex.Pattern[str]]
    measured_before: tuple[str, ...]
    measured_after: tuple[str, ...]


class PointWords(NamedTuple):
    """What makes a period the day it ends on: `always`, or one of `bare` at the start or after one of `bare_after`."""

    always: tuple[str, ...]
    bare: str
    bare_after: str


class WeekWords(NamedTuple):
    """Names of the week and its days, the words before it with their shift, and what shows another word."""

    names: tuple[str, ...]
    days: str
    shifts: dict[str, int]
    not_after: str
    not_before: str
    day_not_after: str
    day_before: str


class TimeWords(NamedTuple):
    """The whole lexicon; `endings` finds the last two characters of every fixed word."""

    words: dict[str, Word]
    endings: regex.Pattern[str]
    longest: int
    lapse: LapseWords
    plans: dict[str, tuple[int, int]]
    plan_time: regex.Pattern[str]
    plan_said: regex.Pattern[str]
    point: PointWords
    week: WeekWords
    day_parts: tuple[str, ...]
    centuries: dict[str, int]
    lunar: tuple[str, ...]
    eras: dict[str, int]


@cache
def load_time_words() -> TimeWords:
    """The packaged lexicon. Raises ValueError naming the surface when one stands twice."""
    return build_time_words(tomllib.loads(files("extract.lexicon").joinpath("calendar.toml").read_text("utf-8")))


def build_time_words(lexicon: dict[str, Any]) -> TimeWords:
    """A lexicon as read from TOML, as atoms and patterns.

    Raises ValueError when a surface stands in two entries, or when the lists of an entry differ in length.
    """
    words: dict[str, Word] = {}
    for kind in ("year", "part", "month", "third", "day", "moment"):
        for entry in lexicon[kind]:
            for surface, atom in zip(entry["surfaces"], _word_atoms(kind, entry), strict=True):
                if surface in words:
                    raise ValueError(f"calendar.toml: {surface} stands in two entries")
                words[surface] = Word(atom, entry.get("not_after", ""), entry.get("not_before", ""))
    plan, point, week = lexicon["plan"], lexicon["point"], lexicon["week"]
    return TimeWords(
        words=words,
        endings=regex.compile("".join(f"[{''.join(sorted({w[at] for w in words}))}]" for at in (-2, -1)), regex.V0),
        longest=max(map(len, words)),
        lapse=_lapse_words(lexicon["lapse"], lexicon["measure"]),
        plans={name: (first, last) for name, (first, last) in plan["years"].items()},
        plan_time=_any_of(plan["words"]["time"]),
        plan_said=_any_of(plan["words"]["other"]),
        point=PointWords(tuple(point["always"]), point["bare"], point["bare_after"]),
        week=WeekWords(**{**week, "names": tuple(week["names"])}),
        day_parts=tuple(lexicon["clock"]["parts"]),
        centuries=dict(lexicon["century"]),
        lunar=(*lexicon["lunar"]["calendars"], *lexicon["lunar"]["months"]),
        eras=dict(lexicon["eras"]),
    )


def _word_atoms(kind: str, entry: dict[str, Any]) -> Iterator[Atom]:
    """One atom per surface of an entry."""
    point = entry.get("point", False)
    if kind == "part":
        first, last = (tuple(day) for day in entry["days"])
        for _ in entry["surfaces"]:
            yield Atom(PART, entry["grain"], entry["rule"], None, first, last, point=point)
    elif kind == "third":
        form = MonthDays("context", 0, *entry["days"])
        for _ in entry["surfaces"]:
            yield Atom(DAY, "day" if point else "span", "word.month_part", form=form, point=point)
    elif kind == "moment":
        yield from (_moment(means) for means in entry["means"])
    else:
        yield from (_shifted(kind, entry["base"], shift) for shift in entry["shifts"])


def _moment(means: str) -> Atom:
    if means == "same":
        return Atom(PART, "span", "word.same", form=SameSpan())
    return Atom(ALONE, "day", f"word.{means}", form=Moment(means), point=True)


def _shifted(kind: str, base: Any, shift: int) -> Atom:
    if kind == "year":
        year = Year(base, shift)
        return Atom(YEAR, "year", "word.relative_year", (year, year))
    form: Form = MonthDays(base, shift) if kind == "month" else DayShift(base, shift)
    return Atom(PART if kind == "month" else DAY, kind, f"word.{kind}", form=form)


def _lapse_words(lapse: dict[str, Any], measure: dict[str, Any]) -> LapseWords:
    before = {word: sense for sense, words in lapse["before"].items() for word in words}
    after = {word: sense for sense, words in lapse["after"].items() for word in words}
    guards = lapse["not_before"]
    return LapseWords(
        before=before,
        not_after=lapse["not_after"],
        after=after,
        after_pattern=_any_of(after, lambda word: f"{word}(?![{guards[word]}])" if word in guards else word),
        names={name: _any_of(words) for name, words in lapse["names"].items()},
        measured_before=tuple(measure["before"]),
        measured_after=tuple(measure["after"]),
    )


def _any_of(words: Iterable[str], guarded: Callable[[str], str] = str) -> regex.Pattern[str]:
    """A pattern of all the words, the longest first."""
    return regex.compile("|".join(guarded(word) for word in sorted(words, key=len, reverse=True)))
