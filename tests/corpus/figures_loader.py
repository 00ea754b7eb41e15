"""Reads the invented figure corpus: sentences without their marks, each with its labels and their offsets.

The format is described in `figures/README.md`. `fields` and `alt` of a label are named and shaped as in the hand-made
labels of the guidelines (value as a decimal string, period as two ISO dates), so that one scorer serves both.
"""

from __future__ import annotations

import calendar
import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import regex

CORPUS = Path(__file__).parent / "figures"

ROLES = {
    "target": "target", "growth": "growth_rate", "proj": "project_count", "share": "share", "rank": "ranking",
    "level": "level",
}  # fmt: skip
PLAIN_ROLES = frozenset({"condition", "date", "ordinal", "name", "contact", "page", "artefact", "idiom"})
WORDS = {
    "modality": {"actual", "estimate", "planned", "target"},
    "basis": {"yoy", "base", "unmarked"},
    "stage": {"signed", "reserve", "listed", "start", "continue", "complete", "other"},
    "measure": {"level", "growth", "count", "share"},
}
REQUIRED = {"growth_rate": "basis", "project_count": "stage", "target": "measure", "ranking": "among"}
MAGNITUDE = {"": 1, "万": 10**4, "亿": 10**8}

MARK = regex.compile(r"\{(?<tag>[a-z_/]+|\d+):(?<surface>[^{}]+)\}")
PRINTED = regex.compile(r"(?<value>-?\d+(?:\.\d+)?)\s*(?<unit>[^\d余多]*)")
GIVEN = regex.compile(
    r"(?<comparator>>=|<=|[=<>~])(?:(?<value>-?\d+(?:\.\d+)?)(?:\.\.(?<high>\d+(?:\.\d+)?))?(?<unit>\D\S*)?)?"
)


@dataclass(frozen=True, slots=True)
class FigureLabel:
    """One labelled numeral of an item: `text[start:end] == surface`.

    `role` is the first reading and `roles` all that are accepted. `fields` is empty unless `role` makes a record;
    `alt` lists further accepted values of a field.
    """

    start: int
    end: int
    surface: str
    role: str
    roles: tuple[str, ...]
    fields: Mapping[str, Any]
    alt: Mapping[str, Sequence[Any]]

    def as_gold(self) -> dict[str, Any]:
        """The label as one line of a hand-made `figures.jsonl`."""
        place = {"start": self.start, "end": self.end, "surface": self.surface}
        return {"role": self.role, "roles": list(self.roles), **place, **self.fields, "alt": dict(self.alt)}


@dataclass(frozen=True, slots=True)
class FigureItem:
    """One passage; `place` is what 全市 or 全省 stands for, `date` what 今年 is resolved from."""

    id: str
    origin: str
    genre: str
    place: str
    title: str | None
    date: dt.date
    section: tuple[str, ...]
    text: str
    labels: tuple[FigureLabel, ...]


@cache
def load_figures() -> tuple[FigureItem, ...]:
    """Every item of the corpus, files in order of name; ValueError names the item and line that cannot be read."""
    return tuple(
        _build_item(entry, table) for path in sorted(CORPUS.glob("*.toml")) for table, entry in _read_entries(path)
    )


