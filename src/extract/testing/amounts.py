"""Amounts of invented figures: drawn from a range, or computed from the other figures of the sentence.

Needs the notation of `sentences.toml`; gives whole numbers of the last printed digit, so that nothing is rounded twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

_PLACES = {"i": 0, "r": 0, "d": 1, "k": 2}
_WIDEST_RANGE = 4


@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number: `scaled` / 10**`places`; `high` is the upper end of a printed range."""

    scaled: int
    places: int = 0
    high: int | None = None

    @property
    def value(self) -> float:
        """The number as a float."""
        return self.scaled / float(10**self.places)

    def __str__(self) -> str:
        low = f"{self.value:.{self.places}f}"
        return low if self.high is None else f"{low}—{self.high}"


@dataclass(frozen=True, slots=True)
class Amount:
    """How a figure is drawn (`i`, `r`, `d`, `k`, `x`) or computed (`s`, `q`, `g`), and the unit printed behind it."""

    kind: str
    low: int = 0
    span: int = 0
    parts: tuple[int, ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    unit: str = ""

    @property
    def is_derived(self) -> bool:
        """Whether other figures of the sentence fix it."""
        return bool(self.parts)

    def draw(self, rng: Random) -> Number:
        """A number of the range, every one as likely."""
        number = self.low + int(rng.random() * self.span)
        high = number + 1 + int(rng.random() * _WIDEST_RANGE) if self.kind == "r" else None
        return Number(number, _PLACES[self.kind], high)

    def compute(self, known: dict[int, Number]) -> Number:
        """The number that the other figures fix: a sum, a percentage or a growth rate, with one decimal."""
        given = [known[part] for part in self.parts]
        if self.kind == "s":
            return Number(sum(number.scaled for number in given), given[0].places)
        first, second = given
        growth = second.scaled if self.kind == "g" else 0
        return Number((2000 * (first.scaled - growth) + second.scaled) // (2 * second.scaled), 1)


def parse_amount(text: str) -> Amount:
    """The amount that a notation of `sentences.toml` describes.

    >>> parse_amount("d:1:2.5:亿元")
    Amount(kind='d', low=10, span=16, parts=(), words=(), unit='亿元')
    >>> parse_amount("q:2/1:%").parts
    (2, 1)
    >>> parse_amount("x:七成=70:%").words
    (('七成', 70),)
    """
    kind, _, rest = text.partition(":")
    if kind in _PLACES:
        low, high, unit = rest.split(":")
        scale = 10 ** _PLACES[kind]
        first = round(float(low) * scale)
        return Amount(kind, first, round(float(high) * scale) - first + 1, unit=unit)
    body, _, unit = rest.partition(":")
    if kind == "x":
        pairs = (word.split("=") for word in body.split("|"))
        return Amount(kind, words=tuple((word, int(value)) for word, value in pairs), unit=unit)
    return Amount(kind, parts=tuple(int(part) for part in body.replace("/", "+").split("+")), unit=unit)
