"""Tables written by older versions: they open, and a version that cannot be read is refused with the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

import extract
from extract.models import SCHEMA_VERSION

DATASETS = Path(__file__).parent / "datasets"
OLD = sorted(folder for folder in DATASETS.iterdir() if folder.is_dir())


def test_every_schema_version_up_to_now_has_its_tables() -> None:
    assert [folder.name for folder in OLD] == [f"v{number}" for number in range(1, int(SCHEMA_VERSION) + 1)]


@pytest.mark.parametrize("folder", OLD, ids=lambda folder: folder.name)
def test_old_tables_open(folder: Path) -> None:
    desk = extract.open(folder)
    assert len(desk.numerals) == 18
    figures = desk.figures()
    assert sorted(figures["figure"]) == ["18.9万吨", "245亿元", "4%"]
    (text,) = [path.read_text("utf-8") for path in folder.glob("*.txt")]
    for row in figures.itertuples():
        assert text[row.char_start : row.char_end] == row.figure
        assert desk.figure(row.record_id).table == row.table


@pytest.mark.parametrize("folder", OLD, ids=lambda folder: folder.name)
def test_old_rows_pass_the_models_of_today(folder: Path) -> None:
    desk = extract.open(folder)
    for table in desk.tables:
        model = extract.TABLES[table]
        for row in desk.arrow(table).to_pylist():
            model.model_validate(row)


def test_old_tables_stay_small() -> None:
    assert sum(path.stat().st_size for path in DATASETS.rglob("*") if path.is_file()) < 60_000


@pytest.mark.parametrize(
    ("version", "remedy"),
    [("2000", "pip install --upgrade gazette-extract"), ("0", "write the tables again with: extract run")],
)
def test_a_version_that_is_not_known_is_refused(
    version: str, remedy: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = extract.extract_text("云南省2020年财政收入增长3.5%。", issue_id="note")
    monkeypatch.setattr("extract.tables.SCHEMA_VERSION", version)
    extract.write(dataset, tmp_path)
    with pytest.raises(extract.DeskError, match=f"schema version {version}, this package reads .*{remedy}") as caught:
        _ = extract.open(tmp_path).growth_rates
    assert caught.value.reason == "schema_version"
