"""The sentences and entries of invented issues, read from `sentences.toml`, `entries.toml` and `words.toml`.

Needs the packaged lists; gives templates whose text is cut at its figures, so that filling one is joining strings.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from extract.testing.amounts import Amount, parse_amount

_SLOT = re.compile(r"\{(\d)\}")
_COMPARATORS = frozenset((">=", ">", "<=", "<", "~"))
_EXTRAS = ("basis", "stage", "planned", "whole", "among", "measure")
_ROLE_DEFAULTS = {"project_count": {"invest_min": None, "invest_max": None}}


@dataclass(frozen=True, slots=True)
class Blank:
    """One figure of a sentence: what is drawn, and what must be read from it. `period` and `region` name a field of
    the sentence (`L`, `C1` …), or are empty for the sentence's own."""

    number: int
    role: str
    indicator: str
    amount: Amount
    unit: str | None
    comparator: str
    sign: int
    period: str
    region: str
    modality: str
    extras: tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One sentence: `pieces` are format strings around the figures, `in_order` the figures as they stand there."""

    name: str
    when: str
    words: tuple[tuple[str, str], ...]
    pieces: tuple[str, ...]
    in_order: tuple[Blank, ...]
    blanks: tuple[Blank, ...]
    of_city: bool

    @property
    def has_derived(self) -> bool:
        """Whether a figure can be computed from the others."""
        return any(blank.amount.is_derived for blank in self.blanks)


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of chronicle entry: who takes part as (letter, pool, role) in the order of the text."""

    kind: str
    text: str
    people: tuple[tuple[str, str, str], ...]
    title: str
    place: str | None


@cache
def load_list(name: str) -> dict[str, Any]:
    """One of the package's TOML files; shared between callers and never changed."""
    return tomllib.loads(resources.files("extract.testing").joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def load_templates(place: str) -> tuple[Template, ...]:
    """The sentences that may stand under a heading of the kind `past`, `gap` or `plan`, in the order of the file."""
    found: list[Template] = []
    names: Counter[str] = Counter()
    for entry in load_list("sentences")["sentence"]:
        if entry["in"] == place:
            name = "-".join((place, entry["when"], *entry["words"].values()))
            names[name] += 1
            found.append(_parse(f"{name}-{names[name]}", entry))
    return tuple(found)


@cache
def load_entries() -> tuple[Entry, ...]:
    """The kinds of chronicle entries, in the order of the file."""
    return tuple(
        Entry(
            entry["kind"],
            entry["text"],
            tuple((letter, pool, role) for letter, pool, role in map(str.split, entry["people"])),
            entry["title"],
            entry.get("place"),
        )
        for entry in load_list("entries")["entry"]
    )


def _parse(name: str, entry: dict[str, Any]) -> Template:
    cut = _SLOT.split(entry["text"])
    blanks = tuple(_parse_blank(line) for line in entry["figures"])
    order = [int(number) for number in cut[1::2]]
    if sorted(order) != [blank.number for blank in blanks]:
        raise ValueError(f"sentences.toml: the figures of {entry['text']} are not those of its lines")
    return Template(
        name,
        entry["when"],
        tuple(entry["words"].items()),
        tuple(cut[::2]),
        tuple(blanks[number - 1] for number in order),
        blanks,
        entry.get("home") == "city",
    )


def _parse_blank(line: str) -> Blank:
    """One line of `figures`: number, role, indicator, amount, then a comparator and fields in any order."""
    number, role, indicator, notation, *words = line.split(" ")
    named = dict(word.split("=", 1) for word in words if word not in _COMPARATORS)
    amount = parse_amount(notation)
    extras: dict[str, object] = dict(_ROLE_DEFAULTS.get(role, {}))
    extras |= {key: named[key] for key in _EXTRAS if key in named}
    if "planned" in named:
        extras["planned"] = named["planned"] == "yes"
    if "min" in named:
        extras["invest_min"] = float(named["min"])
    return Blank(
        int(number),
        role,
        indicator,
        amount,
        named.get("unit", amount.unit) or None,
        next((word for word in words if word in _COMPARATORS), "="),
        -1 if "sign" in named else 1,
        named.get("period", ""),
        named.get("region", ""),
        named.get("modality", "target" if role == "target" else "actual"),
        tuple(extras.items()),
    )
