"""Every pattern of the package compiles, though none is compiled before it is asked."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
from collections.abc import Iterator, Mapping

import pytest
import regex

import extract
from extract.patterns import Pattern


def patterns_in(value: object) -> Iterator[Pattern]:
    """The patterns a module's name holds, in tuples, lists and tables too."""
    if isinstance(value, Pattern):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from patterns_in(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from patterns_in(inner)


def all_patterns() -> dict[str, Pattern]:
    names = [module.name for module in pkgutil.walk_packages(extract.__path__, "extract.")]
    modules = {name: importlib.import_module(name) for name in names}
    found = {}
    for module, content in modules.items():
        for name, value in vars(content).items():
            found |= {f"{module}.{name}[{k}]": pattern for k, pattern in enumerate(patterns_in(value))}
    return found


def test_every_pattern_compiles():
    patterns = all_patterns()
    assert len(patterns) > 300
    for name, pattern in patterns.items():
        try:
            pattern.compile()
        except regex.error as error:
            pytest.fail(f"{name}: {error}")


def test_a_wrong_pattern_is_found():
    with pytest.raises(regex.error):
        Pattern("(").compile()


@pytest.mark.parametrize("method", ["search", "match", "fullmatch"])
def test_the_first_call_and_the_later_ones_agree(method):
    pattern = Pattern("年底", regex.VERBOSE)
    first = getattr(pattern, method)("到年底", 1)
    assert first.span() == getattr(pattern, method)("到年底", 1).span() == (1, 3)


def test_importing_compiles_nothing():
    count = (
        "import regex; compiled = []; one = regex.compile\n"
        "regex.compile = lambda *given: compiled.append(given) or one(*given)\n"
        "import extract.pipeline; print(len(compiled))"
    )
    shown = subprocess.run([sys.executable, "-c", count], check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == "0"
