"""The driver of `make mutants`: a changed statement reaches everyone who holds what it makes, and can be put back."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType

from extract.grammar import comparators, cues, rankings
from extract.grammar.comparators import comparator_before
from extract.grammar.cues import cue_words
from extract.grammar.rankings import find_rankings
from mutants.source import find_mutants
from mutants.swap import depending, install


def source_of(module: ModuleType) -> str:
    return Path(str(module.__file__)).read_text("utf-8")


def put_back(module: ModuleType) -> None:
    for statement in ast.parse(source_of(module)).body:
        if isinstance(statement, ast.FunctionDef | ast.Assign):
            install(module, statement)


def mutant_of(module: ModuleType, what: str, words: str) -> ast.stmt:
    """The statement of the only mutant that reads so and stands in a line with these words."""
    lines = source_of(module).splitlines()
    found = [m for m in find_mutants(source_of(module)) if m.what.endswith(what) and words in lines[m.line - 1]]
    assert len(found) == 1
    return found[0].statement


def test_a_changed_function_is_changed_where_it_was_imported() -> None:
    install(comparators, mutant_of(comparators, "text[end - 1] in words.before_last", "end <= 0"))
    try:
        assert comparator_before("不低于5吨", 3) is None
    finally:
        put_back(comparators)
    assert comparator_before("不低于5吨", 3) == (">=", 0)


def test_a_changed_pattern_takes_its_place() -> None:
    install(rankings, mutant_of(rankings, "«?» -> «»", "_FRONT ="))
    try:
        assert find_rankings("总量居前五，") == []
    finally:
        put_back(rankings)
    assert [position.value for position in find_rankings("总量居前五，")] == [5]


def test_what_was_cached_is_forgotten() -> None:
    before = cue_words()
    install(cues, next(m.statement for m in find_mutants(source_of(cues)) if m.what == "None"))
    try:
        assert cue_words() is None
    finally:
        put_back(cues)
    assert cue_words() == before
    assert "extract.grammar.numerals" in {module.__name__ for module in depending("extract.lexicon.loader")}
