"""Well-known indicators: 经济增长, 全市地区生产总值 and GDP are one concept, `gdp`.

Needs `lexicon/indicators.toml`; gives a stable English key for the indicator of a record, or none. A wrong concept is
worse than none, so an indicator meets a concept only if it *is* one of its aliases, or ends in one and everything in
front says where or when (安溪县, 上半年). Whatever else stands in front (制造业, 新增, 人均) may change what is
measured: such a phrase has an entry of its own in the lexicon, or no concept.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import regex

from extract.patterns import Pattern

DIMENSIONS = frozenset({
    "money", "percent", "permille", "per_100000", "index", "ratio", "count", "person", "area", "mass", "volume",
    "energy", "power", "length", "duration", "concentration", "passenger_km", "ton_km", "teu",
})  # fmt: skip
FIELDS = frozenset({"label", "category", "aliases", "dimensions", "source"})

KEY = Pattern(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
DROPPED = str.maketrans("", "", " 　\t\r\n“”\"'‘’「」《》（）()[]〔〕的、，,·")

# 社区 and 城乡 end like a place but say whose or which, so they are no region in front of an indicator.
REGION = r"""
    (?! 人均 | 新增 | 民间 | 居民 | 占 | 较 | 比全 | 高于 | 低于 | 带动 | 拉动 ) [\u4e00-\u9fff]{1,8}?
    (?: 特别行政区 | 自治[区州县旗] | 街道 | [省市县州盟旗镇乡区] )
    (?<! [社小景牧林农灌矿库学]区 | [城乡集]镇 | 城[市乡] | [上超股楼]市 )
    | [一二两三四五六七八九十\d]个?[县市区]
"""
NUMBER = r"[\d一二三四五六七八九十]{1,2}"
LAST_OF_SHAPES = frozenset("省市县州盟旗镇乡区道年月份期间五和与及0123456789")
PERIOD = rf"\d{{4}}年? | {NUMBER} (?: [-—–~至] {NUMBER} )? 月份? | 十[一二三四五]五 (?: 时期 | 期间 )?"


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of official statistics; `dimensions` are what its figures may be measured in."""

    key: str
    label: str
    category: str
    aliases: tuple[str, ...]
    dimensions: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class ConceptIndex:
    """The lexicon made ready: `by_alias` maps a normalised alias to its concept's key."""

    concepts: Mapping[str, Concept]
    by_alias: Mapping[str, str]
    before: regex.Pattern[str]
    last_before: frozenset[str]
    after: tuple[str, ...]
    fold: tuple[tuple[str, str], ...]


def find_concept(indicator: str | None) -> str | None:
    """The key of the concept an indicator names, or None where there is none or it is uncertain.

    >>> find_concept("经济"), find_concept("全县地区生产总值增速"), find_concept("GDP")
    ('gdp', 'gdp', 'gdp')
    >>> find_concept("规上工业增加值"), find_concept("制造业投资")
    ('industrial_value_added', 'manufacturing_investment')
    >>> find_concept("养殖业投资"), find_concept("人均一般公共预算收入"), find_concept(None)
    (None, None, None)
    """
    return _find(indicator) if indicator else None


@lru_cache(maxsize=65536)
def _find(indicator: str) -> str | None:
    index = load_concepts()
    for phrase in _without_tail(_normalise(indicator, index.fold), index.after):
        for start in range(len(phrase)):
            key = index.by_alias.get(phrase[start:])
            if key is not None and (start == 0 or _is_neutral(phrase[:start], index)):
                return key
    return None


def _is_neutral(words: str, index: ConceptIndex) -> bool:
    """True if all that stands before an alias says where or when; the last character spares most the pattern."""
    return words[-1] in index.last_before and index.before.fullmatch(words) is not None


def _normalise(phrase: str, fold: tuple[tuple[str, str], ...]) -> str:
    """A phrase without spaces, quotes, brackets and 的, in upper case, with short forms written out."""
    phrase = phrase.translate(DROPPED).upper()
    for short, full in fold:
        phrase = phrase.replace(short, full)
    return phrase


def _without_tail(phrase: str, after: tuple[str, ...]) -> Iterator[str]:
    """The phrase, then the phrase without each further word at its end that does not change its meaning."""
    while phrase:
        yield phrase
        tail = next((word for word in after if phrase.endswith(word)), None)
        if tail is None:
            return
        phrase = phrase[: -len(tail)]


def indicator_words() -> frozenset[str]:
    """Every alias as written in the lexicon, for word segmentation.

    >>> "社会消费品零售总额" in indicator_words(), "早餐" in indicator_words()
    (True, False)
    """
    return frozenset(alias for concept in load_concepts().concepts.values() for alias in concept.aliases)


@cache
def load_concepts() -> ConceptIndex:
    """The packaged lexicon, read and validated once; raises ValueError that names the entry at fault."""
    text = files("extract.lexicon").joinpath("indicators.toml").read_text("utf-8")
    return build_concepts(tomllib.loads(text))


def build_concepts(table: Mapping[str, Any]) -> ConceptIndex:
    """The index of a parsed `indicators.toml`.

    Raises ValueError naming the entry for a key that is not snake_case, a missing, unknown or empty field, an unknown
    dimension, and an alias that another entry has too.
    """
    neutral = table["neutral"]
    fold = tuple(neutral["fold"].items())
    concepts = {key: _build_concept(key, entry) for key, entry in table["concepts"].items()}
    by_alias: dict[str, str] = {}
    for concept in concepts.values():
        for alias in concept.aliases:
            other = by_alias.setdefault(_normalise(alias, fold), concept.key)
            if other != concept.key:
                raise ValueError(f"indicators.toml, [concepts.{concept.key}]: alias {alias} stands in {other} too")
    before = sorted(neutral["before"], key=len, reverse=True)
    words = "|".join(regex.escape(word) for word in before)
    return ConceptIndex(
        concepts=MappingProxyType(concepts),
        by_alias=MappingProxyType(by_alias),
        before=regex.compile(rf"(?: {words} | {PERIOD} | {REGION} )+ [和与及]?", regex.VERBOSE),
        last_before=LAST_OF_SHAPES.union(word[-1] for word in before),
        after=tuple(sorted(neutral["after"], key=len, reverse=True)),
        fold=fold,
    )


def _build_concept(key: str, entry: Mapping[str, Any]) -> Concept:
    where = f"indicators.toml, [concepts.{key}]"
    if not KEY.fullmatch(key):
        raise ValueError(f"{where}: the key is not lower-case snake_case")
    if entry.keys() != FIELDS:
        raise ValueError(f"{where}: missing or unknown fields {sorted(entry.keys() ^ FIELDS)}")
    if empty := sorted(name for name in FIELDS if not all(entry[name] or [None])):
        raise ValueError(f"{where}: nothing in {empty}")
    if unknown := sorted(set(entry["dimensions"]) - DIMENSIONS):
        raise ValueError(f"{where}: unknown dimensions {unknown}")
    if len(set(entry["aliases"])) < len(entry["aliases"]):
        raise ValueError(f"{where}: an alias stands twice")
    return Concept(
        key, entry["label"], entry["category"], tuple(entry["aliases"]), tuple(entry["dimensions"]), entry["source"]
    )
