"""Which Chinese numerals count: 设茶场三个 does, 种桑、养蚕两项工作 only sums up what was just listed.

Needs a figure with its clause; gives the rule that says that the numeral counts nothing, or None where it counts.

Why only Chinese numerals: who prints digits means a number, but 三个方面, 一座桥 and 桑、茶两业 are turns of phrase. What
tells them apart is where the noun stands. Behind its noun (茶场三个) a numeral always counts; before it (三个茶场) it
counts unless a list that it sums up, or a noun of thought (方面, 环节), stands there.
"""

from __future__ import annotations

from functools import cache

from extract.figures import Figure
from extract.lexicon.loader import load_toml
from extract.patterns import Pattern

_COUNTS = frozenset(["count", "person", "household", "person_time"])
_ENDS = Pattern(r"[，。；：、！？）（\n]|[和及与](?=[一-鿿]{2,})|$")
_JOINT = Pattern(r"、|(?<=[一-鿿”])(?:以及|[和与及])(?=[一-鿿“])")
_LIST = Pattern(r"(?:[^，。；：、（）]{1,16}、)*[^，。；：、（）]{1,16}(?:、|以及|[和与及])[^，。；：、（）]{1,16}$")
# 每周一次 counts; 最后一公里, 这一件 do not
_EACH = Pattern(r"每[周月年季日天]?度?$")
_POINTING = Pattern(r"(?:最[后先初大]|[这那某另首同如若每]|不差|人手)$")
# how much, not merely that there is something
_REACHED = frozenset(["start", "endpoint", "reach", "growth_up", "growth_down", "share", "gap"])
_AMOUNTING = frozenset(
    ["共", "共有", "总共", "共计", "总计", "合计", "达", "达到", "达到了", "仅", "仅有", "只有", "仅为", "各"]
)
# up to here a count may be no more than the length of the list before it
_LONGEST_LIST = 12


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load_toml("chinese_counts")[kind])


def recognise(figure: Figure, text: str) -> str | None:
    """The rule by which a Chinese numeral counts nothing, None where it counts or measures."""
    quantity = figure.quantity
    if quantity.value == 1 and quantity.value_high is None and quantity.comparator == "=":
        return None if _is_one(figure, text) else "idiom.one"
    if quantity.base_unit not in _COUNTS or quantity.comparator != "=" or quantity.value_high is not None:
        return None
    if text[quantity.start] == "二" and quantity.end - quantity.start == 2 and quantity.unit in _words("second"):
        return "ordinal.second"
    noun = text[slice(*figure.after)] if figure.after else ""
    if _named(figure, text, noun):
        return "name.listed"
    if _is_abstract(noun) or _sums_up(figure, text, noun):
        return "idiom.listed"
    if quantity.unit in _words("loose") and quantity.value <= _LONGEST_LIST:
        return None if _is_loose_count(figure, text, noun) else "idiom.listed"
    return None


def _is_one(figure: Figure, text: str) -> bool:
    """一 as a number: of a large unit, of a change, after 每周, or behind its noun (中学一所)."""
    quantity, left = figure.quantity, figure.left
    unit = quantity.unit or ""
    if _EACH.search(text, max(0, figure.start - 3), figure.start):
        return True
    if _POINTING.search(text, max(left.low, quantity.outer_start - 2), quantity.outer_start):
        return False
    if quantity.base_unit in ("pp", "ratio", "%"):
        return left.has(*_REACHED)
    if text[quantity.start] != "一":
        # 万家灯火, 千里之外
        return False
    if unit[:1] in ("万", "亿") and quantity.base_unit is not None:
        return True
    if not _ENDS.match(text, quantity.outer_end):
        return False
    behind = left.noun is not None and (left.noun[1] == quantity.outer_start or bool(left.cues))
    if quantity.base_unit not in _COUNTS or unit in _words("single"):
        return behind
    listed = text.startswith("、", quantity.outer_end) or "、" in text[left.low : quantity.start]
    return behind and listed and unit in _words("single_listed")


def _named(figure: Figure, text: str, noun: str) -> bool:
    """A name in a list of names that nobody counts: 华越、明远、八座桥等企业, but not 两座桥、三条路."""
    before = figure.quantity.outer_start
    if len(noun) != 1 or figure.after is None or text[before - 1] != "、" or text[figure.after[1]] not in "等、":
        return False
    return _opens(figure, text)


def _opens(figure: Figure, text: str) -> bool:
    """Whether the figure's clause begins at a mark, and not behind another figure."""
    return not figure.left.low or text[figure.left.low - 1] in "，。；：、！？\n（“"


def _is_abstract(noun: str) -> bool:
    """方面, 环节, 突出问题, 坚持; not 文明单位, where a thing that can be counted ends the noun."""
    if noun[-2:] in _words("abstract") or noun[:2] in _words("points") or noun.startswith("“"):
        return True
    return noun.startswith(tuple(_words("slogans"))) and not noun.endswith(tuple(load_toml("nouns")["head"]["words"]))


def _sums_up(figure: Figure, text: str, noun: str) -> bool:
    """Whether what stands right before the numeral is the list that it counts."""
    end, low, value = figure.quantity.outer_start, figure.left.low, figure.quantity.value
    if noun and text[end - 1 : end] in ("）", "”"):
        return True
    before = text[low:end] if _opens(figure, text) else text[low:end].partition("、")[2]
    before = before.strip(" 、")
    if noun and before.endswith(tuple(_words("joined"))):
        return True
    open_list = before.endswith("等")
    found = _LIST.search(before.removesuffix("等"))
    if found is None or text[end - 1] == "、":
        return False
    items = len(_JOINT.split(found.group()))
    return items == value or bool(noun and not open_list and value <= _LONGEST_LIST and not figure.left.cues)


def _is_loose_count(figure: Figure, text: str, noun: str) -> bool:
    """A measure word of many uses counts behind its noun, before one, or behind a verb of amount."""
    quantity, left = figure.quantity, figure.left
    before = text[slice(*left.noun)] if left.noun else ""
    if quantity.unit in _words("divisions"):
        return bool(noun and not before)
    if noun:
        return not (before and quantity.unit in _words("turns"))
    if before and not left.cues:
        return _ENDS.match(text, quantity.outer_end) is not None and not _is_abstract(before)
    if figure.subject is None or _is_abstract(figure.subject) or text.startswith("：", quantity.outer_end):
        return False
    return left.has(*_REACHED) or any(word in _AMOUNTING for word, _ in left.cues)
