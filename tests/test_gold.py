"""The tables of the real issue against the labels made by hand, scored by the scorer that came with them.

Labels and scorer lie outside the project, in `../shared/gold`; where they are missing there is nothing to compare.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from extract import write
from real_issue import ISSUE, ROOT, read_issue

GOLD = ROOT.parent / "shared" / "gold"
LABELS = GOLD / "dev"
SCORER = GOLD / "score.py"
MISSING = [str(path) for path in (LABELS, SCORER, ISSUE) if not path.exists()]

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not here: {', '.join(MISSING)}")


@cache
def scores() -> dict[str, dict[str, Any]]:
    """What the scorer says, per role and part."""
    spec = importlib.util.spec_from_file_location("gold_score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    with TemporaryDirectory() as folder:
        write(read_issue(), Path(folder))
        parts = [scorer.score_figures, scorer.score_events, scorer.score_articles]
        return {name: score for part in parts for name, score in part(LABELS, folder).items()}


def test_articles() -> None:
    articles = scores()["articles"]
    assert articles["f1"] == 1.0
    counts = ("gold", "pred", "hit")
    assert {name: value for name, value in articles.items() if name not in counts and value < 0.9} == {}


def test_events() -> None:
    events = scores()["events"]
    assert [events[name] for name in ("f1", "kind", "title", "place")] == [1.0] * 4


def test_participants() -> None:
    participants = scores()["participants"]
    assert participants["f1"] >= 0.98
    assert min(participants["posts"], participants["role"]) >= 0.95


def test_figures() -> None:
    assert scores()["ALL"]["f1"] >= 0.985


def test_roles_with_ten_labels() -> None:
    roles = {name: score for name, score in scores().items() if "record" in score and score["gold"] >= 10}
    assert len(roles) >= 5
    assert {name: score["f1"] for name, score in roles.items() if score["f1"] < 0.95} == {}


def test_ledger() -> None:
    assert scores()["ledger"]["accuracy"] >= 0.985
