"""What the words of a figure say to a relation: a plan, a measure, a larger place, a part of a division.

Needs `lexicon/checks.toml`; gives small tests on facts and labels.
"""

from __future__ import annotations

from functools import cache

from extract.checks.facts import Fact
from extract.lexicon.loader import load_toml
from extract.patterns import Pattern

_PLAN = Pattern(r"计划|拟|应")
_OTHER_YEAR = Pattern(r"(?<![比较与同])(?:去年|上年|前年|明年|次年)(?!同期)")
_REGION_WORD = Pattern(r"^(?:全|我|本)?(?:国|省|市|县|区|州|世界|球)(?:同类|的)?$")


def is_plan(fact: Fact) -> bool:
    """Whether the figure is what was planned, by its modality or the words before it."""
    return fact.row["modality"] in ("planned", "target") or _PLAN.search(fact.clause) is not None


def other_years(fact: Fact) -> frozenset[str]:
    """The words of a figure's sentence by which it is of another year than the text (去年, 明年), not those of a base."""
    return frozenset(_OTHER_YEAR.findall(fact.text))


def is_region_word(words: str) -> bool:
    """Whether a whole is no more than a place.

    >>> is_region_word("全省"), is_region_word("规模以上工业")
    (True, False)
    """
    return _REGION_WORD.match(words) is not None


@cache
def _measures() -> list[tuple[str, str]]:
    pairs = [(word, name) for name, words in load_toml("checks")["measures"].items() for word in words]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


def measure_of(words: str) -> str | None:
    """The measure that a name ends with, one key for its spellings; None where none is known.

    >>> measure_of("规模以上工业企业实现营业收入") == measure_of("传统产业营收") == "revenue"
    True
    >>> measure_of("企业") is None
    True
    """
    found = [(words.rfind(word) + len(word), len(word), name) for word, name in _measures() if word in words]
    return max(found)[2] if found else None


def without_measure(words: str) -> str:
    """A name without the measure it ends with.

    >>> without_measure("规上企业营业收入"), without_measure("规上企业")
    ('规上企业', '规上企业')
    """
    measure = next((word for word, _ in _measures() if words.endswith(word)), "")
    return words.removesuffix(measure)


@cache
def _roles() -> list[tuple[str, str]]:
    return [(word, role) for role, words in load_toml("checks")["roles"].items() for word in words]


def series_of(fact: Fact) -> tuple[object, ...]:
    """What makes figures of different years one series: subject and role; for projects stage and threshold too.

    The clause speaks before the label, for a label may be carried over from the amount before.
    """
    subject, role = _split_role(fact.label)
    if fact.table == "project_counts":
        row = fact.row
        return subject, "count", row["stage"], row["invest_min"], row["invest_max"]
    return subject, _split_role(fact.clause)[1] or role or fact.key


def _split_role(words: str) -> tuple[str, str | None]:
    """A name without the role it ends with, and the role."""
    if "投资" in words:
        for word, role in _roles():
            if words.endswith(word):
                return words.removesuffix(word), role
    return words, None


def within_region(part: Fact, whole: Fact) -> bool:
    """Whether the part's place lies within the whole's: by their codes, by a name that begins with the other's, or,
    in a text whose place is unknown, by words such as 全市 and 全省.
    """
    if part.region == whole.region:
        return part.region is None and 0 < _named_level(part) < _named_level(whole)
    if part.region is None or whole.region is None:
        return False
    if whole.region in ("中国", "全国"):
        return True
    if part.code and whole.code:
        return len(prefix := _prefix(whole.code)) < len(_prefix(part.code)) and part.code.startswith(prefix)
    return part.region.startswith(whole.region)


_LEVEL_WORD = Pattern(r"[全我]([县市省国])")


def _named_level(fact: Fact) -> int:
    match = _LEVEL_WORD.search(fact.clause)
    return "县市省国".index(match[1]) + 1 if match else 0


def _prefix(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


def is_place(fact: Fact, words: str) -> bool:
    """Whether the figure's place is of the level that words such as 全省 name."""
    level = {"国": ("国",), "省": ("省", "区"), "市": ("市",), "县": ("县", "区")}
    return any(fact.region is not None and fact.region.endswith(level[c]) for c in words[:2] if c in level)


def shared_words(one: str, other: str) -> str:
    """The longest run of characters that two labels share.

    >>> shared_words("全市性检查考核", "开展检查考核事项")
    '检查考核'
    """
    best = ""
    for start in range(len(one)):
        while one[start : start + len(best) + 1] in other and start + len(best) < len(one):
            best = one[start : start + len(best) + 1]
    return best


_REAL = Pattern(r"增加值|生产总值|^经济$|产值|投资$|零售|收入$")


def at_constant_prices(fact: Fact) -> bool:
    """Whether growth of the measure is printed at constant prices or on a comparable base, by its name or concept."""
    concept = fact.row["concept"] or ""
    return concept in load_toml("checks")["comparable"]["concepts"] or _REAL.search(fact.label) is not None
