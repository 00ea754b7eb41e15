"""The table of `make bench`: ratios of known times, and no figure made up for a benchmark that did not run."""

from importlib import import_module
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"

LEAST = {
    "jieba": 0.2, "scan": 0.004, "extraction": 0.3, "decode": 0.001, "tables": 0.05, "write": 0.1, "read": 0.02,
    "linear": 9.0, "help": 0.125, "one_line": 1.5, "python": 0.011, "run": 2.0,
}  # fmt: skip

EXTRA = {
    "extraction": {"stages": {"mentions": 0.1, "ledger": 0.01}},
    "linear": {"characters": 1_000_000, "long": 8.0, "short": 0.1, "short_characters": 10_000},
    "run": {"peak": 200 * 2**20},
}

SHOWN = """\
                     ms   x jieba    x scan
jieba.lcut        200.0      1.00      50.0
numeral scan        4.0      0.02       1.0
extraction        300.0      1.50      75.0
  mentions        100.0      0.50      25.0
  ledger           10.0      0.05       2.5
decode              1.0      0.01       0.2
tables             50.0      0.25      12.5
write             100.0      0.50      25.0
read               20.0      0.10       5.0

linearity: 0.80 times the time per character (1,000,000 characters against 10,000)
start-up: help 0.12 s, one line 1.50 s, bare Python 0.01 s
the issue, file to files: 2.00 s, peak memory 200 MiB"""


@pytest.fixture
def ratios(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return import_module("ratios")


def report(*, without: str = "") -> dict:
    runs = [
        {"name": f"test_{name}", "stats": {"min": seconds, "max": 9 * seconds}, "extra_info": EXTRA.get(name, {})}
        for name, seconds in LEAST.items()
        if name != without
    ]
    return {"benchmarks": runs}


def test_ratios_of_known_times(ratios):
    assert ratios.format_ratios(report()) == SHOWN


def test_the_second_reference_is_shown_where_it_is_installed(ratios):
    known = report()
    known["benchmarks"].append({"name": "test_recognizers", "stats": {"min": 3.0, "max": 3.0}, "extra_info": {}})
    assert "recognizers      3000.0     15.00     750.0" in ratios.format_ratios(known)


@pytest.mark.parametrize("name", ["jieba", "linear", "run"])
def test_a_benchmark_that_did_not_run_is_named(ratios, name):
    with pytest.raises(KeyError, match=name):
        ratios.format_ratios(report(without=name))
