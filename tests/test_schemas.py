"""`schemas/` is what the models say, in both directions."""

import json
from pathlib import Path

import pytest

from extract.dataset import TABLES
from extract.schemas import build_schemas, compare_schemas, json_schema, write_schemas

COMMITTED = Path(__file__).parents[1] / "schemas"


def test_committed_schemas_are_those_of_the_models():
    assert compare_schemas(COMMITTED) == [], "repair with: make schemas"


def test_what_is_written_compares_equal(tmp_path):
    assert sorted(write_schemas(tmp_path / "schemas")) == sorted(build_schemas())
    assert compare_schemas(tmp_path / "schemas") == []
    assert write_schemas(tmp_path / "schemas") == []


def test_every_difference_is_listed_in_both_directions(tmp_path):
    write_schemas(tmp_path)
    page = tmp_path / "levels.md"
    page.write_text(page.read_text("utf-8").replace("`char_end`", "`char_stop`"), encoding="utf-8")
    (tmp_path / "shares.md").unlink()
    (tmp_path / "weights.md").write_text("# weights\n", encoding="utf-8")
    lines = compare_schemas(tmp_path)
    assert f"{tmp_path / 'shares.md'}: missing" in lines
    assert f"{tmp_path / 'weights.md'}: no table gives it; remove it" in lines
    assert any(line.startswith("-| `char_stop`") for line in lines)
    assert any(line.startswith("+| `char_end`") for line in lines)
    assert sorted(write_schemas(tmp_path)) == ["levels.md", "shares.md"]
    assert (tmp_path / "weights.md").exists()


def test_a_folder_that_is_not_there_lacks_every_file(tmp_path):
    assert len(compare_schemas(tmp_path / "none")) == len(build_schemas())


@pytest.mark.parametrize("table", TABLES)
def test_files_of_a_table(table):
    files = build_schemas()
    schema = json.loads(files[f"{table}.schema.json"])
    assert schema == json_schema(table)
    assert list(schema["properties"]) == list(TABLES[table].model_fields)
    assert len(files[f"{table}.arrow.txt"].splitlines()) == len(TABLES[table].model_fields)
    assert files[f"{table}.md"].count("\n| `") == len(TABLES[table].model_fields)
    assert f"[`{table}`]({table}.md)" in files["README.md"]


def test_page_of_the_dictionary():
    page = build_schemas()["project_counts.md"]
    row = next(line for line in page.splitlines() if line.startswith("| `stage`"))
    values = "`signed`, `reserve`, `listed`, `start`, `continue`, `complete`, `other`"
    assert row == f"| `stage` | string |  |  | Stage of the projects counted | `start` | {values} |"
    row = next(line for line in page.splitlines() if line.startswith("| `invest_min`"))
    assert row == "| `invest_min` | float64 | yes | CNY | Lower threshold on project size |  |  |"
