"""Units and measure words: needs the word lists, gives the unit that stands at a place of a text.

Magnitudes (十 百 千 万 亿) are combined with any unit by rule: 亿元 is 亿 times 元. Two units joined by a slash make
one (微克/立方米). Why not list 万元, 亿元, 万亿元 ...: 300 surfaces would become 3,000, and a forgotten one a gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import prod
from typing import Any, NamedTuple

from extract.lexicon.loader import LexiconError, load_toml

_LONGEST_MAGNITUDE = 8
MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


UnitTable = dict[str, tuple[tuple[int, dict[str, "Unit"]], ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """A unit or measure word; `base` and `factor` are None where the word alone does not settle them (度, 兆).

    `spoken` is false where a single Chinese numeral in front makes another word (一线, 三分), `scales` where a
    magnitude in front means something else (千亿级). `counts` is true for measure words, `latin` for kWh and the like.
    """

    surface: str
    dimension: str
    base: str | None
    factor: Fraction | None
    spoken: bool
    counts: bool
    scales: bool
    not_before: tuple[str, ...]
    latin: bool


class UnitReading(NamedTuple):
    """What stands behind a number: where it ends, how it is printed, what one of it is in the base unit."""

    end: int
    printed: str
    magnitude: str
    base: str | None
    factor: Fraction | None
    unit: Unit | None


def unit_at(text: str, pos: int) -> Unit | None:
    """The longest unit whose first character is `text[pos]`, None where there is none or it is part of another word.

    >>> [u and u.surface for u in (unit_at(text, 0) for text in ("平方公里", "个体育馆", "个体工商户", "家庭", "kW"))]
    ['平方公里', '个', None, None, 'kW']
    """
    here = unit_table().get(text[pos : pos + 1])
    if here is None:
        return None
    for length, units in here:
        unit = units.get(text[pos : pos + length])
        if unit is None:
            continue
        end = pos + length
        if unit.not_before and text.startswith(unit.not_before, end):
            continue
        if unit.latin and text[end : end + 1].isascii() and text[end : end + 1].isalnum():
            continue
        return unit
    return None


def unit_reading(text: str, pos: int) -> UnitReading | None:
    """Magnitudes and unit from `pos` on; magnitudes alone are a reading without base, nothing at all is None.

    >>> r = unit_reading("投资5万亿元", 3)
    >>> r.printed, r.base, r.factor
    ('万亿元', 'CNY', Fraction(1000000000000, 1))
    >>> unit_reading("35微克/立方米", 2).base
    'kg/m3'
    >>> unit_reading("5号机组", 1)
    """
    end, stop = pos, pos + _LONGEST_MAGNITUDE
    while True:
        unit = unit_at(text, end)
        if unit is not None and (end == pos or unit.scales):
            return _with_magnitude(text, pos, end, unit)
        if end == stop or text[end : end + 1] not in MAGNITUDES:
            break
        end += 1
    if end == pos:
        return None
    magnitude = text[pos:end]
    return UnitReading(end, magnitude, magnitude, "count", Fraction(magnitude_value(magnitude)), None)


def _with_magnitude(text: str, pos: int, at: int, unit: Unit) -> UnitReading:
    end = at + len(unit.surface)
    joint = text[end : end + 1]
    per = None
    if joint and (joint in "/／" or (joint == "每" and unit.base == "kg")):
        per = unit_at(text, end + 1)
    if per is not None:
        end += 1 + len(per.surface)
    magnitude = text[pos:at]
    base, factor = _conversion(magnitude, unit, per)
    return UnitReading(end, text[pos:end].replace("％", "%"), magnitude, base, factor, unit)


@cache
def _conversion(magnitude: str, unit: Unit, per: Unit | None) -> tuple[str | None, Fraction | None]:
    """What one 亿元 or 万吨/日 is in the base unit; nothing where a part of it is not settled."""
    if unit.factor is None:
        return None, None
    factor = unit.factor * magnitude_value(magnitude)
    if per is None:
        return unit.base, factor
    return (None, None) if per.factor is None else (f"{unit.base}/{per.base}", factor / per.factor)


@cache
def magnitude_value(magnitude: str) -> int:
    """The product of the magnitudes of a run such as 万亿; 1 for none.

    >>> magnitude_value("万亿"), magnitude_value("")
    (1000000000000, 1)
    """
    return prod(MAGNITUDES[char] for char in magnitude)


@cache
def split_unit(printed: str) -> tuple[str, str]:
    """The magnitude and the unit of a printed unit that begins with a magnitude.

    >>> split_unit("万亿元"), split_unit("千瓦"), split_unit("个")
    (('万亿', '元'), ('', '千瓦'), ('', '个'))
    """
    for at in range(len(printed) + 1):
        unit = unit_at(printed, at)
        if at == len(printed) or printed[at] not in MAGNITUDES or (unit is not None and unit.surface == printed[at:]):
            return printed[:at], printed[at:]
    return "", printed


@cache
def unit_table() -> UnitTable:
    """First character -> the units that begin with it, by length of the surface, longest first.

    Raises `LexiconError` naming the entry for a surface listed twice, a factor of 0 or one that is no number, a base
    without a factor, or an exception for a word that is not listed.
    """
    return build_unit_table(load_toml("units"), load_toml("measure_words"))


def build_unit_table(units: dict[str, Any], words: dict[str, Any]) -> UnitTable:
    """Validate the two word lists and index them; see `unit_table`."""
    seen: dict[str, Unit] = {}
    table: dict[str, dict[int, dict[str, Unit]]] = {}
    for unit in [*_read_units(units), *_read_measure_words(words)]:
        surface = unit.surface
        if surface in seen:
            raise LexiconError(f"unit {surface}: listed twice ({seen[surface].dimension}, {unit.dimension})")
        seen[surface] = unit
        table.setdefault(surface[0], {}).setdefault(len(surface), {})[surface] = unit
    return {first: tuple(sorted(by.items(), key=lambda item: -item[0])) for first, by in table.items()}


def _read_units(units: dict[str, Any]) -> list[Unit]:
    read = []
    for entry in units["unit"]:
        name = "units.toml, " + "/".join(entry["surfaces"])
        if entry["source"] not in units["sources"]:
            raise LexiconError(f"{name}: unknown source {entry['source']}")
        if ("base" in entry) != ("factor" in entry):
            raise LexiconError(f"{name}: base and factor come together")
        factor = _factor(name, entry["factor"]) if "factor" in entry else None
        spoken, not_before = entry.get("spoken", True), tuple(entry.get("not_before", ()))
        for surface in entry["surfaces"]:
            read.append(
                Unit(
                    surface,
                    entry["dimension"],
                    entry.get("base"),
                    factor,
                    spoken,
                    False,
                    True,
                    not_before,
                    surface[-1].isascii() and surface[-1].isalnum(),
                )
            )
    return read


def _read_measure_words(words: dict[str, Any]) -> list[Unit]:
    read = []
    exceptions = dict(words["not_before"])
    for group in words["group"]:
        for surface in group["words"]:
            not_before = tuple(exceptions.pop(surface, ()))
            scales = surface not in words["unscaled"]["words"]
            spoken = group["spoken"]
            read.append(
                Unit(surface, group["name"], group["base"], Fraction(1), spoken, True, scales, not_before, False)
            )
    if exceptions:
        raise LexiconError(f"measure_words.toml, not_before: no such measure word: {'、'.join(exceptions)}")
    return read


def _factor(name: str, text: str) -> Fraction:
    try:
        factor = Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise LexiconError(f"{name}: factor {text!r} is no number") from None
    if factor <= 0:
        raise LexiconError(f"{name}: factor {text!r} is not above 0")
    return factor
