"""The administrative divisions of China down to the county, and the words of place that are not in their table.

Needs `lexicon/regions.tsv` (GB/T 2260 codes; source and licence in `lexicon/regions.README.md`) and
`lexicon/regions.toml`; gives lookups by code and name, and the entries that `extract.grammar.regions` looks for.

A code of six digits says where a region lies: two for the province, two for the prefecture, two for the county, with
00 where a level is not reached (GB/T 2260-2007, clause 4). A county run by its province without a prefecture between
(419001) has the province for its parent.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import combinations
from typing import Literal, NamedTuple

import regex

from extract.lexicon.loader import load_toml

Level = Literal[
    "country", "province", "prefecture", "county", "district", "township", "village", "zone", "group", "relative"
]  # fmt: skip
_LEVELS: tuple[Level, ...] = ("province", "prefecture", "county", "district")
UNIT_ENDS = "省市县区州盟旗国"


class Region(NamedTuple):
    """One row of the table; `short` is the name without its unit, empty where that is one character or nothing.

    `parent` is a code, empty for a province. `until` is the last year in which a former name was seen, empty for a
    name in force.
    """

    code: str
    name: str
    short: str
    level: Level
    parent: str
    until: str


class Entry(NamedTuple):
    """A word to look for: `regions` are the divisions that bear it, none for a word of `regions.toml`.

    A `bound` entry is read only behind the region it belongs to, or in a list of places.
    """

    surface: str
    kind: str
    regions: tuple[Region, ...] = ()
    bound: bool = False


@cache
def load_regions() -> dict[str, Region]:
    """Every code with its region, in the order of the codes; for a code that changed its name, the newest row."""
    rows: dict[str, Region] = {}
    for region in _rows():
        rows.setdefault(region.code, region)
    return rows


@cache
def _rows() -> tuple[Region, ...]:
    text = resources.files("extract.lexicon").joinpath("regions.tsv").read_text("utf-8")
    levels: dict[str, Level] = {level: level for level in _LEVELS}
    lines = [line for line in text.splitlines() if line[0] != "#"]
    fields = (line.split("\t") for line in lines[1:])
    return tuple(Region(code, name, short, levels[level], parent, until)
                 for code, name, short, level, parent, until in fields)  # fmt: skip


@cache
def _by_name() -> dict[str, tuple[Region, ...]]:
    """Regions by full name and by the name without the people (恩施州, 长阳县); names in force first."""
    found: dict[str, list[Region]] = {}
    rows = _rows()
    for region in (*(row for row in rows if not row.until), *(row for row in rows if row.until)):
        found.setdefault(region.name, []).append(region)
        if "自治" in region.name[-3:-1] and region.level != "province" and not region.until:
            found.setdefault(region.short + region.name[-1], []).append(region)
    return {name: tuple(regions) for name, regions in found.items()}


@cache
def _by_short() -> dict[str, tuple[Region, ...]]:
    """Regions in force by their name without the unit, the highest level first."""
    found: dict[str, list[Region]] = {}
    in_force = [region for region in load_regions().values() if region.short and not region.until]
    for level in _LEVELS:
        for region in in_force:
            if region.level == level:
                found.setdefault(region.short, []).append(region)
    return {name: tuple(regions) for name, regions in found.items()}


def regions_named(name: str) -> tuple[Region, ...]:
    """All regions of that full name; where there is none, those of that short name, the highest level alone.

    >>> [region.code for region in regions_named("鼓楼区")]
    ['320106', '320302', '350102', '410204']
    >>> [region.name for region in regions_named("吉林")]
    ['吉林省']
    >>> regions_named("某某市")
    ()
    """
    full = _by_name().get(name)
    if full:
        return full
    short = _by_short().get(name, ())
    return tuple(region for region in short if region.level == short[0].level)


def region_name(code: str) -> str | None:
    """The official name of a code, None for a code that is not in the table.

    >>> region_name("410900"), region_name("999999")
    ('濮阳市', None)
    """
    region = load_regions().get(code)
    return region.name if region else None


def ancestors(code: str) -> tuple[str, ...]:
    """Codes of the regions above a region, the nearest first.

    >>> ancestors("410922")
    ('410900', '410000')
    >>> ancestors("410000"), ancestors("999999")
    ((), ())
    """
    above: list[str] = []
    region = load_regions().get(code)
    while region and region.parent:
        above.append(region.parent)
        region = load_regions().get(region.parent)
    return tuple(above)


@cache
def children(code: str) -> tuple[str, ...]:
    """Codes in force directly below a region, sorted; none for a county or an unknown code.

    >>> children("460300")[:2], children("410922")
    (('460321', '460322'), ())
    """
    return tuple(region.code for region in load_regions().values() if region.parent == code and not region.until)


def lies_in(code: str, outer: str) -> bool:
    """Whether a region is another one or a part of it.

    >>> lies_in("410922", "410900"), lies_in("410922", "410000"), lies_in("410922", "411000")
    (True, True, False)
    """
    width = 2 if outer.endswith("0000") else 4 if outer.endswith("00") else 6
    return code[:width] == outer[:width]


@cache
def short_children(code: str) -> dict[str, Region]:
    """Short names that a region lends to what lies in it: prefectures of a province, counties of a prefecture.

    Districts are left out: their short names are those of hills, lakes and quarters (西湖, 中原).

    >>> sorted(short_children("410900"))
    ['南乐', '台前', '清丰', '濮阳']
    """
    below = (load_regions()[child] for child in children(code))
    return {region.short: region for region in below if region.short and region.level in ("prefecture", "county")}


class Index(NamedTuple):
    """Entries by surface, and for the two characters at one edge of a surface the lengths to try, the longest first."""

    entries: dict[str, Entry]
    widths: dict[str, tuple[int, ...]]


@cache
def full_index() -> Index:
    """Entries that end in 省市县区州盟旗国, by their last two characters."""
    generic = frozenset(load_toml("regions")["caution"]["generic"].split())
    places = (
        Entry(name, "place", regions, name in generic or (len(name) == 2 and name[-1] == "区"))
        for name, regions in _by_name().items()
    )
    entries = {entry.surface: entry for entry in (*_words(), *places) if entry.surface[-1] in UNIT_ENDS}
    return Index(entries, _widths(entries, slice(-2, None)))


@cache
def short_index(home: str | None) -> Index:
    """Entries with another ending, by their first two characters.

    Short names of provinces, of prefectures that are no common word, and of what lies beside and below `home` (a code).
    """
    common = frozenset(load_toml("regions")["caution"]["common"].split())
    found: dict[str, tuple[Region, ...]] = {}
    for short, regions in _by_short().items():
        if regions[0].level == "province" or (regions[0].level == "prefecture" and short not in common):
            found[short] = tuple(region for region in regions if region.level == regions[0].level)
    for region in _near(home):
        if region.short not in found and (region.level == "prefecture" or region.short not in common):
            found[region.short] = (region,)
    found |= {name: regions for name, regions in _by_name().items() if name[-1] not in UNIT_ENDS}
    words = (entry for entry in _words() if entry.surface[-1] not in UNIT_ENDS)
    places = (Entry(name, "place", regions) for name, regions in found.items() if name)
    entries = {entry.surface: entry for entry in (*words, *places)}
    return Index(entries, _widths(entries, slice(0, 2)))


def _widths(surfaces: Iterable[str], edge: slice) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for surface in surfaces:
        found.setdefault(surface[edge], set()).add(len(surface))
    return {characters: tuple(sorted(widths, reverse=True)) for characters, widths in found.items()}


def _near(home: str | None) -> list[Region]:
    """Home, what lies above it, and the regions directly below its prefecture (of a province, below itself)."""
    if home is None or home not in load_regions():
        return []
    line = [home, *ancestors(home)]
    middle = next((code for code in line if load_regions()[code].level == "prefecture"), line[-1])
    codes = dict.fromkeys([*line, *children(middle)])
    return sorted((load_regions()[code] for code in codes), key=lambda region: _LEVELS.index(region.level))


@cache
def _words() -> tuple[Entry, ...]:
    lexicon = load_toml("regions")
    relative = [head + unit for head in lexicon["relative"]["heads"] for unit in lexicon["relative"]["units"]]
    own, sides = lexicon["own"], lexicon["part"]
    owners = [unit + ending for unit in own["units"] for ending in own["endings"].split()]
    parts = [province + side for province in sides["provinces"] for side in sides["directions"].split()]
    listed = ((kind, words.split()) for kind, words in lexicon["words"].items())
    kinds = [("relative", relative), ("own", owners), *listed, ("group", parts)]
    shorts = _by_short()
    return tuple(Entry(s, kind) for kind, surfaces in kinds for s in surfaces if kind == "relative" or s not in shorts)


class Marks(NamedTuple):
    """What is looked at beside a name, compiled from `regions.toml`.

    `friends`: by surface, the phrases in which it only seems to be a name, each with its offset there. `after`: by last
    character, those that make another word of it. `head`: an office directly behind a name; `heads` are the characters
    with which one begins. `tail`: the ending of a body's name, which may come later, but not behind one of `breaks` or
    `break_words`; `tail_ends` are the last characters of such endings.
    """

    friends: dict[str, tuple[tuple[int, str], ...]]
    after: dict[str, str]
    heads: frozenset[str]
    head: regex.Pattern[str]
    breaks: frozenset[str]
    tail: regex.Pattern[str]
    tail_ends: frozenset[str]
    break_words: tuple[str, ...]
    own: regex.Pattern[str]
    township: regex.Pattern[str]
    zone_breaks: frozenset[str]
    zone_kinds: frozenset[str]


@cache
def load_marks() -> Marks:
    """The marks, once per process."""
    lexicon = load_toml("regions")
    body, town, zone = lexicon["body"], lexicon["township"], lexicon["zone"]
    heads = body["heads"].split()
    not_end = f"(?<!{_either(body['not_ends'])})(?![{body['not_followed']}])"
    plain = f"[^\\P{{Han}}{town['breaks']}]"
    village = f"{plain}{{1,4}}(?P<village>{_either(town['villages'])})"
    return Marks(
        friends=_friends(lexicon["caution"]["false_friends"].split()),
        after=lexicon["after"],
        heads=frozenset(head[0] for head in heads),
        head=regex.compile(f"(?:{_either(body['heads'])})(?![{body['not_followed']}])"),
        breaks=frozenset(body["breaks"]),
        tail=regex.compile(f"(?:{_either(body['ends'])}){not_end}"),
        tail_ends=frozenset(ending[-1] for ending in body["ends"].split()),
        break_words=tuple(body["break_words"].split()),
        own=regex.compile(_either(body["own"])),
        township=regex.compile(
            f"(?!{_either(town['not_names'])}){plain}{{2,4}}(?:{_either(town['units'])})(?:{village})?"
        ),
        zone_breaks=frozenset(zone["breaks"]),
        zone_kinds=frozenset(zone["kinds"]),
    )


def _either(words: str) -> str:
    return "|".join(regex.escape(word) for word in sorted(words.split(), key=lambda word: (-len(word), word)))


def _friends(phrases: Iterable[str]) -> dict[str, tuple[tuple[int, str], ...]]:
    """What only seems to be a name in each phrase: the stretch in brackets, or every stretch."""
    found: dict[str, list[tuple[int, str]]] = {}
    for marked in phrases:
        front, _, rest = marked.partition("[")
        inside, _, behind = rest.partition("]")
        phrase = front + inside + behind
        spans = [(len(front), len(front) + len(inside))] if inside else combinations(range(len(phrase) + 1), 2)
        for start, end in spans:
            found.setdefault(phrase[start:end], []).append((start, phrase))
    return {surface: tuple(places) for surface, places in found.items()}
