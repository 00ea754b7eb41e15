"""Word boundaries of a short stretch, by jieba's dictionary fed with the indicators of `indicators.toml`.

Needs a stretch of a few dozen characters; gives its words. The only module that imports jieba, and only when a
boundary is first asked for.

Why maximum matching over jieba's dictionary, from both ends, and not its own cutter: a noun phrase of official prose
has few ambiguities that fewer and longer words do not settle, and the search for the likeliest path takes far longer.
"""

from __future__ import annotations

import logging
from functools import cache

from extract.grammar.concepts import indicator_words
from extract.lexicon.loader import load_toml

_LONGEST = 8


@cache
def dictionary() -> dict[str, int]:
    """Every word known: jieba's words with their frequencies, the indicators' aliases, the words of `words.toml`."""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    words: dict[str, int] = {word: count for word, count in tokenizer.FREQ.items() if count}
    for word in (*indicator_words(), *load_toml("words")["words"]):
        words[word] = 1
    for word in load_toml("words")["no_words"]:
        words.pop(word, None)
    return words


def split_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The words of `[start, end)` as spans, left to right: the longest from the left or from the right.

    >>> phrase = "新开工项目全部开工"
    >>> [phrase[a:b] for a, b in split_words(phrase, 0, len(phrase))]
    ['新', '开工', '项目', '全部', '开工']
    """
    words = dictionary()
    forward = _from_left(words, text, start, end)
    backward = _from_right(words, text, start, end)
    return min(backward, forward, key=lambda spans: (len(spans), sum(b - a == 1 for a, b in spans)))


def _from_left(words: dict[str, int], text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while start < end:
        length = min(_LONGEST, end - start)
        while length > 1 and text[start : start + length] not in words:
            length -= 1
        spans.append((start, start + length))
        start += length
    return spans


def _from_right(words: dict[str, int], text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while start < end:
        length = min(_LONGEST, end - start)
        while length > 1 and text[end - length : end] not in words:
            length -= 1
        spans.append((end - length, end))
        end -= length
    spans.reverse()
    return spans
