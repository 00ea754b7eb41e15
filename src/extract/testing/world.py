"""The invented world of one issue: a real city with its counties, a journal, people with posts, and its dates.

Needs the issue's own random numbers and the GB/T 2260 table; nobody in it exists. Cities of the province of the
issue in `data/raw` are left out, so that no rule can be right by knowing that issue.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from random import Random
from typing import TypeVar

from extract.testing.templates import load_list

T = TypeVar("T")
_LEFT_OUT = "41"
_FEWEST_COUNTIES = 4
_POSTS = (
    ("party", ("市委书记",)),
    ("mayor", ("市委副书记", "市长")),
    ("leader", ("市人大常委会主任",)),
    ("leader", ("市政协主席",)),
    ("leader", ("市委常委", "组织部部长")),
    ("leader", ("市委常委", "宣传部部长")),
    ("leader", ("市委常委", "常务副市长")),
    ("leader", ("市委常委", "统战部部长")),
    ("leader", ("市委常委", "秘书长")),
    ("leader", ("副市长",)),
    ("leader", ("副市长",)),
    ("leader", ("市人大常委会副主任",)),
)


def pick(rng: Random, words: list[T] | tuple[T, ...]) -> T:
    """One of the words, each as likely."""
    return words[int(rng.random() * len(words))]


@dataclass(frozen=True, slots=True)
class City:
    """A prefecture-level city, the name of its province, and its counties with a name of two letters and more."""

    name: str
    short: str
    province: str
    counties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leader:
    """An invented person; `pool` is what entries of the chronicle draw from."""

    name: str
    posts: tuple[str, ...]
    pool: str


@dataclass(frozen=True, slots=True)
class World:
    """All that one issue knows of: month of issue, month of the chronicle, and the years that are written about."""

    city: City
    journal: str
    year: int
    number: int
    leaders: tuple[Leader, ...]
    editors: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def last_month(self) -> tuple[int, int]:
        """Year and month before that of the issue: the chronicle's."""
        return (self.year, self.number - 1) if self.number > 1 else (self.year - 1, 12)

    def day(self, number: int) -> date:
        """A day of the month before, counted from 1; past its end the last one."""
        year, month = self.last_month
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last.replace(day=min(number, last.day))


def draw_world(rng: Random) -> World:
    """A world, from the issue's random numbers alone."""
    city = pick(rng, load_cities())
    names = _draw_names(rng, 60)
    leaders = tuple(Leader(name, posts, pool) for name, (pool, posts) in zip(names, _POSTS, strict=False))
    county_heads = tuple(
        Leader(name, ("市委常委", f"{county}委书记") if i == 0 else (f"{county}委书记",), "leader")
        for i, (name, county) in enumerate(zip(names[len(_POSTS) :], city.counties[:3], strict=False))
    )
    used = len(_POSTS) + 3
    return World(
        city,
        pick(rng, load_list("words")["names"]["journals"]).format(short=city.short),
        2012 + int(rng.random() * 13),
        1 + int(rng.random() * 12),
        leaders + county_heads,
        names[used : used + 4],
        names[used + 4 :],
    )


def _draw_names(rng: Random, count: int) -> tuple[str, ...]:
    """Different names of three characters, a few of two."""
    words = load_list("words")["names"]
    found: dict[str, None] = {}
    while len(found) < count:
        first = pick(rng, words["given_first"]) if rng.random() < 0.85 else ""
        found[pick(rng, words["surnames"]) + first + pick(rng, words["given_last"])] = None
    return tuple(found)


@cache
def load_cities() -> tuple[City, ...]:
    """The cities that an issue may be of, in the order of their codes."""
    path = resources.files("extract.lexicon").joinpath("regions.tsv")
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = [row for row in csv.DictReader(lines, delimiter="\t") if not row["until"]]
    names = {row["code"]: row["name"] for row in rows}
    counties: dict[str, list[str]] = {}
    for row in rows:
        if row["level"] == "county" and row["name"].endswith("县") and len(row["short"]) > 1:
            counties.setdefault(row["parent"], []).append(row["name"])
    return tuple(
        City(row["name"], row["short"], names[row["parent"]], tuple(counties[row["code"]]))
        for row in rows
        if row["level"] == "prefecture"
        and row["name"].endswith("市")
        and not row["code"].startswith(_LEFT_OUT)
        and 2 <= len(row["short"]) <= 3
        and names[row["parent"]].endswith("省")
        and len(counties.get(row["code"], ())) >= _FEWEST_COUNTIES
    )
