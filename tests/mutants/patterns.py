"""Small changes of a regular expression.

Needs the text of a pattern; gives changed texts, each with what was changed. Alternatives are left out one at a time,
quantifiers become their neighbours, a lookaround and a class say the opposite, an anchor goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

TOKEN = regex.compile(
    r"""
      (?P<skip>\\[pP]\{[^}]*\} | \\x[0-9a-fA-F]{2} | \\. )
    | (?P<set>\[\^?(?:\\.|[^\]\\])+\])
    | (?P<look>\(\?<?[=!])
    | (?P<open>\((?:\?(?:P<\w+>|[:>|]))?)
    | (?P<close>\))
    | (?P<bar>\|)
    | (?P<count>\{\d*,?\d*\}[?+]?)
    | (?P<repeat>[?*+][?+]?)
    | (?P<anchor>[\^$])
    """,
    regex.VERBOSE,
)
OPPOSITE = {"=": "!", "!": "="}


class Group(NamedTuple):
    """Where the alternatives of a group begin, and the bars between them."""

    start: int
    bars: list[int]


def edit_pattern(pattern: str) -> Iterator[tuple[str, str]]:
    """What is changed, and the pattern changed so; only patterns that compile.

    >>> [text for _, text in edit_pattern("(?:甲|乙)+丙?$")]
    ['(?:乙)+丙?$', '(?:甲)+丙?$', '(?:甲|乙)*丙?$', '(?:甲|乙)+丙$', '(?:甲|乙)+丙?']
    """
    for start, end, new in _edits(pattern):
        changed = pattern[:start] + new + pattern[end:]
        try:
            regex.compile(changed, regex.VERBOSE)
        except regex.error:
            continue
        yield (
            f"{pattern[max(0, start - 12) : start]}«{pattern[start:end]}»{pattern[end : end + 12]} -> «{new}»",
            changed,
        )


def _edits(pattern: str) -> Iterator[tuple[int, int, str]]:
    groups = [Group(0, [])]
    for match in TOKEN.finditer(pattern):
        start, end = match.span()
        token = match.group()
        match match.lastgroup:
            case "look":
                yield end - 1, end, OPPOSITE[token[-1]]
                groups.append(Group(end, []))
            case "open":
                groups.append(Group(end, []))
            case "bar":
                groups[-1].bars.append(start)
            case "close":
                yield from _alternatives(groups.pop(), start)
            case "set":
                yield (start + 1, start + 2, "") if token[1] == "^" else (start + 1, start + 1, "^")
            case "repeat":
                yield {"?": (start, end, ""), "*": (start, start + 1, "+"), "+": (start, start + 1, "*")}[token[0]]
            case "count":
                yield from _counts(token, start)
            case "anchor":
                yield start, end, ""
    yield from _alternatives(groups.pop(), len(pattern))


def _alternatives(group: Group, end: int) -> Iterator[tuple[int, int, str]]:
    if group.bars:
        edges = [group.start - 1, *group.bars, end]
        yield group.start, group.bars[0] + 1, ""
        for left, right in pairwise(edges[1:]):
            yield left, right, ""


def _counts(token: str, start: int) -> Iterator[tuple[int, int, str]]:
    low, comma, high = token.strip("?+")[1:-1].partition(",")
    size = len(token.rstrip("?+"))
    if low:
        yield start, start + size, f"{{{int(low) + 1}{comma}{high}}}"
    if high:
        yield start, start + size, f"{{{low},{int(high) - 1}}}"
