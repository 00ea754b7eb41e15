"""Words of the printed press, and the patterns made of them: credits, captions, running heads, closing notes, marks.

Needs folded lines; gives for each line the kind that its own words settle. The words are `lexicon/press.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from extract.lexicon.loader import load_toml
from extract.lines import Line
from extract.patterns import Pattern

_SPACES = Pattern(r"[\s\u200b\ufdd0]+")
_NAME = r"(?:\p{Han}\s\p{Han}|\p{Han}{2,7}·\p{Han}{1,7}|\p{Han}{2,3})"
_NAMES = rf"{_NAME}(?:、{_NAME})*"
_CREDIT_LINE = Pattern(
    rf"[（(]?(?:(?:{_NAMES})\s*/?\s*(?:摄影报道|摄影|摄|供图|图)|(?:摄影|图片|供图|图|文/图|摄)\s*[：:/]\s*{_NAMES})[）)]?$"
)
_CREDIT_END = Pattern(rf"(?:[\s。（]|(?<=\S)\s?[（])(?:{_NAMES})\s*/?\s*(?:摄影报道|摄影|摄|供图)[）)]?$")
_CREDIT_TAILS = "摄影道图）)"
_PICTURE = Pattern(
    r"(?:^|[。，；！\s（])(?:图为|图\d?[：:]|[左右上下]图)|^(?:封面|封底|封[二三]|题图|插图|资料图片?)[：:]"
)
_LONGEST_CAPTION = 160
_LONGEST_NOTE = 300
_LONGEST_LABEL = 24
_LONGEST_MARK = 6
_WIDEST_PAGE = 24
_PAGE_PARTS = Pattern(r"[\d\s·•—\-]+")
_LETTER = Pattern(r"\p{L}")
_CELLS = Pattern(r"[\t|]|\d\.\d")
_PAGE_FLANKED = Pattern(r"^[·—\-]\s?\d{1,4}\s?[·—\-]\s|\s[·—\-]\s?\d{1,4}\s?[·—\-]$")
_PAGE_EDGE = Pattern(r"^\d{1,4}[\s·•—-]|[\s·•—-]\d{1,4}$")
_PAGE = Pattern(
    r"(?:第\s?)?[-—·•.|\s]*\d{1,4}[-—·•.|\s]*页?(?:\s?[/共]\s?(?:共\s?)?\d{1,4}\s?页?)?$|-\s?[ivxlc]{1,6}\s?-$|第\s?[一二三四五六七八九十百]+\s?页$"
)
_MARK = Pattern(r"[\p{So}\p{No}■□●○◆◇★☆▲△▼▽◎※☯✦❖]{1,3}$")
_MARK_END = Pattern(r"(?<=[。！？”’）…])\s*([\p{So}\p{No}■□●○◆◇★☆▲△▼▽◎※]{1,3})$")
_DIGIT_END = Pattern(r"(?<=[。！？”’）…])\s*(\d)$|(?<=\p{Han})\s+(\d)$")
_NOTE = Pattern(
    r"[（(【\[](?:本文|此文|此篇|这是|作者|根据|原载|原文|选自|摘自|摘编|整理|转载|注[：:])|[（(][^（）()]{2,40}(?:供稿|撰稿|整理|提供|编辑|执笔)[）)]$"
)
_LINK = Pattern(r"(?:\[[^\]]*\][（(])?https?://\S+$|www\.\S+$")
_BRACKETED = Pattern(r"（(?![一二三四五六七八九十百]{1,3}）|\d{1,2}）)[^（）。]{1,40}）$|[（]?(?:计量)?单位：\S{1,16}$")
_OPEN_NOTE = Pattern(r"（(?:本文|此文|这是|根据|作者)[^）]*$")


@dataclass(frozen=True, slots=True)
class KindWords:
    """Words that tell the kind of a piece, in its title or in the name of its column."""

    kind: str
    title: tuple[str, ...]
    column: tuple[str, ...]


@cache
def load_kinds() -> tuple[KindWords, ...]:
    """The words of the kinds of pieces, in the order in which they decide."""
    return tuple(
        KindWords(entry["kind"], tuple(entry.get("title", ())), tuple(entry.get("column", ())))
        for entry in load_toml("press")["kind"]
    )


@cache
def compile_words(key: str) -> regex.Pattern[str]:
    """One pattern for the words of a list, the longest first, with spaces allowed inside them.

    >>> bool(compile_words("masthead").match("主 编")), compile_words("posts").match("春天")
    (True, None)
    """
    words = sorted(load_toml("press")[key], key=len, reverse=True)
    return regex.compile("(?:" + "|".join(r"\s*".join(word) for word in words) + ")")


@cache
def _label(key: str) -> regex.Pattern[str]:
    return regex.compile(rf"[（(]?{compile_words(key).pattern}\s*[：/]")


@cache
def _labelled_name(key: str) -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<!\p{{Han}}){compile_words(key).pattern}\s*[：/]\s*({_NAME}|\p{{Han}}{{4}})(?=\s|$|[）)])"
    )


def is_spaced_out(text: str) -> bool:
    """Whether a line is set with a space behind every character.

    >>> is_spaced_out("工 作 报 告"), is_spaced_out("凝心聚力 再启新程")
    (True, False)
    """
    words = text.split()
    return len(words) > 3 and sum(1 for word in words if len(word) == 1) * 3 >= len(words) * 2


def squash(text: str) -> str:
    """The text without spaces.

    >>> squash("校 对")
    '校对'
    """
    return _SPACES.sub("", text)


def has_label(key: str, text: str) -> bool:
    """Whether a line starts with one of the labels of a list and a colon.

    >>> has_label("masthead", "主 编：李明山"), has_label("masthead", "主要目标：增长")
    (True, False)
    """
    head = text[:_LONGEST_LABEL]
    return ("：" in head or "/" in head) and _label(key).match(text) is not None


def is_imprint(text: str) -> bool:
    """Whether a line outside the masthead says who publishes the issue, or what for.

    >>> is_imprint("中共新桥县委主办"), is_imprint("本刊宗旨：服务大局"), is_imprint("新桥县水厂")
    (True, True, False)
    """
    return has_label("masthead", text) or squash(text).endswith(("主办", "主管", "承办", "编印"))


def read_label(key: str, text: str) -> str | None:
    """What stands behind one of the labels of a list, up to a wide space or the next label; None without one.

    >>> read_label("proofreader", "责任编辑：张 明  校对：李小山")
    '李小山'
    >>> read_label("proofreader", "责任编辑：张明") is None
    True
    """
    found = _labelled_name(key).search(text)
    return None if found is None else squash(found[1])


def is_note(text: str) -> bool:
    """Whether a line is a note beside the text: its source, proofreader or editor, a link, a remark in brackets.

    >>> is_note("（本文系2022年3月1日李明山同志在全县会议上的讲话）"), is_note("校对：王小山"), is_note("（一）农业")
    (True, True, False)
    """
    if len(text) <= 60 and has_label("closing", text):
        return True
    if text[0] not in "（【[hw单计":
        return False
    if _LINK.match(text) is not None:
        return True
    return len(text) <= _LONGEST_NOTE and (_NOTE.match(text) or _BRACKETED.match(text)) is not None


def is_credit(text: str) -> bool:
    """Whether a whole line is the credit of a photograph.

    >>> is_credit("李 明 / 摄"), is_credit("摄影：李明"), is_credit("李明讲话")
    (True, True, False)
    """
    return len(text) <= 24 and _CREDIT_LINE.match(text) is not None


def is_caption(text: str) -> bool:
    """Whether a line is a caption by its own words: a credit, 图为, 封面： and the like.

    >>> is_caption("新桥镇的梯田 李明/摄"), is_caption("3月5日，大桥通车。图为现场。"), is_caption("蓝图为先。")
    (True, True, False)
    """
    if len(text) > _LONGEST_CAPTION:
        return False
    if ("图" in text or text[0] == "封") and _PICTURE.search(text):
        return True
    return is_credit(text) or (
        text[-1] in _CREDIT_TAILS and _CREDIT_END.search(text, max(len(text) - 24, 0)) is not None
    )


def is_view(text: str) -> bool:
    """Whether a line without a stop names what a photograph shows.

    >>> is_view("位于新桥镇的水厂全景"), is_view("水厂建成。")
    (True, False)
    """
    return len(text) <= 60 and text.endswith(tuple(load_toml("press")["views"]))


def is_page_number(text: str) -> bool:
    """Whether a line holds a page number and nothing else.

    >>> is_page_number("— 12 —"), is_page_number("第3页 共20页"), is_page_number("12.5")
    (True, True, False)
    """
    return len(text) <= 16 and _PAGE.match(text) is not None


def is_mark(text: str) -> bool:
    """Whether a line is one lone symbol.

    >>> is_mark("⑥"), is_mark("6")
    (True, False)
    """
    return len(text) <= 3 and _MARK.match(text) is not None


def find_closing_mark(text: str, last: bool) -> int | None:
    """Where a closing mark starts at the end of a line, None without one.

    A symbol after a stop is a mark anywhere; a lone digit only at the `last` line of a piece.

    >>> find_closing_mark("再上新台阶。◆", False), find_closing_mark("再上新台阶。6", False)
    (6, None)
    >>> find_closing_mark("再上新台阶。6", True)
    6
    """
    tail = max(len(text) - _LONGEST_MARK, 0)
    found = _MARK_END.search(text, tail) or (_DIGIT_END.search(text, tail) if last else None)
    if found is None:
        return None
    group = 1 if found[1] is not None else 2
    return found.start(group)


def find_running_heads(lines: tuple[Line, ...]) -> set[int]:
    """Indexes of the lines that repeat on every page beside its number, and of the page numbers themselves.

    A line is a running head where, its digits left out, it comes again, and stands beside a page number or a form
    feed, or carries a number itself and comes three times; and where it ends with a number between dots or dashes.
    """
    pages = {i for i, line in enumerate(lines) if line.width <= _WIDEST_PAGE and is_page_number(line.text)}
    pages -= {i for i in pages if i - 1 in pages or i + 1 in pages}  # the cells of a table set one under another
    seen: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        if i not in pages and line.width <= 60 and "，" not in line.text:
            seen.setdefault(_PAGE_PARTS.sub("", line.text), []).append(i)
    words = [same for key, same in seen.items() if len(same) > 1 and _LETTER.search(key) and not _are_rows(lines, same)]
    heads = {i for same in words for i in same if _stands_at_edge(lines, i, pages, len(same))}
    flanked = {i for same in seen.values() for i in same if _PAGE_FLANKED.search(lines[i].text)}
    return heads | pages | flanked


def _are_rows(lines: tuple[Line, ...], same: list[int]) -> bool:
    """Whether lines that come again but for their numbers are rows of a table: with borders or decimals in them."""
    return all(_CELLS.search(lines[i].text) for i in same)


def _stands_at_edge(lines: tuple[Line, ...], i: int, pages: set[int], times: int) -> bool:
    """Whether a line that comes several times stands at the top or the foot of a page."""
    if i - 1 in pages or i + 1 in pages or lines[i].paged or (i + 1 < len(lines) and lines[i + 1].paged):
        return True
    return times > 2 and _PAGE_EDGE.search(lines[i].text) is not None and "。" not in lines[i].text


def opens_note(text: str) -> bool:
    """Whether a closing note does not end on its line.

    >>> opens_note("（本文系2022年3月1日李明山同志在"), opens_note("（本文系讲话摘要）")
    (True, False)
    """
    return _OPEN_NOTE.match(text) is not None
