"""Names of inputs that two readers may not tell apart.

Needs the stems of files; gives those that clash. A disk may take `A.txt` and `a.txt` for one file, and may keep é as
one character or as two; tables and links of both issues would be one there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def clashing_stems(stems: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The groups of different stems that are equal but for case or Unicode form, each sorted, in order.

    >>> clashing_stems(["Report-1", "report-1", "县志", "REPORT-1", "县志"])
    (('REPORT-1', 'Report-1', 'report-1'),)
    >>> clashing_stems(["cafe\u0301", "caf\u00e9"]) == (("cafe\u0301", "caf\u00e9"),)
    True
    >>> clashing_stems(["2023-1", "２０２３-1"])
    ()
    """
    groups: dict[str, set[str]] = {}
    for stem in stems:
        groups.setdefault(_key(stem), set()).add(stem)
    return tuple(sorted(tuple(sorted(group)) for group in groups.values() if len(group) > 1))


def _key(stem: str) -> str:
    """The stem without what disks leave out: canonical caseless matching (Unicode 3.13, D145)."""
    decomposed = unicodedata.normalize("NFD", stem)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", decomposed.casefold()))
