"""The packaged word lists: needs a name, gives the parsed TOML, once per process."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


class LexiconError(ValueError):
    """A word list is missing, is no TOML, or says something that cannot be; the message names file and entry."""


@cache
def load_toml(name: str) -> dict[str, Any]:
    """Read `lexicon/<name>.toml`. The result is shared between callers and must not be changed.

    Raises `LexiconError` when there is no such file or it is no TOML.

    >>> sorted(load_toml("comparators")["before"])
    ['<', '<=', '>', '>=', '~']
    >>> load_toml("no_such_list")
    Traceback (most recent call last):
    extract.lexicon.loader.LexiconError: lexicon/no_such_list.toml: there is no such word list
    """
    path = resources.files("extract.lexicon").joinpath(f"{name}.toml")
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise LexiconError(f"lexicon/{name}.toml: there is no such word list") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"lexicon/{name}.toml: {error}") from error
