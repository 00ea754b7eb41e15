"""The desk: frames as they stand in Parquet, evidence, SQL, comparison, and every error as one line."""

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import fsspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import extract
from desk_samples import TEXTS, write_sample
from extract.cli import main
from extract.dataset import TABLES
from extract.desk import CATEGORIES, RECORDS, Desk
from extract.errors import ExtractError
from extract.evidence import mark_figure
from extract.folders import DeskError, NoTableError, UnknownRecordError
from extract.frames import parse_period
from extract.models import SCHEMA_VERSION, Check
from extract.records import RECORD_TABLES


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    return write_sample(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def desk(out) -> Desk:
    return extract.open(out, raw=out.parent / "raw")


@pytest.fixture
def copy(out, tmp_path) -> Path:
    """The tables once more, to be spoilt."""
    return Path(shutil.copytree(out, tmp_path / "copy"))


def one(desk: Desk, figure: str, issue_id: str) -> str:
    """The id of the one record with that figure in a document."""
    found = desk.figures()
    (record_id,) = found[(found["figure"] == figure) & (found["issue_id"] == issue_id)]["record_id"]
    return str(record_id)


# The names that stand in the desk are those of the models


def test_tables_are_those_of_the_models():
    assert list(Desk.__annotations__) == list(TABLES)
    assert list(RECORDS) == list(RECORD_TABLES)


def test_categories_are_the_closed_vocabularies():
    closed, other = set(), set()
    for table, model in TABLES.items():
        for name, facts in model.model_json_schema()["properties"].items():
            (closed if "enum" in facts else other).add((table, name))
    assert {name for _, name in closed} | {"table"} == CATEGORIES
    assert {(table, name) for table, name in other if name in CATEGORIES} == {("rejects", "stage")}  # codes as well


# Frames


def test_every_table_is_a_frame_with_the_columns_of_its_model(desk):
    for table, model in TABLES.items():
        assert list(desk[table].columns) == list(model.model_fields)
        assert getattr(desk, table) is desk[table]


@pytest.mark.parametrize(
    ("table", "column", "dtype"),
    [
        ("targets", "period_start", pd.ArrowDtype(pa.date32())),
        ("targets", "value", pd.ArrowDtype(pa.float64())),
        ("targets", "region", pd.ArrowDtype(pa.string())),
        ("articles", "page", pd.ArrowDtype(pa.int32())),
        ("project_counts", "planned", pd.ArrowDtype(pa.bool_())),
        ("people", "posts", pd.ArrowDtype(pa.list_(pa.field("element", pa.string(), False)))),
        ("rejects", "char_start", pd.ArrowDtype(pa.int32())),
    ],
)
def test_types_stay_what_they_are_in_parquet(table, column, dtype, desk):
    assert desk[table][column].dtype == dtype


@pytest.mark.parametrize(("table", "column"), [("targets", "measure"), ("numerals", "role"), ("checks", "status")])
def test_closed_vocabularies_are_categories(table, column, desk):
    assert isinstance(desk[table][column].dtype, pd.CategoricalDtype)
    assert set(desk[table][column].cat.categories) == set(desk[table][column])


def test_values_can_be_reckoned_with(desk):
    growth = desk.growth_rates
    assert growth["period_start"].iloc[0] == dt.date(2020, 1, 1)
    assert np.log(growth["value"].abs()).dtype == pd.ArrowDtype(pa.float64())
    assert desk.articles["page"].isna().all()
    assert list(desk.event_participants["posts"].iloc[-1]) == ["省委常委", "副省长"]


def test_every_figure_stands_at_its_place_in_the_raw_text(desk):
    figures = desk.figures()
    assert len(figures) == sum(len(desk[table]) for table in RECORDS) > 12
    for row in figures.itertuples():
        assert TEXTS[row.issue_id][row.char_start : row.char_end] == row.figure


def test_repr_says_what_is_there(desk, out):
    lines = repr(desk).splitlines()
    assert lines[0] == f"Desk of {out}"
    assert ["issues", "3"] in [line.split() for line in lines]
    assert len(lines) == 1 + len(TABLES)
    assert {"targets", "figure", "sql"} <= set(dir(desk))


def test_columns_are_explained(desk):
    columns = desk.columns("project_counts").set_index("column")
    assert columns.loc["invest_min", "unit"] == "CNY"
    assert columns.loc["period_start", "type"] == "date32[day]"
    assert columns["meaning"].str.len().min() > 0


def test_no_other_attribute_is_there(desk):
    with pytest.raises(AttributeError, match="no attribute 'target'"):
        _ = desk.target


# One file or many, here or elsewhere


def split(folder: Path) -> None:
    """Every table with rows as a folder of two part files, with what other tools leave beside them."""
    for table in TABLES:
        path = folder / f"{table}.parquet"
        rows = pq.read_table(path)
        path.unlink()
        path.mkdir()
        half = rows.num_rows // 2
        pq.write_table(rows.slice(0, half), path / "part-00000.parquet")
        pq.write_table(rows.slice(half), path / "part-00001.parquet")
        (path / "_SUCCESS").write_text("")
        (path / "._part-00000.parquet").write_text("no table")


def test_part_files_give_the_same(desk, copy):
    split(copy)
    parts = extract.open(copy)
    assert repr(parts).splitlines()[1:] == repr(desk).splitlines()[1:]
    for table in TABLES:
        pd.testing.assert_frame_equal(parts[table], desk[table])
    assert parts.sql("select count(*) as n from numerals")["n"].tolist() == [len(desk.numerals)]


def test_a_column_that_a_later_part_adds_is_kept(copy):
    split(copy)
    path = copy / "levels.parquet" / "part-00001.parquet"
    rows = pq.read_table(path)
    pq.write_table(rows.append_column("deflator", pa.array([1.5] * rows.num_rows)), path)
    parts = extract.open(copy)
    assert parts.levels["deflator"].isna().tolist() == [True, False]
    assert parts.sql("select deflator from levels where deflator > 1")["deflator"].tolist() == [1.5]


@pytest.mark.parametrize("parts", [False, True], ids=["one file", "part files"])
def test_tables_behind_an_address(parts, desk, copy):
    if parts:
        split(copy)
    memory = fsspec.filesystem("memory")
    memory.put(str(copy), "/shelf/out", recursive=True)
    try:
        remote = extract.open("memory://shelf/out")
        assert repr(remote).splitlines()[1:] == repr(desk).splitlines()[1:]
        pd.testing.assert_frame_equal(remote.compare("gdp"), desk.compare("gdp"))
        assert str(remote.figure(one(desk, "525个", "lan-2021"))).startswith("2021年，全省地区生产总值")
        assert remote.sql("select count(*) as n from targets")["n"].tolist() == [len(desk.targets)]
    finally:
        memory.rm("/shelf", recursive=True)


# Evidence


def test_every_figure_is_marked_in_its_sentence(desk):
    for record_id in desk.figures()["record_id"]:
        evidence = desk.figure(record_id)
        start, end = evidence.mark
        assert "".join(evidence.sentence[start:end].split()) == "".join(evidence.record["figure"].split())


def test_evidence_of_a_figure(desk):
    evidence = desk.figure(one(desk, "8%", "lan-2021"))
    assert evidence.table == "targets"
    assert evidence.section == ("二、2021年重点工作", "（一）主要目标")
    assert evidence.citation == "云南省2021年政府工作报告, 2021 > 二、2021年重点工作 > （一）主要目标"
    assert evidence.line == TEXTS["lan-2021"].split("\n").index(evidence.sentence.replace("（1）", "(1)")) + 1
    shown = str(evidence)
    assert "地区生产总值增长【8%】以上" in shown
    assert "  value     >= 8 %" in shown.splitlines()
    assert f"rule {evidence.record['rule']}" in shown
    assert repr(evidence) == f"<Evidence {evidence.record['record_id']}>"


def test_page_and_checks_are_shown(tmp_path):
    text = "云南省2020年粮食产量1890万吨。"
    dataset = extract.extract_text(text, issue_id="note")
    (level,) = dataset["levels"]
    facts = {"check_id": "c1", "issue_id": "note", "kind": "sum", "status": "differs", "stated": 1890.0}
    numbers = {"derived": 1880.0, "difference": 10.0, "tolerance": 0.5, "expression": "940 + 940 = 1880 <> 1890"}
    dataset.tables["checks"] = [Check(**facts, **numbers, record_ids=[level.record_id])]
    dataset.tables["articles"] = [row.model_copy(update={"page": 7}) for row in dataset["articles"]]
    extract.write(dataset, tmp_path / "out")
    shown = str(extract.open(tmp_path / "out").figure(level.record_id))
    assert "differs: 940 + 940 = 1880 <> 1890" in shown
    assert ", p. 7" in shown
    assert "line" not in shown


def test_html_shows_the_text_as_text(desk):
    html = desk.figure(one(desk, "525个", "lan-2021"))._repr_html_()
    assert "<mark>525个</mark>" in html
    assert "<script" not in html
    assert "&lt;script&gt;alert" in html


def test_what_a_terminal_would_obey_is_not_printed(tmp_path):
    dataset = extract.extract_text("云南省2020年粮食产量1890万吨。", issue_id="note")
    (level,) = dataset["levels"]
    dataset.tables["levels"] = [level.model_copy(update={"sentence": f"\x1b[2J{level.sentence}\x9b"})]
    extract.write(dataset, tmp_path / "out")
    shown = str(extract.open(tmp_path / "out").figure(level.record_id))
    assert "\x1b" not in shown
    assert "\x9b" not in shown


@pytest.mark.parametrize(
    ("raw", "sentence", "figure", "marked"),
    [
        ("产量3吨。", "产量3吨。", "3吨", "产量[3吨]。"),
        ("甲3个，\n乙3 个。", "甲3个，乙3个。", "3 个", "甲3个，乙[3个]。"),
        ("甲3个，\n-12-\n乙3个，丙3个。", "甲3个，乙3个，丙3个。", "3个", "甲[3个]，乙3个，丙3个。"),
        ("培训600 人(次)以上。", "培训600人（次）以上。", "600 人(次)", "培训[600人（次）]以上。"),
        ("产量\u30003 吨。", "产量3吨。", "3 吨", "产量[3吨]。"),
        ("产量3吨。", "产量三吨。", "3吨", None),
        ("产量3吨。", "产量3吨。", "", None),
    ],
)
def test_place_of_a_figure_in_the_sentence_as_read(raw, sentence, figure, marked):
    start = raw.rfind(figure) if "乙3 个" in raw else raw.find(figure)
    record = {"sentence": sentence, "figure": figure, "char_start": 100 + start}
    place = mark_figure(record | {"sentence_start": 100, "sentence_end": 100 + len(raw)})
    shown = None if place is None else f"{sentence[: place[0]]}[{sentence[slice(*place)]}]{sentence[place[1] :]}"
    assert shown == marked


# Selection and comparison


@pytest.mark.parametrize(
    ("wanted", "figures"),
    [
        ({"concept": "gdp", "table": "targets"}, ["8%", "7%"]),
        ({"indicator": "固定资产"}, ["4%"]),
        ({"table": "project_counts", "period": "2022"}, ["120个"]),
        ({"concept": "gdp", "period": 2021}, ["8%", "7.3%"]),
        ({"concept": "gdp", "period": "2021..2022"}, ["8%", "7.3%", "7%"]),
        ({"concept": "gdp", "region": "530000", "period": "2022-01.."}, ["7%"]),
        ({"concept": "gdp", "region": "云南省", "period": "..2020-12-31"}, ["4%", "24500亿元"]),
        ({"concept": "gdp", "region": "53", "table": "levels"}, ["24500亿元"]),
        ({"region": "四川省"}, []),
        ({"concept": "gpd"}, []),
    ],
)
def test_figures_that_fit(wanted, figures, desk):
    assert desk.figures(**wanted)["figure"].tolist() == figures


def test_an_open_period_has_no_end():
    assert parse_period("..") == (None, None)
    assert parse_period("2020-02..") == (dt.date(2020, 2, 1), None)
    assert parse_period("..2020-02") == (None, dt.date(2020, 2, 29))


@pytest.mark.parametrize(
    "text", ["", "soon", "2021-13", "2021-02-30", "2021-01-01-01", "2021..soon", "20210101", "1e3"]
)
def test_what_is_no_period(text, desk):
    with pytest.raises(DeskError, match=r"is no period; write 2023") as caught:
        desk.figures(period=text)
    assert caught.value.reason == "wrong_period"


def test_one_concept_over_documents_and_years(desk):
    rows = desk.compare(concept="gdp")
    rates = rows[rows["unit"] == "%"]
    assert rates[["year", "table", "value", "document_year"]].values.tolist() == [
        [2020, "growth_rates", 4.0, 2021],
        [2021, "growth_rates", 7.3, 2022],
        [2021, "targets", 8.0, 2021],
        [2022, "targets", 7.0, 2022],
    ]
    assert rates["direction"].tolist()[:2] == ["up", "up"]
    assert rates["direction"].isna().tolist() == [False, False, True, True]
    assert rows["year"].dtype == pd.ArrowDtype(pa.int32())
    assert set(rows["document"]) == {"云南省2021年政府工作报告", "云南省2022年政府工作报告"}
    assert desk.compare("gdp", region="四川省").empty


# SQL


def test_sql_sees_every_table(desk):
    assert sorted(desk.sql("show tables")["name"]) == sorted(TABLES)
    for table in TABLES:
        assert desk.sql(f"select count(*) as n from {table}")["n"].tolist() == [len(desk[table])]


def test_sql_joins_takes_parameters_and_keeps_types(desk):
    query = """select a.title, t.period_start, t.value from targets t join articles a using (article_id)
               where t.concept = ? order by t.value"""
    rows = desk.sql(query, ["gdp"])
    assert rows["value"].tolist() == [7.0, 8.0]
    assert rows["period_start"].dtype == pd.ArrowDtype(pa.date32())
    sums = desk.sql(
        "select sum(char_count) as whole, sum(char_count) * 0.5 as half, sum(null::int) as none from issues"
    )
    assert [str(dtype) for dtype in sums.dtypes] == ["int64[pyarrow]", "double[pyarrow]", "int64[pyarrow]"]
    assert sums["whole"].tolist() == [sum(map(len, TEXTS.values()))]


def test_sql_that_answers_nothing(desk):
    assert desk.sql("-- nothing").empty
    none = desk.sql("select record_id from targets where false")
    assert (list(none.columns), len(none)) == (["record_id"], 0)


def test_sql_says_its_own_errors(desk):
    with pytest.raises(duckdb.CatalogException, match="nowhere"):
        desk.sql("select * from nowhere")


def test_sql_without_duckdb(desk, monkeypatch):
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(DeskError, match=r"pip install gazette-extract\[sql\]"):
        desk.sql("select 1")


# Bad input


def restamp(path: Path, version: str | None) -> None:
    rows = pq.read_table(path)
    stamp = {} if version is None else {"extract.schema_version": version}
    pq.write_table(rows.replace_schema_metadata(stamp), path)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


@pytest.mark.parametrize(
    ("spoil", "reason", "remedy"),
    [
        (lambda path: restamp(path, "0"), "schema_version", "write the tables again with: extract run"),
        (lambda path: restamp(path, "99"), "schema_version", "pip install --upgrade gazette-extract"),
        (lambda path: restamp(path, None), "schema_version", "not written by extract; write the tables again"),
        (truncate, "damaged", "write it again with: extract run"),
        (lambda path: path.write_bytes(b""), "damaged", "cut short or damaged"),
        (lambda path: path.write_bytes(b"PAR1" + bytes(50) + b"PAR1"), "damaged", "cut short or damaged"),
    ],
    ids=["older", "newer", "foreign", "truncated", "empty", "damaged"],
)
def test_a_table_that_cannot_be_read_is_one_line_and_the_others_are_read(spoil, reason, remedy, copy, desk):
    spoil(copy / "targets.parquet")
    spoilt = extract.open(copy)
    for ask in (lambda: spoilt.targets, lambda: spoilt.figures(), lambda: spoilt.sql("select * from targets")):
        with pytest.raises(DeskError) as caught:
            ask()
        assert caught.value.reason == reason
        assert remedy in str(caught.value)
        assert str(copy / "targets.parquet") in str(caught.value)
        assert "\n" not in str(caught.value)
    (line,) = [line for line in repr(spoilt).splitlines() if line.startswith("  targets")]
    assert remedy in line
    pd.testing.assert_frame_equal(spoilt.levels, desk.levels)
    assert spoilt.sql("select count(*) as n from levels")["n"].tolist() == [len(desk.levels)]


def test_the_schema_version_is_a_number():
    assert SCHEMA_VERSION.isdecimal()


def test_data_damaged_in_the_middle(copy):
    path = copy / "sentences.parquet"
    content = bytearray(path.read_bytes())
    content[4:400] = bytes(396)
    path.write_bytes(content)
    with pytest.raises(DeskError, match="cut short or damaged") as caught:
        _ = extract.open(copy).sentences
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("none", "no such folder; write tables with: extract run TEXTS --out"),
        ("empty", "no tables here; write some with: extract run TEXTS --out"),
        ("file.txt", "a file; name the folder that holds the tables"),
        ("other", "no tables here"),
    ],
)
def test_a_folder_without_tables(place, message, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("text")
    (tmp_path / "other" / "targets.parquet").mkdir(parents=True)
    with pytest.raises(ExtractError) as caught:
        extract.open(tmp_path / place)
    assert message in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path / place))


