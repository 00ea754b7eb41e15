"""Where a person's name stands in official prose: a surname, a given name, and something that may follow a name.

Needs the text of an entry without white space; gives the end of the name that begins at a place, or None. The length
is settled by what follows: the reading is taken after which a list mark, a verb or the end of the clause stands.

Why not a tagger first: jieba takes seconds to load and reads titles and offices into names; it is asked only where
the grammar leaves the matter open (a word of official prose that is a possible name as well).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import regex

from extract.chronicle.posts import post_words
from extract.lexicon.loader import LexiconError, load_toml
from extract.patterns import Pattern

_HAN = r"\p{Script=Han}"
_DOTTED = Pattern(rf"{_HAN}{{1,10}}+(?:[·•・‧∙]{_HAN}{{1,10}}?)++(?=(?P<end>.|$))")
Before = Literal["office", "calling", "opening", "nothing"]
_MARKS = frozenset("，。、；：！？,.;:!?（）()“”‘’《》〔〕[]…—－*")


@dataclass(frozen=True, slots=True)
class Surnames:
    """The surname table: what begins a name, what only looks like it, and what no name holds."""

    single: frozenset[str]
    compound: frozenset[str]
    doubtful: frozenset[str]
    not_names: frozenset[str]
    never_final: frozenset[str]
    never_inside: frozenset[str]
    office: frozenset[str]

    def begins(self, text: str, start: int) -> int:
        """Length of the surname that begins at `start`: 2, 1 or 0 (none)."""
        if text[start : start + 2] in self.compound:
            return 2
        return 1 if text[start : start + 1] in self.single else 0


@cache
def surnames() -> Surnames:
    """The table of `surnames.toml`. Raises LexiconError when a surname stands in two lists or a list is of no use."""
    table = load_toml("surnames")
    book = "".join(table["single"].split())
    twice = set(book) & set(table["modern"])
    if twice:
        raise LexiconError(f"lexicon/surnames.toml: {'、'.join(sorted(twice))} in single and in modern")
    single = (frozenset(book) | frozenset(table["modern"])) - frozenset(table["left_out"])
    idle = [word for word in [*table["doubtful"], *table["not_names"]] if word[0] not in single]
    if idle:
        raise LexiconError(f"lexicon/surnames.toml: {'、'.join(idle)} begins with no surname of the table")
    return Surnames(
        single,
        frozenset(table["compound"]),
        frozenset(table["doubtful"]),
        frozenset(table["not_names"]),
        frozenset(table["never_final"]),
        frozenset(table["never_inside"]),
        frozenset(table["office"]),
    )


@cache
def _followers() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """What may follow a name: the words after which nothing else is meant, by first character; the weak characters."""
    follow = load_toml("posts")["follow"]
    strong: dict[str, tuple[str, ...]] = {}
    for word in follow["strong"]:
        strong[word[0]] = (*strong.get(word[0], ()), word)
    return strong, frozenset(follow["weak"])


def _strength(text: str, end: int) -> int:
    """2 where only a name can have ended at `end`, 1 where it may have, 0 where not."""
    if end >= len(text) or _is_mark(text[end]):
        return 2
    strong, weak = _followers()
    if text.startswith(strong.get(text[end], ()), end):
        return 2
    return int(text[end] in weak and end + 1 < len(text) and not _is_mark(text[end + 1]))


def _is_mark(char: str) -> bool:
    return char in _MARKS or char.isdecimal()


def find_name(text: str, start: int, before: Before = "office") -> int | None:
    """End of the name that begins at `start`, None if there is none. `before` says what stands right before it.

    After an office most is believed; after a calling (农民, 民警) and at the opening of a clause no word of official
    prose is taken for a name; after nothing only names of three characters or more are read, and none that could be
    anything else.

    >>> find_name("方思前列席会议", 0)
    3
    >>> find_name("万里、毛锐等参加", 0)
    2
    >>> find_name("买买提·依明主持", 0)
    6
    >>> find_name("任期届满", 0) is None
    True
    """
    dotted = _find_dotted(text, start)
    if dotted is not None:
        return dotted
    table = surnames()
    family = table.begins(text, start)
    behind_post = before in ("office", "calling")
    if start == len(text) or _strength(text, start) == 2:
        return None
    if not family:
        return _find_rare(text, start) if behind_post else None
    sizes = [size for size in (family + 2, family + 1) if _fits(text, start, family, size, before)]
    best, length = max(((_weigh(text, start, size, before), size) for size in sizes), default=(0, 0))
    if text[start : start + 2] in table.not_names:
        if length < 3 or best < 2 or not behind_post:
            return None
        plain = before == "office" and table.office.isdisjoint(text[start : start + length])
        return start + length if plain or _second_opinion(text, start, [length]) else None
    if best == 0:
        open_ended = behind_post and sizes and text[start] not in table.doubtful
        return _second_opinion(text, start, sizes) if open_ended else None
    return start + length


def _fits(text: str, start: int, family: int, size: int, before: Before) -> bool:
    """Whether `size` characters from `start` can be a name at all."""
    table = surnames()
    name = text[start : start + size]
    if len(name) < size or not _all_han(name) or name[-1] in table.never_final:
        return False
    if not table.never_inside.isdisjoint(name[i : i + 2] for i in range(size - 1)):
        return False
    doubtful = family == 1 and name[0] in table.doubtful
    if doubtful and _strength(text, start + 1) == 2:
        return False
    return (before != "nothing" and not doubtful) or table.office.isdisjoint(name[family:])


def _weigh(text: str, start: int, size: int, before: Before) -> int:
    """How well a name may end after `size` characters: 0 not at all, 1 weakly, 2 well."""
    strength = _strength(text, start + size)
    if strength < 2 and (before == "nothing" or (size < 3 and text[start] in surnames().doubtful)):
        return 0
    return 0 if before == "nothing" and size < 3 else strength


@cache
def _han() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{_HAN}|[×某])+")


def _all_han(name: str) -> bool:
    return _han().fullmatch(name) is not None


def _find_dotted(text: str, start: int) -> int | None:
    """End of a name whose parts are joined by a middle dot, the last part cut where something may follow a name."""
    found = _DOTTED.match(text, start)
    if found is None:
        return None
    first = max(text.rfind(dot, start, found.end()) for dot in "·•・‧∙") + 1
    for end in range(first + 1, min(first + 11, len(text) + 1)):
        if not _all_han(text[first:end]):
            return None
        if _strength(text, end) == 2 or (end - first > 1 and _strength(text, end)):
            return end
    return None


def _find_rare(text: str, start: int) -> int | None:
    """End of a name without a known surname (Tibetan, Mongolian ...): three or four plain characters, then a verb."""
    table = surnames()
    if text.startswith(post_words(), start):
        return None
    for size in (4, 3):
        name = text[start : start + size]
        fits = len(name) == size and _all_han(name) and table.office.isdisjoint(name)
        if fits and table.never_final.isdisjoint(name) and _strength(text, start + size) == 2:
            return start + size if _second_opinion(text, start, [size]) else None
    return None


@cache
def _jieba() -> Any:
    """jieba with its tagger, loaded when it is first asked."""
    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    return jieba


def _second_opinion(text: str, start: int, sizes: Sequence[int]) -> int | None:
    """End of a name of one of the sizes where the grammar leaves it open; None where jieba speaks against all.

    A name is believed that the tagger reads as one, or that is no word of the dictionary and stands before one.
    """
    jieba = _jieba()
    first = next(iter(jieba.posseg.cut(text[start : start + 8])), None)
    if first is not None and first.flag.startswith("nr") and len(first.word) in sizes:
        return start + len(first.word)
    ends = [start + size for size in sizes]
    apt = [end for end in ends if jieba.get_FREQ(text[end : end + 2]) and not jieba.get_FREQ(text[start:end])]
    return apt[0] if len(apt) == 1 else None
