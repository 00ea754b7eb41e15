"""What the words over and beside the figures of a table say: captions, column heads, row labels.

Needs the words of one caption, head or label; gives a `Head`: what is measured, in which unit, when, where, and which
kind of figure it is. The words are `lexicon/table_heads.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache

import regex

from extract.grammar.mentions import Period
from extract.grammar.periods import scan_periods
from extract.grammar.regions import RegionMention, find_regions
from extract.grammar.units import unit_reading
from extract.lexicon.loader import load_toml
from extract.patterns import Pattern

_SPACES = Pattern(r"[\s\u200b\ufdd0]+")
_TABLE_NUMBER = Pattern(
    r"(?:[附续]表|专栏)\s*(?:\d+(?:-\d+)?|[一二三四五六七八九十]+)?\s*[：:、.]?|表\s*(?:\d+(?:-\d+)?|[一二三四五六七八九十]+)\s*[：:、.]?"
)
_ITEM_NUMBER = Pattern(
    r"(?:\d{1,2}\s?[.、．](?!\d)|（\d{1,2}）|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|[①-⑳])\s*"
)
_UNIT_LINE = Pattern(r"[（(]?(?:计量)?单位[：:]\s*(?P<units>[^）)]+)[）)]?")
_BRACKET = Pattern(r"[（(\[](?P<inside>[^（）()\[\]]*)[）)\]]")
_UNIT_PARTS = Pattern(r"[、，,;；]")
_PERCENT_END = Pattern(r"(?<=\p{Han}|±)[±]?(?P<unit>[%‰])$")
_SLASH_UNIT = Pattern(r"(?<=\p{Han}{2})/(?P<unit>[^/]{1,8})$")
_BARE_YEAR = Pattern(r"(?:19|20)\d{2}$")
_PART_OF = Pattern(r"占(?![地用道线])(?P<whole>[\p{Han}A-Z]{1,12}?)的?(?:比重|比例|份额|$)")
_DONE_OF = Pattern(
    r"(?:完成|占|达到)(?P<whole>(?:年度|全年|年初|当年|计划)?(?:投资)?(?:目标任务|目标|计划|任务|预算|预期))(?:的|比例|比重|进度)*$"
)
_PROGRESS_OF = Pattern(r"(?P<whole>年度目标|年度计划|全年目标|目标任务|计划|预算|目标)(?:完成率|完成进度|进度)$")
_COMPARED_YEAR = Pattern(r"(?:比|较)(?:19|20)\d{2}年(?:同期|末|底)?")
_JOINT = Pattern(r"(?:及其|以及|及|与|和|、)$")
_PLACE_ENDS = tuple("省市县区州盟旗乡镇")
_FIRST = ("ranking", "growth", "change", "share")


@dataclass(frozen=True, slots=True)
class Head:
    """One caption, column head or row label.

    `noun` is what is left when everything else is taken out: what is measured, or of what. `kind` is `level`,
    `growth`, `change` (an amount), `share`, `ranking`, None where no word says it; `whole` is
    what a share is of, or among whom a rank is held; `several` is true where words of
    two kinds stand in it. `label` tells which labels stand under the head (a key of `[label]`). `stock` says that it
    speaks of the last day of its period.
    """

    noun: str = ""
    kind: str | None = None
    several: bool = False
    basis: str | None = None
    annual: bool = False
    whole: str | None = None
    units: tuple[str, ...] = ()
    period: Period | None = None
    period_text: str | None = None
    stock: bool = False
    aim: bool = False
    actual: bool = False
    estimate: bool = False
    planned: bool = False
    region: RegionMention | None = None
    label: str | None = None
    total: bool = False
    within: bool = False


@cache
def load_heads() -> dict[str, dict[str, tuple[str, ...]]]:
    """The words by section and key, the longest first."""
    return {
        section: {key: tuple(sorted(words, key=lambda word: (-len(word), word))) for key, words in lists.items()}
        for section, lists in load_toml("table_heads").items()
    }


@cache
def _either(section: str, key: str) -> str:
    return "(?:" + "|".join(regex.escape(word) for word in load_heads()[section][key]) + ")"


@cache
def _pattern(section: str, key: str, form: str) -> regex.Pattern[str]:
    """One pattern for the words of a list, put in the place of {} in `form`."""
    return regex.compile(form.replace("{}", _either(section, key)))


def read_units(text: str) -> tuple[str, ...]:
    """The units that a bracket or a line of units holds, () where a part of it is no unit.

    >>> read_units("亿元、%"), read_units("万元/人"), read_units("多选")
    (('亿元', '%'), ('万元/人',), ())
    """
    units: list[str] = []
    for part in _UNIT_PARTS.split(_SPACES.sub("", text)):
        part = part.lstrip("±+-")
        reading = unit_reading(part, 0)
        if reading is None or reading.end != len(part):
            return ()
        units.append(part)
    return tuple(units)


def find_label(text: str) -> str | None:
    """Which labels stand under a head: a key of the lexicon's `[label]`.

    >>> find_label("指 标"), find_label("县（市、区）"), find_label("增长（%）") is None
    ('indicator', 'place', True)
    """
    return _labels().get(_SPACES.sub("", text))


@cache
def _labels() -> dict[str, str]:
    return {word: key for key, words in load_heads()["label"].items() for word in words}


def is_measure(noun: str) -> bool:
    """Whether a phrase measures something by itself.

    >>> is_measure("公路客运量"), is_measure("制造业")
    (True, False)
    """
    return noun.endswith(load_heads()["measure"]["ends"])


@lru_cache(maxsize=4096)
def read_head(text: str, home: str | None = None, caption: bool = False) -> Head:
    """The meaning of a caption, column head or row label; `home` is the region code of the document's place.

    A `caption` may name a place, or several, beside what it measures; a head or label is a place as a whole or not.

    >>> head = read_head("比上年增长（%）")
    >>> head.kind, head.basis, head.units, head.noun
    ('growth', 'yoy', ('%',), '')
    >>> read_head("表3 2023年主要农产品产量", caption=True).noun
    '农产品产量'
    >>> read_head("").kind is None
    True
    """
    words = _TABLE_NUMBER.sub("", text.strip(), count=1) if _TABLE_NUMBER.match(text.strip()) else text.strip()
    number = _ITEM_NUMBER.match(words)
    words = _SPACES.sub("", words[number.end() :] if number and number.end() < len(words) else words)
    head = Head(label=_labels().get(words), total=words in load_heads()["total"]["words"])
    if _BARE_YEAR.match(words):
        words += "年"
    head, words = _take_units(head, words)
    head, words = _take_region(head, words, home, caption)
    head, words = _take_basis(head, words)
    head, words = _take_whole(head, words)
    head, words = _take_period(head, words)
    head, words = _take_mode(head, words, caption)
    head, words = _take_kind(head, words, caption)
    if head.kind == "ranking":
        head, words = _take_among(head, words)
    noun = _trim(words, caption)
    if noun and head.region is None and not caption:
        head, noun = _take_region(head, noun, home, caption)
    return replace(head, noun=noun, within=text.strip().startswith(("其中", "#")))


def _take_units(head: Head, words: str) -> tuple[Head, str]:
    """Units in brackets, after 单位：, after a slash, and a closing % out of the words; other brackets are dropped."""
    units: list[str] = []
    if line := _UNIT_LINE.search(words):
        units += read_units(line["units"])
        words = words[: line.start()] + words[line.end() :]
    rest = ""
    at = 0
    for bracket in _BRACKET.finditer(words):
        rest += words[at : bracket.start()]
        at = bracket.end()
        inside = bracket["inside"]
        if not rest.endswith(_PLACE_ENDS) and (found := read_units(inside)):  # not 各县（市、区）
            units += found
        elif inside.endswith("%"):  # （增长%）
            units.append("%")
            rest += inside[:-1]
        elif not rest and at == len(words):
            rest += inside
    words = rest + words[at:]
    for pattern in (_PERCENT_END, _SLASH_UNIT):
        if (end := pattern.search(words)) and (found := read_units(end["unit"])):
            units += found
            words = words[: end.start("unit")].rstrip("/")
    return replace(head, units=tuple(units)), words


def _take_region(head: Head, words: str, home: str | None, caption: bool) -> tuple[Head, str]:
    """The place that a head or label is, or the places that a caption names, out of the words."""
    bare = _pattern("trim", "front", "^{}").sub("", words) if words.startswith(("其中", "#")) else words
    for mention in find_regions(bare, home=home):
        if (mention.start, mention.end) == (0, len(bare)):
            return replace(head, region=mention), ""
        rest = bare[mention.end :]
        if not caption and mention.start == 0 and mention.level == "relative" and is_measure(rest):
            return replace(head, region=mention), rest  # 全市总人口
        if caption and (mention.level in ("group", "relative") or mention.start == 0):
            region = None if mention.level in ("group", "relative") else mention
            return replace(head, region=region), bare[: mention.start] + rest
    return head, words


def _take_among(head: Head, words: str) -> tuple[Head, str]:
    """The places among which a rank is held, and what stands beside them: 增速全省排名."""
    for mention in find_regions(words):
        rest = words[: mention.start].removesuffix("在") + words[mention.end :]
        return replace(_take_kind(head, rest, False)[0], kind="ranking", whole=mention.name), _kind_end().sub("", rest)
    return head, words


def _take_basis(head: Head, words: str) -> tuple[Head, str]:
    """The words of comparison."""
    for basis in ("yoy", "base"):
        if found := _pattern("basis", basis, "{}").search(words):
            return replace(head, basis=basis), words[: found.start()] + words[found.end() :]
    if found := _COMPARED_YEAR.search(words):
        return replace(head, basis="base"), words[: found.start()] + words[found.end() :]
    return head, words


def _take_whole(head: Head, words: str) -> tuple[Head, str]:
    """The whole that a share is of: 占规上工业比重, 完成年度目标."""
    for pattern in (_DONE_OF, _PART_OF, _PROGRESS_OF):
        if found := pattern.search(words):
            return replace(head, whole=found["whole"], kind="share"), words[: found.start()]
    return head, words


def _take_period(head: Head, words: str) -> tuple[Head, str]:
    """The first time expression; all of them leave the words."""
    found = [period for period in scan_periods(words) if period.grain != "duration"]
    if not found:
        return head, words
    first = found[0]
    rest, at = "", 0
    for period in found:
        rest += words[at : period.start]
        at = period.end
    stock = any(period.point for period in found)
    text = words[first.start : first.end]
    return replace(head, period=first, period_text=text, stock=stock), rest + words[at:]


def _take_mode(head: Head, words: str, caption: bool) -> tuple[Head, str]:
    """Words of intention and fulfilment; 计划投资 stays in the words, because it is what is measured."""
    if head.whole is not None:
        return head, words
    if _pattern("mode", "planned", "{}").search(words):
        return replace(head, planned=True), words
    if found := _pattern("mode", "estimate", "{}").search(words):
        return replace(head, estimate=True), words[: found.start()] + words[found.end() :]
    end = r"{}(?:分工|分解|安排)*(?:[一汇][览总])?表?(?:增长)?$" if caption else "{}$"
    if found := _pattern("mode", "aim", end).search(words):
        tail = "增长" if found[0].endswith("增长") else ""
        return replace(head, aim=True), words[: found.start()] + tail
    if found := _pattern("mode", "actual", "{}$").search(words):
        return replace(head, actual=True), words[: found.start()]
    return head, words


def _take_kind(head: Head, words: str, caption: bool) -> tuple[Head, str]:
    """The words that say which kind of figure it is, off the end; the share that a noun names stays in it."""
    kinds: list[str] = ["share"] if head.kind else []
    several = False
    annual = head.annual
    while words and (found := _kind_end().search(words)):
        kind = found.lastgroup or ""
        joint = _JOINT.search(words, 0, found.start())
        several = several or joint is not None
        kinds.append(kind)
        if kind == "share" and found.start() and joint is None and not (caption and found[0] == "构成"):
            break
        annual = annual or "均" in found[0]
        words = words[: joint.start() if joint else found.start()]
    if _pattern("plain", "words", "(?:{})+$").match(words):
        kinds.append("level")
        words = ""
    if head.basis and not {"growth", "change"} & set(kinds):
        kinds.append("growth")
    kind_found = next((kind for kind in _FIRST if kind in kinds), None)
    if "value" in kinds or kind_found is None:
        kind_found = kind_found or ("level" if kinds else None)
    return replace(head, kind=kind_found, several=several, annual=annual), words


@cache
def _kind_end() -> regex.Pattern[str]:
    """A word of a kind at the end of a head: the one that begins first, so the longest."""
    groups = (f"(?P<{key}>" + "|".join(map(regex.escape, words)) + ")" for key, words in load_heads()["kind"].items())
    return regex.compile("(?:" + "|".join(groups) + ")$")


def _trim(words: str, caption: bool) -> str:
    """The words without what a caption or label begins or ends with beside what it measures."""
    front, back = _pattern("trim", "front", "^{}(?=.)"), _pattern("trim", "back", "{}$")
    while True:
        shorter = front.sub("", back.sub("", words))
        if caption:
            shorter = _class_words().sub("", shorter)
        if shorter == words:
            return words
        words = shorter


@cache
def _class_words() -> regex.Pattern[str]:
    """分行业, 各园区, 按产业分 in front of what a caption measures."""
    words = sorted((*load_heads()["label"]["class"], *load_heads()["label"]["place"]), key=lambda word: -len(word))
    either = "|".join(map(regex.escape, (word for word in words if len(word) > 1)))
    return regex.compile(rf"^(?:各|分|按)?(?:{either})(?:分组|分)?(?=\p{{Han}}{{2}})(?<!农产品|工业产品)")
