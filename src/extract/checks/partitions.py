"""Divisions whose parts are known to make the whole: three industries, sizes of firms, new and continued projects.

The divisions stand in `lexicon/checks.toml`, each word with the elements it covers (大中型 covers two): a set of
parts is complete when every element is covered once. Anything less is no sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import regex

from extract.checks.claims import Claim, Declined, decline, printed, total
from extract.checks.facts import Fact, Sheet, bare_label, scope_of
from extract.checks.intervals import HUNDRED, Interval
from extract.checks.sums import sum_claim
from extract.checks.words import is_region_word
from extract.lexicon.loader import load_toml

Found = Iterator[Claim | Declined]


class Part(NamedTuple):
    """A label taken apart: its division, the elements it covers, and what is left of it."""

    division: str
    elements: frozenset[str]
    rest: str


@cache
def _divisions() -> dict[str, tuple[str, frozenset[str]]]:
    """Every word of a division: its division's name and the elements it covers."""
    words: dict[str, tuple[str, frozenset[str]]] = {}
    for name, entry in load_toml("checks")["divisions"].items():
        for word, elements in entry["parts"].items():
            words[word] = (name, frozenset(elements))
    return words


@cache
def _whole(name: str) -> frozenset[str]:
    parts = load_toml("checks")["divisions"][name]["parts"].values()
    return frozenset(element for elements in parts for element in elements)


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile("|".join(sorted(_divisions(), key=lambda word: (-len(word), word))))


def part_of(label: str) -> Part | None:
    """The division a label is a part of, the elements it covers, and the label without that word.

    >>> part_of("第二产业增加值").rest
    '增加值'
    >>> part_of("工业增加值") is None
    True
    """
    match = _pattern().search(label)
    if match is None:
        return None
    name, elements = _divisions()[match[0]]
    return Part(name, elements, label[: match.start()] + label[match.end() :])


def find_partitions(sheet: Sheet) -> Found:
    """Claims on wholes whose parts are all printed."""
    for (name, *_), parts in _complete(sheet).items():
        if parts[0].table == "shares":
            yield _to_hundred(parts)
        else:
            yield from _to_total(sheet, name, parts)
    for group in sheet.sentences.values():
        yield from _new_and_continued(group)


def _complete(sheet: Sheet) -> dict[tuple[str, ...], list[Fact]]:
    """The sets of parts that make a whole, by division and key; the first printing of a part counts."""
    sets: dict[tuple[str, ...], dict[frozenset[str], Fact]] = defaultdict(dict)
    for fact in sheet.of("levels", "shares"):
        whole = bare_label(fact.row.get("whole"))
        if is_region_word(whole) or (part := part_of(fact.label)) is None:
            continue
        name, elements, rest = part
        key: tuple[str, ...] = (
            name,
            rest,
            fact.article,
            fact.table,
            str(fact.region),
            str(fact.period),
            fact.unit,
            whole,
        )
        sets[key].setdefault(elements, fact)
    complete: dict[tuple[str, ...], list[Fact]] = {}
    for key, parts in sets.items():
        covered = [element for elements in parts for element in elements]
        if len(parts) > 1 and len(covered) == len(set(covered)) and set(covered) == _whole(key[0]):
            complete[key] = sorted(parts.values(), key=lambda fact: fact.order)
    return complete


def _to_hundred(parts: Sequence[Fact]) -> Claim | Declined:
    """Shares of a whole that make 100%: the last one is what the others leave."""
    if any(part.unit != "%" for part in parts) or parts[-1].order - parts[0].order > 2 * len(parts):
        return decline("sum", "the shares do not stand together", *parts)
    derived = Interval.around(HUNDRED) - total(parts[:-1])
    paper = " - ".join(["100%", *map(printed, parts[:-1])])
    return Claim("sum", tuple(parts[:-1]), parts[-1], derived, paper)


def _to_total(sheet: Sheet, name: str, parts: Sequence[Fact]) -> Found:
    """Amounts of the parts against the whole's, and their shares of the larger place against its share."""
    totals = load_toml("checks")["divisions"][name]["totals"]
    part, first = part_of(parts[0].label), parts[0]
    rest = part.rest if part else ""
    wholes = [
        fact
        for fact in sheet.scopes.get(scope_of(first), ())
        if fact.label == rest or (fact.sentence == first.sentence and (fact.key in totals or fact.label in totals))
    ]
    if not wholes:
        yield decline("sum", "the parts of the whole are printed, the whole is not", *parts)
        return
    whole = min(wholes, key=lambda fact: (abs(fact.order - first.order), fact.order))
    yield sum_claim(parts, whole)
    yield from _shares_of_larger(sheet, parts, whole)


def _shares_of_larger(sheet: Sheet, parts: Sequence[Fact], whole: Fact) -> Found:
    """Each part and its share of the larger place give that place's part; together they give the whole's share."""
    pairs = [(fact, _share_behind(sheet, fact)) for fact in (*parts, whole)]
    shares = [share for _, share in pairs if share is not None]
    if len(shares) != len(pairs):
        return
    larger = Interval.around("0")
    try:
        for part, share in zip(parts, shares, strict=False):
            larger += part.interval / share.interval
        derived = total(parts) / larger
    except ZeroDivisionError:
        yield decline("share", "the denominator may be zero", *parts, *shares)
        return
    top = " + ".join(map(printed, parts))
    bottom = " + ".join(f"{printed(part)} / {printed(share)}" for part, share in zip(parts, shares, strict=False))
    facts = (*parts, *(fact for pair in zip(parts, shares, strict=False) for fact in pair))
    yield Claim("share", facts, shares[-1], derived, f"({top}) / ({bottom})")


def _share_behind(sheet: Sheet, fact: Fact) -> Fact | None:
    """The share of a larger place that stands directly behind an amount."""
    if fact.order + 1 >= len(sheet.facts):
        return None
    share = sheet.facts[fact.order + 1]
    fits = share.table == "shares" and share.sentence == fact.sentence and share.label == fact.label
    return share if fits and is_region_word(bare_label(share.row.get("whole"))) else None


def _new_and_continued(group: Sequence[Fact]) -> Found:
    """New and continued projects, and what else a list is divided into, against the list they are of."""
    roles = load_toml("checks")["project_parts"]
    counts = [f for f in group if f.table == "project_counts" and f.row["invest_min"] is None]
    named: dict[str, list[Fact]] = {"new": [], "continued": [], "further": []}
    for fact in counts:
        for role, words in roles.items():
            if any(word in fact.label or word in fact.clause for word in words):
                named[role].append(fact)
                break
    if not named["new"] or not named["continued"]:
        return
    parts = sorted([*named["new"], *named["continued"], *named["further"]], key=lambda fact: fact.order)
    # 已开工358个，其中新建135个: what 其中 parts is the count right before it
    stages = {"listed", parts[0].row["stage"]} if "其中" in parts[0].before else {"listed"}
    wholes = [f for f in counts if f.row["stage"] in stages and f.order < parts[0].order]
    if len(named["new"]) != 1 or len(named["continued"]) != 1 or not wholes:
        yield decline("sum", "new and continued projects without one list they divide", *parts)
    elif any(part.region != wholes[-1].region or part.year != wholes[-1].year for part in parts):
        yield decline("sum", "new and continued projects of another place or year than the list", *parts)
    else:
        yield sum_claim(parts, wholes[-1])
