"""The notebook: it runs on fresh tables, draws its five charts with Chinese letters, and is the script beside it."""

from __future__ import annotations

import importlib.util
import json
import re
import struct
import zlib
from base64 import b64decode
from pathlib import Path

import pytest

from extract.run import run

NEEDED = ("altair", "ipykernel", "jupytext", "nbclient", "nbformat", "noto_cjk_sans_otc", "vl_convert")
MISSING = 'the notebook extra is missing: pip install "gazette-extract[notebook]"'
_, _, jupytext, _, nbformat, noto, vl_convert = (pytest.importorskip(module, reason=MISSING) for module in NEEDED)

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "notebooks" / "first-look.py"
NOTEBOOK = SCRIPT.with_suffix(".ipynb")
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def refresh():
    spec = importlib.util.spec_from_file_location("refresh", SCRIPT.with_name("refresh.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def committed():
    return nbformat.read(NOTEBOOK, as_version=4)


def outputs(notebook) -> list:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def charts(notebook) -> list[bytes]:
    found = [output.get("data", {}).get("image/png") for output in outputs(notebook)]
    return [b64decode(picture) for picture in found if picture]


def size(png: bytes) -> tuple[int, int]:
    assert png[:8] == PNG
    return struct.unpack(">II", png[16:24])


def cells(notebook) -> list[tuple[str, str]]:
    return [(cell.cell_type, cell.source) for cell in notebook.cells]


@pytest.fixture
def quiet(tmp_path) -> Path:
    """A folder with one document that holds no figure, no person and no year."""
    (tmp_path / "quiet.txt").write_text("清河县召开会议\n\n今天天气很好。\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("texts", ["issue", "quiet"])
def test_it_runs_on_fresh_tables_and_draws_five_charts(texts, quiet, refresh, tmp_path, monkeypatch):
    folder = tmp_path / "tables"
    run([quiet if texts == "quiet" else ROOT / "data" / "raw"], folder, workers=1)
    monkeypatch.setenv("GAZETTE_TABLES", str(folder))
    notebook = refresh.execute(SCRIPT, tmp_path)
    assert [output for output in outputs(notebook) if output.output_type in ("error", "stream")] == []
    assert len(charts(notebook)) == 5
    assert all(width > 100 and height > 40 for width, height in map(size, charts(notebook)))


def test_the_script_and_the_notebook_hold_the_same_cells(committed):
    assert cells(committed) == cells(jupytext.read(SCRIPT))


def test_the_committed_notebook_is_executed_and_small(committed):
    nbformat.validate(committed)
    code = [cell for cell in committed.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    assert len(charts(committed)) == 5
    assert {output.output_type for output in outputs(committed)} <= {"execute_result", "display_data"}
    assert NOTEBOOK.stat().st_size < 700_000


def test_no_sentence_of_the_issue_stands_in_them():
    run_length = 18
    raw = "".join(re.sub(r"\s", "", path.read_text("utf-8")) for path in (ROOT / "data" / "raw").glob("*.txt"))
    runs = {raw[at : at + run_length] for at in range(len(raw) - run_length + 1)}
    for path in (SCRIPT, NOTEBOOK):
        text = re.sub(r"\s", "", path.read_text("utf-8"))
        assert [text[at : at + run_length] for at in range(len(text)) if text[at : at + run_length] in runs] == []


def draw(letters: str) -> bytes:
    mark = {"type": "text", "font": "Noto Sans CJK SC", "fontSize": 30}
    spec = {"data": {"values": [{"letters": letters}]}, "mark": mark, "encoding": {"text": {"field": "letters"}}}
    return vl_convert.vegalite_to_png(json.dumps(spec))


def test_chinese_letters_are_drawn_and_no_boxes():
    vl_convert.register_font_directory(str(Path(str(noto.FONT_PATH)).parent))
    pictures = [draw(letters) for letters in ("增", "减", "≥")]
    assert len(set(pictures)) == 3


def test_a_deflated_picture_is_the_same_picture(refresh):
    picture = draw("一二三")
    smaller = refresh.deflate(picture)
    assert len(smaller) < len(picture)
    before, after = (chunks_of(refresh, png) for png in (picture, smaller))
    assert before == after


def chunks_of(refresh, png: bytes) -> dict[bytes, bytes]:
    chunks: dict[bytes, bytes] = {}
    for kind, body in refresh.read_chunks(png):
        chunks[kind] = chunks.get(kind, b"") + body
    return chunks | {b"IDAT": zlib.decompress(chunks[b"IDAT"])}
