"""Invented prose: sentences with figures and without, written onto a sheet that knows the place of every figure.

Needs an issue's random numbers and world; gives text and `TruthFigure`s. No indicator of one place is named in two
sentences of an issue, so that no two figures of it can contradict each other unless an error is planted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from extract.testing.amounts import Number
from extract.testing.templates import Blank, Template, load_list, load_templates
from extract.testing.truth import PlantedError, TruthFigure
from extract.testing.world import World, pick

_TRIES = 12
_PAGE = 1500
_SHORTEST_BEFORE_BREAK = 80
_SHORTEST_BROKEN = 14
_PLANTED = 0.4
_DENSITY = 0.26
_OPENINGS = ("", "", "", "要", "下一步，", "同时，", "此外，", "在此基础上，")

Days = tuple[date, date]


@dataclass(slots=True)
class Sheet:
    """The text written so far, its length in code points, and what is known of it."""

    parts: list[str] = field(default_factory=list)
    size: int = 0
    page_end: int = _PAGE
    paragraph: int = 0
    figures: list[TruthFigure] = field(default_factory=list)
    errors: list[PlantedError] = field(default_factory=list)

    def write(self, text: str) -> int:
        """Append a text; gives where it starts."""
        start = self.size
        self.parts.append(text)
        self.size += len(text)
        return start

    def write_line(self, text: str, blank: int = 1) -> int:
        """Append a line and the blank lines after it; gives where it starts."""
        return self.write(text + "\n" * (blank + 1))

    def write_prose(self, text: str) -> None:
        """Append words of a paragraph, a page break in their middle where the page is full."""
        due = self.size >= self.page_end and self.size - self.paragraph >= _SHORTEST_BEFORE_BREAK
        if due and len(text) >= _SHORTEST_BROKEN and (at := _find_break(text)):
            self.write(text[:at] + "\n\n" + text[at:])
            self.page_end = self.size + _PAGE
        else:
            self.write(text)


def _find_break(text: str) -> int:
    """A place in the middle of a text between two Chinese characters, 0 where there is none."""
    for at in range(len(text) // 2, len(text) - 4):
        if "一" <= text[at - 1] <= "鿿" and "一" <= text[at] <= "鿿":
            return at
    return 0


@dataclass(slots=True)
class Teller:
    """Writes paragraphs of one article after the other; `place` is None for the city, else a county."""

    rng: Random
    world: World
    sheet: Sheet
    errors: int = 0
    place: str | None = None
    used: set[tuple[str, str]] = field(default_factory=set)
    current: tuple[str, Days] | None = None

    @property
    def years(self) -> dict[str, int]:
        """Last year, the year under report, and the year planned."""
        return {"L": self.world.year - 2, "Y": self.world.year - 1, "N": self.world.year}

    def tell_paragraph(self, kind: str, size: int, opening: str = "") -> None:
        """A paragraph of at least `size` code points with figures of one kind, ended by blank lines."""
        self.current = None
        self.sheet.paragraph = self.sheet.size
        end = self.sheet.size + size
        self.sheet.write(opening)
        while self.sheet.size < end:
            if self.rng.random() < _DENSITY:
                self.tell_figures(kind)
            self.sheet.write_prose(talk(self.rng, kind))
        self.sheet.write("\n\n")

    def tell_figures(self, kind: str) -> None:
        """One sentence with figures; nothing where all that is drawn has been said before."""
        templates = load_templates(kind)
        for _ in range(_TRIES):
            template = pick(self.rng, templates)
            if (template.when == "carried" and self.current is None) or (template.of_city and self.place):
                continue
            binds = self._bind(template)
            keys = {(blank.indicator.format_map(binds), self._region(blank, binds)) for blank in template.blanks}
            if not keys & self.used:
                self.used |= keys
                self._fill(template, binds)
                return

    def _bind(self, template: Template) -> dict[str, Any]:
        """The words of one sentence."""
        lists = load_list("words")["lists"]
        binds: dict[str, Any] = {letter: pick(self.rng, lists[name]) for letter, name in template.words}
        counties = self.world.city.counties
        binds["P"], binds["region"] = "全市", self.world.city.name
        if self.place is not None:
            binds["P"], binds["region"] = "全县", self.place
        elif not template.of_city and self.rng.random() < 0.55:
            binds["P"] = binds["region"] = pick(self.rng, counties)
        at = int(self.rng.random() * len(counties))
        binds |= {f"C{i + 1}": counties[(at + i) % len(counties)] for i in range(3)}
        return binds

    def _region(self, blank: Blank, binds: dict[str, Any]) -> str:
        return str(binds[blank.region or "region"])

    def _fill(self, template: Template, binds: dict[str, Any]) -> None:
        """Write a sentence and note its figures."""
        binds["T"], days = self._time(template.when)
        if template.when in ("flow", "year"):
            self.current = (binds["T"], days)
        elif template.when != "carried":
            self.current = None
        binds |= self.years
        numbers, words = self._draw(template)
        wrong = self._plant(template, numbers)
        self.sheet.write_prose(template.pieces[0].format_map(binds))
        for blank, piece in zip(template.in_order, template.pieces[1:], strict=True):
            number = blank.number
            self._note(template, blank, binds, days, numbers[number], words.get(number))
            if number in wrong:
                last = self.sheet.figures[-1]
                right = wrong[number].value
                self.sheet.errors.append(PlantedError(last.char_start, last.char_end, last.value, right))
            self.sheet.write_prose(piece.format_map(binds))

    def _draw(self, template: Template) -> tuple[dict[int, Number], dict[int, str]]:
        """The numbers of a sentence, the derived ones last, and the words of those printed in words."""
        numbers: dict[int, Number] = {}
        words: dict[int, str] = {}
        for blank in template.blanks:
            if blank.amount.words:
                words[blank.number], value = pick(self.rng, blank.amount.words)
                numbers[blank.number] = Number(value)
            elif not blank.amount.is_derived:
                numbers[blank.number] = blank.amount.draw(self.rng)
        for kinds in ("s", "qg"):
            for blank in template.blanks:
                if blank.amount.is_derived and blank.amount.kind in kinds:
                    numbers[blank.number] = blank.amount.compute(numbers)
        return numbers, words

    def _plant(self, template: Template, numbers: dict[int, Number]) -> dict[int, Number]:
        """Make one derived figure wrong, where errors are still to be planted; gives the right numbers."""
        if self.errors == len(self.sheet.errors) or not template.has_derived or self.rng.random() > _PLANTED:
            return {}
        at = [blank.number for blank in template.blanks if blank.amount.is_derived][-1]
        right = numbers[at]
        numbers[at] = Number(right.scaled + max(7, right.scaled // 6), right.places)
        return {at: right}

    def _note(
        self, template: Template, blank: Blank, binds: dict[str, Any], days: Days, number: Number, word: str | None
    ) -> None:
        """Write one figure and what must be read from it."""
        printed = word if word is not None else f"{number}{blank.amount.unit}"
        start = self.sheet.write(printed)
        first, last = _whole(self.years[blank.period]) if blank.period else days
        self.sheet.figures.append(
            TruthFigure(
                start,
                self.sheet.size,
                printed,
                blank.role,
                blank.indicator.format_map(binds),
                blank.sign * number.value,
                blank.unit,
                blank.comparator,
                first,
                last,
                self._region(blank, binds),
                blank.modality,
                template.name,
                None if number.high is None else float(number.high),
                extras=tuple((name, self._extra(name, value, binds)) for name, value in blank.extras),
            )
        )

    def _extra(self, name: str, value: object, binds: dict[str, Any]) -> object:
        if name == "among":
            return self.world.city.province if value == "省" else "中国"
        return value.format_map(binds) if name == "whole" and isinstance(value, str) else value

    def _time(self, when: str) -> tuple[str, Days]:
        """The words of a period and its days."""
        if when == "carried" and self.current is not None:
            return self.current
        return pick(self.rng, _list_times(self.years["Y"])[when])


def _whole(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


@cache
def _list_times(year: int) -> dict[str, tuple[tuple[str, Days], ...]]:
    """The words of periods with their days, by the `when` of a sentence, for the year under report."""
    first, last = _whole(year)
    ends = [date(year, month + 1, 1) - timedelta(days=1) for month in range(4, 12)]
    whole, closing = (f"{year}年", (first, last)), ((f"截至{year}年底", (last, last)), (f"{year}年末", (last, last)))
    parts = ((f"{year}年前三季度", (first, date(year, 9, 30))), (f"{year}年上半年", (first, date(year, 6, 30))))
    months = tuple((f"{year}年1—{end.month}月", (first, end)) for end in ends)
    return {
        "flow": (whole,) * 12 + parts * 3 + months,
        "year": (whole,),
        "stock": closing * 6 + tuple((f"截至{year}年{end.month}月底", (end, end)) for end in ends),
        "close": closing,
        "plan": ((f"{year + 1}年", _whole(year + 1)),),
        "coming": tuple((f"到{year + n}年", (date(year + n, 12, 31),) * 2) for n in (2, 3)),
    }


def talk(rng: Random, kind: str) -> str:
    """One sentence without a figure."""
    words = load_list("words")["talk"]
    if kind == "gap" and rng.random() < 0.6:
        return f"由于{pick(rng, words['cause'])}，{pick(rng, words['object'])}中{pick(rng, words['lack'])}。"
    first, second = pick(rng, words["object"]), pick(rng, words["object"])
    deed = f"{pick(rng, words['verb'])}{first}"
    if second != first:
        deed += f"，{pick(rng, words['verb'])}{second}"
    if rng.random() < 0.4:
        return f"{pick(rng, words['subject'])}{pick(rng, words['manner'])}，{deed}。"
    if rng.random() < 0.5:
        return f"{pick(rng, _OPENINGS)}{pick(rng, words['manner'])}，{deed}，{pick(rng, words['effect'])}。"
    return f"{deed}，{pick(rng, words['effect'])}。"
