"""Every rule that gives a numeral its role has an example in which it fires, and every example a rule."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
import regex

import extract
from corpus.rules import EXAMPLES
from extract.document import Document, IssueHead
from extract.pipeline import analyse

SOURCE = Path(extract.__file__).parent
FAMILIES = (
    "aim", "artefact", "condition", "contact", "date", "growth", "idiom", "level", "name", "ordinal", "page", "projects",
    "ranking", "share",
)  # fmt: skip
RULE = regex.compile(rf'(?<![f\w])"((?:{"|".join(FAMILIES)})\.[a-z_]+)"')
MADE_UP = {"growth.start"}
"""Rules whose names are put together in the code."""
PERIODS = {"calendar.py", "periods.py"}
TIMES = {"date.year"}
"""Rules of periods, which have a corpus of their own, where the code asks for them."""


def named_rules() -> set[str]:
    """The names of rules that stand in the code."""
    paths = [path for path in SOURCE.rglob("*.py") if not path.match("grammar/time_*.py") and path.name not in PERIODS]
    return MADE_UP.union(*(RULE.findall(path.read_text("utf-8")) for path in paths)) - TIMES


def fired(text: str) -> Counter[tuple[str, str]]:
    """Each rule with the figure or the numeral that it decided."""
    analysis = analyse(Document("rules", text), IssueHead(place="湖州市", date=date(2022, 3, 15)))
    found = Counter((row["rule"], row["surface"]) for row in analysis.ledger)
    for figure in analysis.figures:
        surface = analysis.doc.reading.text[figure.start : figure.end]
        found.update((rule, surface) for rule in (figure.rule, figure.aim) if rule)
    return found


def test_every_rule_has_an_example_and_every_example_a_rule() -> None:
    rules = named_rules()
    assert len(rules) > 60
    assert {"without an example": sorted(rules - set(EXAMPLES)), "not in the code": sorted(set(EXAMPLES) - rules)} == {
        "without an example": [],
        "not in the code": [],
    }


@pytest.mark.parametrize("rule", EXAMPLES)
def test_rule_fires(rule: str) -> None:
    surface, text = EXAMPLES[rule]
    assert surface in text
    assert (rule, surface) in fired(text), sorted(fired(text))


def test_no_rule_is_left_without_a_firing_example() -> None:
    assert [rule for rule, (surface, text) in EXAMPLES.items() if (rule, surface) not in fired(text)] == []
