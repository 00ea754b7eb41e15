"""The dictionary read one character at a time holds what the whole list holds."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from extract.grammar.concepts import indicator_words
from extract.grammar.words import Dictionary, dictionary, split_words
from extract.lexicon.loader import load_toml


def test_every_word_of_the_list_is_found():
    """jieba's list stands in the order that the dictionary relies on; another version of it may not."""
    spec = find_spec("jieba")
    assert spec is not None
    assert spec.submodule_search_locations
    lines = Path(spec.submodule_search_locations[0], "dict.txt").read_text("utf-8").splitlines()
    listed = load_toml("words")
    words = {line.split()[0] for line in lines} | indicator_words() | set(listed["words"])
    words -= set(listed["no_words"])
    assert len(words) > 300_000
    read = dictionary()
    assert set().union(*(read.beginning(word[0]) for word in words)) == words


@pytest.mark.parametrize("size", [1, 3, 400])
def test_words_beyond_one_stretch(size):
    lines = "".join(f"{first}{chr(0x6000 + k)} 3 n\n" for first in "一水田" for k in range(size))
    words = Dictionary(lines, [], [])
    assert [len(words.beginning(char)) for char in "一丁水火田"] == [size, 0, size, 0, size]


def test_a_word_struck_out_is_none():
    words = Dictionary("一水 3 n\n", ["一田"], ["一水", "一田"])
    assert words.beginning("一") == frozenset()


def test_no_text_has_no_words():
    assert split_words("水田", 1, 1) == []
