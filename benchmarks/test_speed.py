"""How long the issue of data/raw takes, whole and by stages, and in the same run what it is measured against.

References: `jieba.lcut` of the same text, its dictionary loaded before, and one pattern that finds nothing but the runs
of digits. A shared machine runs now faster, now slower; the quotient of two minima of one run hardly moves.
"""

from __future__ import annotations

import logging
from pathlib import Path
from time import process_time

import jieba
import pytest
import regex
from documents import make_text

import extract
from extract.dataset import Dataset
from extract.document import Document
from extract.issue import read_document
from extract.pipeline import extract_document
from extract.tables import TableWriter, build_tables

ISSUE = Path(__file__).parents[1] / "data" / "raw" / "dangdai-puyang-2024-01.txt"
ROUNDS = 12
SHORT, LONG = 60_000, 10_000_000
"""Bytes of the two documents whose time per character is compared."""


@pytest.fixture(scope="module")
def doc() -> Document:
    return read_document(ISSUE)


@pytest.fixture(scope="module")
def dataset(doc: Document) -> Dataset:
    """The issue's dataset; the grammar is loaded once it is there."""
    return extract_document(doc, {})


def test_jieba(benchmark, doc):
    jieba.setLogLevel(logging.ERROR)
    jieba.initialize()
    words = benchmark.pedantic(jieba.lcut, (doc.text,), rounds=ROUNDS, warmup_rounds=1)
    assert "".join(words) == doc.text


def test_scan(benchmark, doc):
    digits = regex.compile(r"[0-9]++(?:\.[0-9]++)?")
    assert benchmark.pedantic(digits.findall, (doc.text,), rounds=ROUNDS, iterations=10, warmup_rounds=1)


def test_recognizers(benchmark, doc):
    """recognizers-text finds the numbers of Chinese text, and nothing that is said of them; four rounds, as it is slow."""
    numbers = pytest.importorskip("recognizers_number")
    culture = pytest.importorskip("recognizers_text").Culture.Chinese
    found = benchmark.pedantic(numbers.recognize_number, (doc.text, culture), rounds=4, warmup_rounds=1)
    assert len(found) > 500


def test_extraction(benchmark, doc, dataset):
    """The whole extraction in one process; the least time of each stage goes into `stages`."""
    stages: dict[str, float] = {}

    def extract_once() -> Dataset:
        timings: dict[str, float] = {}
        found = extract_document(doc, timings)
        for stage, seconds in timings.items():
            stages[stage] = min(seconds, stages.get(stage, seconds))
        return found

    found = benchmark.pedantic(extract_once, rounds=ROUNDS, warmup_rounds=1)
    benchmark.extra_info["stages"] = stages
    benchmark.extra_info["characters"] = len(doc.text)
    assert found.tables == dataset.tables


def test_decode(benchmark):
    assert benchmark.pedantic(read_document, (ISSUE,), rounds=ROUNDS, warmup_rounds=1).text


def test_tables(benchmark, dataset):
    """Every row through its model again, and into Arrow."""
    tables = benchmark.pedantic(build_tables, (dataset,), rounds=ROUNDS, warmup_rounds=1)
    assert tables["numerals"].num_rows == len(dataset["numerals"])


def test_write(benchmark, dataset, tmp_path):
    """Arrow to Parquet files on the disk, with fsync."""
    tables = build_tables(dataset)

    def write() -> None:
        with TableWriter(tmp_path) as writer:
            writer.add(tables)
            writer.finish()

    benchmark.pedantic(write, rounds=ROUNDS, warmup_rounds=1)
    assert (tmp_path / "numerals.parquet").exists()


def test_read(benchmark, dataset, tmp_path):
    """Every table from its file into a pandas frame."""
    extract.write(dataset, tmp_path)

    def read() -> int:
        desk = extract.open(tmp_path)
        return sum(len(desk[table]) for table in desk.tables)

    rows = benchmark.pedantic(read, rounds=ROUNDS, warmup_rounds=1)
    assert rows == sum(len(dataset[table]) for table in extract.TABLES)


def test_linear(benchmark, dataset):
    """A document of 10 MB, once, and one of 60 kB before and after it; processor time, as one run can be interrupted."""
    short, long = (Document("invented", make_text(size), "utf-8", "0" * 64) for size in (SHORT, LONG))
    seconds = []

    def time_short() -> None:
        for _ in range(ROUNDS // 2):
            started = process_time()
            extract_document(short, {})
            seconds.append(process_time() - started)

    time_short()
    started = process_time()
    found = benchmark.pedantic(extract_document, (long, {}), rounds=1)
    long_seconds = process_time() - started
    assert len(found["numerals"]) > LONG // 500
    del found
    time_short()
    benchmark.extra_info |= {"short": min(seconds), "short_characters": len(short.text)}
    benchmark.extra_info |= {"long": long_seconds, "characters": len(long.text)}
