"""Marks that open a heading or an item, and the stack of headings above a paragraph.

Needs folded text of single lines; gives the mark's family and its text, and the sections in force. The families are
ordered as in GB/T 9704-2012 clause 7.3.3 (一、 then （一） then 1. then （1）), under 编, 章 and 节 of books. A table's
title holds for its rows.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from extract.patterns import Pattern

_CN = "[一二三四五六七八九十百零〇]"
_MARK = Pattern(
    rf"""(?P<md>\#{{1,6}})\s
      | (?P<annex>附[件录]\s?(?:\d{{1,2}}|{_CN}{{1,2}})?)(?=[：\s]|$)
      | (?P<table>[附续]?表\s?(?:\d{{1,2}}(?:-\d{{1,2}})?|{_CN}{{1,2}})(?=[：\s]))
      | 第\s?(?:{_CN}{{1,4}}|\d{{1,3}})\s?(?:(?P<part>[编篇卷])|(?P<chapter>章)|(?P<clause>节))(?=\s|[\p{{Han}}“《]|$)
      | (?P<year>\d{{4}}年)$ | (?P<month>(?:\d{{1,2}}|{_CN}{{1,2}})月份?|第?[一二三四]季度|[上下]半年)$
      | (?P<cn>{_CN}{{1,3}}、)(?!{_CN}{{1,2}}、)
      | (?P<cn_paren>[（〔]\s?{_CN}{{1,3}}\s?[）〕])
      | (?P<arabic>\d{{1,2}}\s?[.、])(?!\d|\s\d)
      | (?P<arabic_paren>（?\d{{1,2}}）)
      | (?P<circled>[①-⑳])
      | (?P<ordinal>第{_CN}{{1,3}}[，、])(?!第?{_CN})
    """,
    regex.VERBOSE,
)
_FAMILIES = "md annex part chapter clause year month plain cn cn_paren arabic arabic_paren circled ordinal table"
_RANK = {name: rank for rank, name in enumerate(_FAMILIES.split())}
_BULLET = Pattern(r"[■□●○◆◇★☆▲△▶►※•·◎]|——|[-+*]\s|【|[一二三四五六七八九十]{1,2}[是要]|首先|其次|再次|最后，")
_MARK_STARTS = frozenset("#第附续表上下（〔一二三四五六七八九十百零〇0123456789①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_BULLET_STARTS = frozenset("■□●○◆◇★☆▲△▶►※•·◎—-+*【一二三四五六七八九十首其再最")
_FIRST = Pattern(r"\D*?[一1①](?![十\d])")
_STOP = Pattern("[。！？；]")
_NOT_PLAIN = Pattern(r"[。！？；：，]|\d$|^[（(]")
_LONGEST_HEADING = 60
_LONGEST_RUN_IN = 40
_LONGEST_PLAIN = 30
# longer than any mark with what must follow it
_LONGEST_MARK = 24


class Mark(NamedTuple):
    """The mark at the start of a line: its family, how deep it stands, where the heading's own text starts."""

    family: str
    rank: int
    first: bool
    start: int


def find_mark(text: str) -> Mark | None:
    """The mark that opens a heading, if the line starts with one.

    >>> find_mark("（二）稳住粮食生产").family
    'cn_paren'
    >>> find_mark("## 详细内容").start
    3
    >>> find_mark("1.4亿元资金下达") is None and find_mark("一、二、三季度") is None
    True
    """
    return _read_mark(text[:_LONGEST_MARK]) if text[:1] in _MARK_STARTS else None


@lru_cache(maxsize=4096)
def _read_mark(text: str) -> Mark | None:
    """The mark at the start of a line's first characters; every stage of the structure asks for it."""
    found = _MARK.match(text)
    if found is None or found.lastgroup is None:
        return None
    family = found.lastgroup
    if family == "md":
        return Mark(f"md{len(found['md'])}", len(found["md"]) - 10, False, found.end())
    return Mark(family, _RANK[family], bool(_FIRST.match(found[0])), 0)


def starts_item(text: str) -> bool:
    """Whether the line starts a heading or a listed item of its own.

    >>> starts_item("——粮食再获丰收。"), starts_item("粮食再获丰收。")
    (True, False)
    """
    return (text[:1] in _BULLET_STARTS and _BULLET.match(text) is not None) or find_mark(text) is not None


def is_heading(text: str, mark: Mark | None) -> bool:
    """Whether a whole line is a heading: marked, and without a sentence's stop.

    >>> is_heading("三、下一步打算", find_mark("三、下一步打算"))
    True
    >>> is_heading("三、下一步打算。先抓春耕。", find_mark("三、下一步打算。先抓春耕。"))
    False
    """
    if mark is None:
        return False
    if mark.family.startswith("md"):
        return True
    return len(text) <= _LONGEST_HEADING and not _STOP.search(text) and text[-1] not in "，、："


def is_plain_heading(text: str) -> bool:
    """Whether a line without a mark reads like a heading: short, and no punctuation but marks inside it.

    >>> is_plain_heading("重点工作安排"), is_plain_heading("各位代表："), is_plain_heading("增长，")
    (True, False, False)
    """
    return 3 < len(text) <= _LONGEST_PLAIN and _NOT_PLAIN.search(text) is None


def read_run_in(text: str, mark: Mark) -> str | None:
    """The heading that is run into its paragraph, up to its first stop; None where there is none.

    A paragraph that is one sentence is a heading printed with its stop, or an item of a list if marked 1. or deeper.

    >>> read_run_in("（一）水利先行。新修干渠三条。", find_mark("（一）水利先行。新修干渠三条。"))
    '（一）水利先行'
    """
    stop = _STOP.search(text, 0, _LONGEST_RUN_IN)
    if stop is None or stop[0] != "。":
        return None
    heading = text[: stop.start()]
    if stop.end() == len(text) and mark.rank >= _RANK["arabic"]:
        return None
    return None if mark.rank >= _RANK["arabic"] and "：" in heading else heading


class Sections:
    """The headings in force while a text is read from its start."""

    def __init__(self) -> None:
        self._stack: tuple[tuple[str, int, str], ...] = ()
        self._titles: tuple[str, ...] = ()

    def titles(self) -> tuple[str, ...]:
        """The headings in force, outermost first."""
        return self._titles

    def clear(self) -> None:
        """Forget all headings: a new piece starts."""
        self._set(())

    def enter(self, family: str, rank: int, first: bool, title: str) -> None:
        """Put a heading in force, ending those of its own family and deeper.

        A family not yet open goes under the deepest heading when its number is one, for then it starts a list there.
        """
        families = [name for name, _, _ in self._stack]
        kept = self._stack
        if family in families:
            kept = kept[: families.index(family)]
        elif not first:
            while kept and kept[-1][1] >= rank:
                kept = kept[:-1]
        self._set((*kept, (family, rank, title)))

    def _set(self, stack: tuple[tuple[str, int, str], ...]) -> None:
        self._stack = stack
        self._titles = tuple(title for _, _, title in stack)

    def leave_table(self) -> None:
        """End a table's title: the text goes on below the table."""
        if self._stack and self._stack[-1][0] == "table":
            self._set(self._stack[:-1])

    def enter_mark(self, mark: Mark, title: str) -> None:
        """Put a marked heading in force."""
        self.enter(mark.family, mark.rank, mark.first, title)

    def enter_plain(self, title: str) -> None:
        """Put a heading without a mark in force; where numbered headings hold, it stands under them."""
        numbered = any(family in ("cn", "chapter", "clause") for family, _, _ in self._stack)
        self.enter("plain", _RANK["plain"], numbered, title)

    def enter_run_in(self, mark: Mark, title: str) -> tuple[str, ...]:
        """Put a heading that is run into its paragraph in force; the headings that hold for that paragraph.

        第一， and the like hold for their own paragraph alone.
        """
        before = self._stack
        self.enter_mark(mark, title)
        held = self.titles()
        if mark.family == "ordinal":
            self._set(before)
        return held
