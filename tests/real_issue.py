"""The real issue of `data/raw`, read once for all tests that assert what stands in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from extract import extract_file
from extract.dataset import Dataset

ROOT = Path(__file__).resolve().parent.parent
ISSUE = ROOT / "data" / "raw" / "dangdai-puyang-2024-01.txt"

needs_issue = pytest.mark.skipif(not ISSUE.exists(), reason=f"{ISSUE} is not here")


@cache
def read_issue() -> Dataset:
    """The dataset of the issue."""
    return extract_file(ISSUE)


def issue_text() -> str:
    """The decoded text of the issue, line ends as they stand."""
    return ISSUE.read_bytes().decode("utf-8")
