"""Prints what `make bench` measured: each time as a multiple of its references from the same run.

Needs the JSON file of pytest-benchmark; gives plain text on the standard output.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

SINGLE = ("decode", "tables", "write", "read")
"""Benchmarks of one step each, beside the stages of the extraction."""


def format_ratios(report: dict[str, Any]) -> str:
    """The table of ratios, least time against least time, then linearity, start-up and memory.

    `report` is what pytest-benchmark writes; `KeyError` for a benchmark that is not in it.
    """
    runs = {run["name"].removeprefix("test_"): run for run in report["benchmarks"]}
    least = {name: run["stats"]["min"] for name, run in runs.items()}
    extraction = runs["extraction"]["extra_info"]
    rows = {"jieba.lcut": least["jieba"], "numeral scan": least["scan"], "extraction": least["extraction"]}
    rows |= {f"  {stage}": seconds for stage, seconds in extraction["stages"].items()}
    rows |= {name: least[name] for name in SINGLE}
    rows |= {"recognizers": least["recognizers"]} if "recognizers" in least else {}
    lines = [f"{'':14}{'ms':>9}{'x jieba':>10}{'x scan':>10}"]
    for name, seconds in rows.items():
        against = f"{seconds / least['jieba']:>10.2f}{seconds / least['scan']:>10.1f}"
        lines.append(f"{name:14}{seconds * 1e3:>9.1f}{against}")
    return "\n".join([*lines, "", *_closing(runs, least)])


def _closing(runs: dict[str, Any], least: dict[str, float]) -> list[str]:
    linear = runs["linear"]["extra_info"]
    short = linear["short"] / linear["short_characters"]
    long = linear["long"] / linear["characters"]
    sizes = f"{linear['characters']:,} characters against {linear['short_characters']:,}"
    return [
        f"linearity: {long / short:.2f} times the time per character ({sizes})",
        f"start-up: help {least['help']:.2f} s, one line {least['one_line']:.2f} s, bare Python {least['python']:.2f} s",
        f"the issue, file to files: {least['run']:.2f} s, peak memory {runs['run']['extra_info']['peak'] / 2**20:.0f} MiB",
    ]


if __name__ == "__main__":
    print(format_ratios(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
