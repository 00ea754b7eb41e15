"""Word boundaries of a short stretch, by jieba's dictionary fed with the indicators of `indicators.toml`.

Needs a stretch of a few dozen characters; gives its words. The dictionary is opened when a boundary is first asked for.

Why maximum matching over jieba's word list, from both ends, and not its own cutter: a noun phrase of official prose
has few ambiguities that fewer and longer words do not settle, the search for the likeliest path takes far longer, and
jieba's start-up (two seconds, and a cache written to the shared temporary folder) costs more than reading an issue.

Why the words of one character at a time: a text begins its words with a thousand of the list's twelve thousand
characters, and a set of all 349,000 words takes a fifth of a second and 60 MB.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from extract.grammar.concepts import indicator_words
from extract.lexicon.loader import load_toml

_LONGEST = 6
_STRETCH = 4096


class Dictionary:
    """Words by their first character.

    `listing` holds one word a line, before a space, the lines of one first character together and in their order
    from the line that begins with `first` on; what stands above that line may stand in any order. `more` are further
    words, `without` those of the list that are none.

    >>> words = Dictionary("T恤 9 n\\n一心 5 n\\n新年 7 n\\n新签 3 v\\n", ["新建"], ["新年"], first="一")
    >>> sorted(words.beginning("新")), sorted(words.beginning("T")), sorted(words.beginning("春"))
    (['新建', '新签'], ['T恤'], [])
    """

    def __init__(self, listing: str, more: Iterable[str], without: Iterable[str], first: str = "一") -> None:
        self._listing = f"\n{listing}"
        self._start = max(self._listing.find(f"\n{first}"), 0)
        starts = range(self._start, len(self._listing), _STRETCH)
        self._stretches = [self._listing.find("\n", at) for at in starts]
        self._firsts = [self._listing[at + 1 : at + 2] for at in self._stretches]
        self._without = frozenset(without)
        self._more: dict[str, set[str]] = {}
        for word in (*_first_fields(self._listing[: self._start]), *more):
            self._more.setdefault(word[0], set()).add(word)
        self._known: dict[str, frozenset[str]] = {}

    def beginning(self, char: str) -> frozenset[str]:
        """The words that begin with a character."""
        words = self._known.get(char)
        if words is None:
            words = self._known[char] = self._read(char)
        return words

    def _read(self, char: str) -> frozenset[str]:
        low = self._stretches[max(bisect_left(self._firsts, char) - 1, 0)]
        after = bisect_right(self._firsts, char)
        high = self._stretches[after] + 1 if after < len(self._firsts) else len(self._listing)
        words = set(self._more.get(char, ()))
        start = self._listing.find(f"\n{char}", low, high)
        if start >= 0:
            last = self._listing.rfind(f"\n{char}", start, high)
            end = self._listing.find("\n", last + 1)
            words.update(_first_fields(self._listing[start : end if end > 0 else len(self._listing)]))
        return frozenset(words - self._without)


def _first_fields(lines: str) -> list[str]:
    """The words of lines of word, frequency and tag."""
    return lines.split()[0::3]


@cache
def dictionary() -> Dictionary:
    """Every word known: jieba's words, the indicators' aliases and the words of `words.toml`, without its `no_words`."""
    spec = find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("jieba is not installed; run: pip install jieba")
    listing = Path(spec.submodule_search_locations[0], "dict.txt").read_bytes().decode("utf-8")
    listed = load_toml("words")
    return Dictionary(listing, [*indicator_words(), *listed["words"]], listed["no_words"])


def split_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words of `[start, end)` as spans, left to right: the longest from the left or from the right.

    >>> phrase = "新签约项目大都开工"
    >>> [phrase[a:b] for a, b in split_words(phrase, 0, len(phrase))]
    ['新', '签约', '项目', '大都', '开工']
    """
    return [(start + low, start + high) for low, high in _split(text[start:end])]


@lru_cache(maxsize=4096)
def _split(text: str) -> list[tuple[int, int]]:
    """The words of a stretch; the same few nouns stand before most figures of a document."""
    beginning = dictionary().beginning
    words = [beginning(char) for char in text]
    forward = _from_left(words, text)
    if not any(high - low == 1 for low, high in forward):
        return forward
    backward = _from_right(words, text)
    return min(backward, forward, key=lambda spans: (len(spans), sum(high - low == 1 for low, high in spans)))


def _from_left(words: list[frozenset[str]], text: str) -> list[tuple[int, int]]:
    """The longest words from the left; `words` are those that begin with each character of the text."""
    spans = []
    start, end = 0, len(text)
    while start < end:
        length = min(_LONGEST, end - start)
        while length > 1 and text[start : start + length] not in words[start]:
            length -= 1
        spans.append((start, start + length))
        start += length
    return spans


def _from_right(words: list[frozenset[str]], text: str) -> list[tuple[int, int]]:
    """The longest words from the right."""
    spans = []
    end = len(text)
    while end:
        length = min(_LONGEST, end)
        while length > 1 and text[end - length : end] not in words[end - length]:
            length -= 1
        spans.append((end - length, end))
        end -= length
    spans.reverse()
    return spans