def test_an_address_of_an_unknown_protocol():
    with pytest.raises(DeskError, match="Protocol not known: nowhere"):
        extract.open("nowhere://shelf/out")


@pytest.mark.parametrize(
    ("missing", "remedy"), [("fsspec", r"pip install gazette-extract\[remote\]"), ("s3fs", "s3fs")]
)
def test_an_address_without_its_library(missing, remedy, monkeypatch):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(DeskError, match=remedy) as caught:
        extract.open("s3://shelf/out")
    assert caught.value.reason == "not_installed"


def test_a_table_that_is_not_there(copy):
    (copy / "targets.parquet").unlink()
    (copy / "sentences.parquet").unlink()
    desk = extract.open(copy)
    assert not hasattr(desk, "targets")
    with pytest.raises(NoTableError, match="no table targets here, only issues, articles"):
        _ = desk.targets
    with pytest.raises(NoTableError, match="events holds no figures; take one of targets"):
        desk.figures(table="events")
    assert set(desk.figures()["table"]) == set(RECORDS) - {"targets"}
    assert desk.figure(desk.levels["record_id"].iloc[0]).section == ()


def test_a_folder_without_figures(copy):
    for table in RECORDS:
        (copy / f"{table}.parquet").unlink()
    desk = extract.open(copy)
    with pytest.raises(NoTableError, match="no table of figures here"):
        desk.figures()
    with pytest.raises(UnknownRecordError):
        desk.figure("lan-2021:1-2")
    assert len(desk.sentences) > 0