def _read_entries(path: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    table = tomllib.loads(path.read_text("utf-8"))
    return ((table, entry) for entry in table["item"])


def _build_item(entry: Mapping[str, Any], table: Mapping[str, Any]) -> FigureItem:
    known = {"id", "place", "title", "date", "section", "period", "text", "figures"}
    if unknown := sorted(entry.keys() - known):
        raise ValueError(f"{entry['id']}: unknown fields {unknown}")
    text, labels = "", []
    facts = _parse_facts(entry)
    source = entry["text"].strip("\n")
    position = 0
    for mark in MARK.finditer(source):
        text += source[position : mark.start()]
        position, tag, surface = mark.end(), mark["tag"], mark["surface"]
        start, text = len(text), text + surface
        if tag in facts:
            labels.append(_build_fact(facts.pop(tag), surface, start, entry))
        else:
            roles = _parse_roles(tag, f"{entry['id']}, {surface}")
            if roles[0] not in PLAIN_ROLES:
                raise ValueError(f"{entry['id']}, {surface}: a {roles[0]} needs a line of figures")
            labels.append(FigureLabel(start, len(text), surface, roles[0], roles, {}, {}))
    if facts or "{" in (text := text + source[position:]):
        raise ValueError(f"{entry['id']}: lines without a mark {sorted(facts)}, or a brace left in the text")
    return FigureItem(
        id=entry["id"],
        origin=table["origin"],
        genre=table["genre"],
        place=entry["place"],
        title=entry.get("title"),
        date=entry["date"],
        section=tuple(entry.get("section", ())),
        text=text,
        labels=tuple(labels),
    )


def _parse_facts(entry: Mapping[str, Any]) -> dict[str, list[str]]:
    """Line number -> words of the line; ^ is replaced by the indicator of the line above."""
    facts: dict[str, list[str]] = {}
    indicator = ""
    for line in entry["figures"].strip().splitlines():
        number, role, name, *words = line.split()
        indicator = indicator if name == "^" else name
        if number in facts:
            raise ValueError(f"{entry['id']}: figure {number} is described twice")
        facts[number] = [role, indicator, *words]
    return facts


def _build_fact(line: list[str], surface: str, start: int, entry: Mapping[str, Any]) -> FigureLabel:
    where = f"{entry['id']}, {surface}"
    role_words, indicator, *words = line
    roles = _parse_roles(role_words, where)
    accepted: dict[str, list[Any]] = {
        "indicator": indicator.split("/"),
        "modality": ["target" if roles[0] == "target" else "actual"],
        "period": _parse_periods(entry.get("period", "-")),
        "region": [entry["place"]],
        "comparator": ["="],
    }
    printed = PRINTED.fullmatch(surface)
    if printed:
        accepted |= {
            "value": [printed["value"]],
            "unit": [printed["unit"] or ("位" if roles[0] == "ranking" else None)],
        }
    for word in words:
        for name, values in _parse_word(word, where).items():
            accepted[name] = [*accepted["comparator"], *values] if name == "cmp" else values
    if "cmp" in accepted:
        accepted["comparator"] = accepted.pop("cmp")
    if roles[0] == "project_count":
        accepted["planned"] = [modality == "planned" for modality in accepted["modality"]]
    if missing := [name for name in ("value", "unit", REQUIRED.get(roles[0], "value")) if name not in accepted]:
        raise ValueError(f"{where}: {missing} cannot be read off the surface and is not given")
    fields: dict[str, Any] = {"value_high": None} | {name: values[0] for name, values in accepted.items()}
    alt = {name: values[1:] for name, values in accepted.items() if len(values) > 1}
    return FigureLabel(start, start + len(surface), surface, roles[0], roles, fields, alt)


def _parse_roles(words: str, where: str) -> tuple[str, ...]:
    roles = tuple(ROLES.get(word, word) for word in words.split("/"))
    if unknown := sorted(set(roles) - set(ROLES.values()) - PLAIN_ROLES):
        raise ValueError(f"{where}: unknown roles {unknown}")
    return roles


def _parse_word(word: str, where: str) -> dict[str, list[Any]]:
    """What one word of a figure's line says: field -> accepted values."""
    if given := GIVEN.fullmatch(word):
        said: dict[str, list[Any]] = {"comparator": [given["comparator"]]}
        if given["value"]:
            said |= {"value": [given["value"]], "value_high": [given["high"]]}
        if given["unit"]:
            said["unit"] = [unit or None for unit in given["unit"].split("|")]
        return said
    name, _, value = word.partition("=")
    if not value:
        values = word.split("/")
        for field, words in WORDS.items():
            if words.issuperset(values):
                return {field: values}
    elif name == "period":
        return {"period": _parse_periods(value)}
    elif name == "invest":
        low, _, high = value.partition("..")
        return {"invest_min": [_parse_money(low)], "invest_max": [_parse_money(high) if high else None]}
    elif name in {"region", "whole", "among", "cmp"}:
        return {name: [None if one == "-" else one for one in value.split("/")]}
    raise ValueError(f"{where}: {word} is not understood")


def _parse_money(text: str) -> int:
    digits = text.rstrip("亿万")
    return int(digits) * MAGNITUDE[text[len(digits) :]]


def _parse_periods(text: str) -> list[list[str] | None]:
    return [None if one == "-" else _parse_period(one) for one in text.split("/")]


def _parse_period(text: str) -> list[str]:
    """The first and last day of 2023, 2023-06, 2023-06-11 or a range of two of these, as ISO dates.

    >>> _parse_period("2023-01..2023-02"), _parse_period("2023-12-31")
    (['2023-01-01', '2023-02-28'], ['2023-12-31', '2023-12-31'])
    """
    first, _, last = text.partition("..")
    first_day = first + "-01-01"[: 10 - len(first)] if len(first) == 4 else (first + "-01")[:10]
    year, month, day = (last or first).split("-") + [""] * (2 - (last or first).count("-"))
    month = month or "12"
    day = day or str(calendar.monthrange(int(year), int(month))[1])
    return [dt.date.fromisoformat(one).isoformat() for one in (first_day, f"{year}-{month}-{day}")]
