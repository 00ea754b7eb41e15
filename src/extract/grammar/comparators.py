"""Words that bound a figure: needs a text and the figure's span, gives the comparator and how far it reaches.

Only a word directly beside the figure counts: in 低于全省5.44个百分点 the figure is a gap, not an upper bound.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from extract.lexicon.loader import LexiconError, load_toml
from extract.patterns import Pattern

_LARGE = Pattern(r"[\d.一二两三四五六七八九十]+[千百]?[万亿]元")
_MAGNITUDES = frozenset("百千万亿半")


class _Words(NamedTuple):
    before: dict[str, str]
    behind: dict[str, str]
    before_last: frozenset[str]
    word_last: frozenset[str]
    behind_first: frozenset[str]
    lengths: tuple[int, ...]
    particles: frozenset[str]
    magnitude_only: frozenset[str]
    not_after: dict[str, str]
    not_before: dict[str, tuple[str, ...]]


def comparator_before(text: str, start: int) -> tuple[str, int] | None:
    """The comparator whose word ends where the figure starts, and where the word starts; None for none.

    >>> comparator_before("产量不低于5吨", 5), comparator_before("签约12个", 2), comparator_before("低于全省5个", 4)
    (('>=', 2), None, None)
    """
    words = _words()
    end = start - 1 if start > 1 and text[start - 1] in " 　" else start
    if end <= 0 or text[end - 1] not in words.before_last:
        return None
    stop = end
    while stop > 0 and end - stop <= 2:
        if text[stop - 1] in words.word_last:
            for length in words.lengths:
                found = words.before.get(text[stop - length : stop]) if stop >= length else None
                if found is not None and _stands_alone(words, text, stop - length, stop, start):
                    return found, stop - length
        if text[stop - 1] not in words.particles:
            return None
        stop -= 1
    return None


def comparator_behind(text: str, end: int, *, excess: bool = True) -> tuple[str, int] | None:
    """The comparator whose word starts where the figure ends, and where the word ends; None for none.

    `excess` is false where 多 and 余 cannot follow, because the figure counts things.

    >>> comparator_behind("3%左右", 2), comparator_behind("5个上下游企业", 2), comparator_behind("3年多", 2)
    (('~', 4), None, ('>', 3))
    """
    words = _words()
    if text[end : end + 1] == " ":
        end += 1
    if text[end : end + 1] not in words.behind_first:
        return None
    for length in words.lengths:
        word = text[end : end + length]
        found = words.behind.get(word) if len(word) == length else None
        if found is None or (word in ("多", "余") and not excess):
            continue
        if not text.startswith(words.not_before.get(word, ()), end + length):
            return found, end + length
    return None


def combined(before: str | None, inside: str | None, behind: str | None) -> str:
    """One comparator from the words before, inside (多, 余) and behind the figure.

    A bound behind the figure is the tighter statement (超10亿元以上 is >=), a mere 左右 yields to a bound in front.

    >>> combined(">", None, ">="), combined("~", None, None), combined(">=", None, "~"), combined(None, None, None)
    ('>=', '~', '>=', '=')
    """
    if behind is not None and behind != "~":
        return behind
    if before is not None and before != "~":
        return before
    return inside or behind or before or "="


def _large(text: str, start: int) -> bool:
    """Whether digits with a magnitude of money follow (产值过10亿元); 办过3期 is no bound."""
    return _LARGE.match(text, start, start + 24) is not None


def _stands_alone(words: _Words, text: str, at: int, stop: int, start: int) -> bool:
    word = text[at:stop]
    if word in words.magnitude_only and text[start : start + 1] not in _MAGNITUDES and not _large(text, start):
        return False
    before = text[at - 1 : at] if at else ""
    return not before or before not in words.not_after.get(word, "")


@cache
def _words() -> _Words:
    return build_words(load_toml("comparators"))


def build_words(lists: dict[str, Any]) -> _Words:
    """Index the word lists. Raises `LexiconError` for a word listed twice on one side of the figure."""
    sides = []
    for side in ("before", "behind"):
        table: dict[str, str] = {}
        for comparator, listed in lists[side].items():
            for word in listed:
                if word in table:
                    raise LexiconError(f"comparators.toml, {side}: {word} is under {table[word]} and {comparator}")
                table[word] = comparator
        sides.append(table)
    before, behind = sides
    return _Words(
        before=before,
        behind=behind,
        before_last=frozenset(word[-1] for word in before) | frozenset(lists["particles"]),
        word_last=frozenset(word[-1] for word in before),
        behind_first=frozenset(word[0] for word in behind),
        lengths=tuple(sorted({len(word) for word in (*before, *behind)}, reverse=True)),
        particles=frozenset(lists["particles"]),
        magnitude_only=frozenset(lists["magnitude_only"]["words"]),
        not_after=lists["not_after"],
        not_before={word: tuple(found) for word, found in lists["not_before"].items()},
    )