@pytest.mark.parametrize("record_id", ["", "lan-2021:1-2", "lan-2021", "1; drop table targets"])
def test_an_unknown_record(record_id, desk):
    with pytest.raises(UnknownRecordError, match=r"no record .*list them with: extract figures"):
        desk.figure(record_id)


def test_a_raw_text_that_has_changed(out, tmp_path, desk):
    record_id = one(desk, "8%", "lan-2021")
    for text in (None, TEXTS["lan-2021"] + "\n"):
        if text is not None:
            (tmp_path / "lan-2021.txt").write_text(text, encoding="utf-8")
        with pytest.raises(DeskError, match="the raw text of lan-2021 is not here as it was read"):
            extract.open(out, raw=tmp_path).figure(record_id)


def test_reading_loads_no_grammar(out):
    code = f"""
import sys, extract
desk = extract.open({str(out)!r})
desk.figure(desk.targets.record_id[0]), desk.compare("gdp"), desk.sql("select 1")
print(*sys.modules)"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "pandas" in loaded
    assert {"jieba", "regex", "extract.pipeline", "extract.grammar", "extract.records"} & loaded == set()


# On the command line


def command(*words: object):
    return CliRunner().invoke(main, [str(word) for word in words])


def test_show(out, desk):
    record_id = one(desk, "525个", "lan-2021")
    result = command("show", record_id, "--in", out, "--raw", out.parent / "raw")
    assert result.exit_code == 0
    assert result.stdout == f"{desk.figure(record_id)}\n"


def test_figures(out, desk):
    result = command("figures", out, "--concept", "gdp", "--table", "targets", "--region", "云南省")
    assert result.exit_code == 0
    assert ">= 8%" in result.stdout
    assert one(desk, "8%", "lan-2021") in result.stdout
    assert "2021-12-31" in result.stdout
    assert result.stdout.endswith("2 figures\n")
    result = command("figures", out, "--limit", 1, "--period", 2022)
    assert result.stdout.endswith("2 figures, the first 1 shown; --limit 0 shows all\n")
    assert command("figures", out, "--limit", 0).stdout.endswith(f"{len(desk.figures())} figures\n")


def test_export(out, tmp_path):
    result = command("export", out, "--to", "json", "-o", tmp_path / "tables.json")
    assert (result.exit_code, result.stdout) == (0, f"written: {tmp_path / 'tables.json'}\n")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["show", "lan-2021:1-2", "--in", "OUT"], 1, "no record 'lan-2021:1-2'"),
        (["show", "x", "--in", "nowhere"], 2, "no such folder"),
        (["figures", "OUT", "--concept", "gpd"], 1, "no figure has the concept 'gpd'; there are gdp"),
        (["figures", "OUT", "--concept", "gdp", "--region", "四川省"], 1, "no figure fits; leave out an option"),
        (["figures", "OUT", "--period", "soon"], 2, "'soon' is no period"),
        (["figures", "OUT", "--table", "events"], 2, "events holds no figures"),
        (["figures", "OUT", "--limit", "-1"], 2, "--limit"),
        (["export", "OUT", "--to", "pdf", "-o", "x"], 2, "--to"),
        (["export", "OUT", "--to", "csv"], 2, "--output"),
        (["export", "OUT", "--to", "xlsx", "-o", "OUT"], 1, "a folder; choose another place"),
    ],
)
def test_what_is_refused_is_one_line(words, code, message, out):
    result = command(*(out if word == "OUT" else word for word in words))
    assert result.exit_code == code
    assert message in result.stderr
    assert isinstance(result.exception, SystemExit)
    if code == 1:
        assert result.stderr.count("\n") == 1
