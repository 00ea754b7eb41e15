"""Every stage on invented texts and on noise: what must hold, always the same inputs, in a few seconds.

`make fuzz` runs the same targets for longer, guided by coverage.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from fuzz import invariants, targets, texts

HERE = Path(__file__).parent
EXAMPLES = {"structure": 120, "chronicle": 120, "checks": 60, "pipeline": 60}


def bounded(examples: int) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The same inputs every time, and no complaint about how long they take to make."""
    return settings(max_examples=examples, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("name", targets.OF_TEXT)
def test_texts(name: str) -> None:
    @bounded(EXAMPLES.get(name, 150))
    @given(texts.TEXT)
    def holds(text: str) -> None:
        targets.OF_TEXT[name](text)

    holds()


@bounded(300)
@given(texts.BYTES)
def test_files(raw: bytes) -> None:
    targets.decoding(raw)


def test_bytes_of_an_engine_stand_for_any_text() -> None:
    assert targets.to_text(b"") == ""
    assert targets.to_text(b"\0" + "增长5%".encode()) == "增长5%"
    assert targets.to_text(b"\1\0\1\0\2\0") == "12"


def test_a_broken_promise_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "find_regions", lambda text, home: [Span(3, 5), Span(4, 6)])
    with pytest.raises(AssertionError):
        targets.run("regions", b"\0" + "全市增长5%".encode())


def test_slow_work_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(invariants, "START_SECONDS", 0.0)
    with pytest.raises(AssertionError, match="characters"):
        invariants.in_time(0, lambda: sum(range(10_000)))


@pytest.mark.skipif(sys.platform != "linux", reason="atheris has wheels for Linux alone")
def test_the_engine_guided_by_coverage_runs_and_counts(tmp_path: Path) -> None:
    table = tmp_path / "counts.md"
    command = [sys.executable, "-m", "fuzz", "--runs", "3000", "--seconds", "60", "--seeds", "9"]
    subprocess.run([*command, "--home", str(tmp_path), "--table", str(table), "decode"], cwd=HERE, check=True)
    assert "| decode | 3,000 |" in table.read_text("utf-8")


class Span:
    """A span."""

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end
