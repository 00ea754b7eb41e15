"""Addresses and clusters: the rows are those of a local run, after the loss of a worker or of a node as well."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import fsspec
import pytest
from moto.server import ThreadedMotoServer

import extract
import standin
from extract.dataset import TABLES
from extract.run import merge, run
from waiting import wait_until

TESTS = Path(__file__).parent
SENTENCES = "松河县新增规上企业{n}家，同比增长{n}.5%。全年开工项目{n}个，完成投资{n}.2亿元。\n"


@pytest.fixture
def shelf(tmp_path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    for number in range(6):
        (folder / f"town-{number:02}.txt").write_text("line\n" * (number % 3 + 1))
    return folder


@pytest.fixture
def memory():
    """An address of this process's memory."""
    yield "memory://shelf"
    fsspec.filesystem("memory").rm("/shelf", recursive=True)


@pytest.fixture(scope="module")
def server():
    """An object store on loopback: the address of its one bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        fsspec.filesystem("s3").mkdir("gazettes")
        yield "s3://gazettes"
    server.stop()


def update(texts, out, **words):
    return run([texts], out, **({"workers": 1, "read": standin.extract_bytes} | words))


def rows(out) -> dict[str, list[str]]:
    """The rows of every table, in an order of their own; paths differ between a folder and an address."""
    desk = extract.open(str(out))
    tables = {table: desk.arrow(table).to_pylist() for table in TABLES}
    for reject in tables["rejects"]:
        reject["path"] = Path(reject["path"]).name
    return {table: sorted(map(str, found)) for table, found in tables.items()}


def names(address: str) -> list[str]:
    system, root = fsspec.core.url_to_fs(address)
    system.invalidate_cache()
    return sorted(path.removeprefix(root.rstrip("/") + "/") for path in system.find(root))


class TestAddresses:
    @pytest.fixture(params=["memory", "file", "s3"])
    def out(self, request, tmp_path):
        if request.param == "memory":
            return request.getfixturevalue("memory") + "/out"
        if request.param == "s3":
            return f"{request.getfixturevalue('server')}/{tmp_path.name}"
        return f"file://{tmp_path}/remote"

    def test_the_tables_follow_the_texts(self, out, shelf, tmp_path):
        (shelf / "bad.txt").write_text("bad")
        assert update(shelf, out).done == 7
        first = names(out)
        assert sum(name.startswith("levels.parquet/part-") for name in first) == 7
        assert ".extract/manifest.jsonl" in first
        assert update(shelf, out, read=None).kept == 7
        (shelf / "town-01.txt").write_text("new\nnew\nnew\nnew")
        (shelf / "town-02.txt").unlink()
        report = update(shelf, out)
        assert (report.done, report.removed) == (1, 1)
        update(shelf, tmp_path / "local")
        assert rows(out) == rows(tmp_path / "local")
        assert len(names(out)) == len(first) - len(TABLES) - 1

    def test_a_lost_part_is_made_again(self, out, shelf, tmp_path):
        update(shelf, out)
        before = names(out)
        lost = next(name for name in before if name.startswith("levels.parquet/"))
        system, root = fsspec.core.url_to_fs(out)
        system.rm(f"{root}/{lost}")
        update(shelf, out)
        assert names(out) == before

    def test_merged_and_changed_again(self, out, shelf, tmp_path):
        update(shelf, out)
        merge(out)
        assert sum(name.startswith("levels.parquet/") for name in names(out)) == 1
        assert not update(shelf, out, read=None).published
        update(shelf, tmp_path / "local")
        assert rows(out) == rows(tmp_path / "local")
        (shelf / "town-01.txt").write_text("new")
        update(shelf, out)
        update(shelf, tmp_path / "local")
        assert rows(out) == rows(tmp_path / "local")

    def test_parts_that_no_complete_run_has_named_are_not_read(self, out, shelf, tmp_path):
        update(shelf, out)
        before = rows(out)
        (shelf / "town-01.txt").write_text("new\nnew\nnew")
        assert run([shelf], out, workers=1, read=standin.extract_bytes, shard=(1, 1)).done == 1  # publishes nothing
        assert sum(name.startswith("levels.parquet/") for name in names(out)) == 7
        assert rows(out) == before

    def test_a_path_without_texts_is_told(self, out, shelf, tmp_path):
        empty = tmp_path / "empty"
        empty.mkdir()
        run([shelf, empty], out, workers=1, read=standin.extract_bytes)
        (reject,) = extract.open(out).arrow("rejects").to_pylist()
        assert reject["reason"] == "no_text_files"


def test_texts_behind_an_address(server, shelf, tmp_path):
    system = fsspec.filesystem("s3")
    system.put([str(path) for path in sorted(shelf.iterdir())], f"{server}/texts/")
    update(shelf, tmp_path / "local")
    update(f"{server}/texts", f"{server}/tables")
    assert rows(f"{server}/tables") == rows(tmp_path / "local")
    assert update(f"{server}/texts", f"{server}/tables", read=None).kept == 6
    system.pipe_file(f"{server}/texts/town-00.txt", b"new\nnew")
    (shelf / "town-00.txt").write_bytes(b"new\nnew")
    assert update(f"{server}/texts", f"{server}/tables").done == 1
    update(shelf, tmp_path / "local")
    assert rows(f"{server}/tables") == rows(tmp_path / "local")


def command(shelf: Path, out: str | Path, *words: str) -> subprocess.Popen:
    line = [sys.executable, TESTS / "standin_cli.py", "run", shelf, "--out", out, "--engine", "dask", *words]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


class TestDask:
    def test_a_worker_is_killed(self, server, shelf, tmp_path):
        update(shelf, tmp_path / "local")
        (shelf / "town-04.txt").write_text("nap\nline")
        process = command(shelf, f"{server}/killed", "--workers", "2")
        note = shelf / "town-04.pid"
        wait_until(lambda: note.exists() and note.read_text())
        os.kill(int(note.read_text()), signal.SIGKILL)
        said, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        assert "dashboard: http://127.0.0.1:" in errors
        assert "6 issues written" in said
        assert rows(f"{server}/killed") == rows(tmp_path / "local")

    def test_a_document_that_kills_its_workers_costs_itself_only(self, shelf, tmp_path):
        (shelf / "deadly.txt").write_text("die")
        update(shelf, tmp_path / "local", workers=2)
        process = command(shelf, tmp_path / "out", "--workers", "2")
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 1, errors
        assert "deadly.txt" in errors
        assert rows(tmp_path / "out") == rows(tmp_path / "local")

    def test_a_node_of_a_cluster_is_lost(self, tmp_path):
        shelf = tmp_path / "shelf"
        shelf.mkdir()
        for number in range(24):
            (shelf / f"town-{number:02}.txt").write_text(SENTENCES.format(n=number + 10) * 200)
        run([shelf], tmp_path / "local", workers=1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
        host, port = address.split(":")
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        start = [*dask, "--host", host, "--port", port, "--dashboard-address", "127.0.0.1:0"]
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://{address}", "--nthreads", "1"]
        nodes = [subprocess.Popen(words, **quiet, start_new_session=True) for words in (start, worker, worker)]
        try:
            line = [Path(sys.executable).with_name("extract"), "run", shelf, "--out", tmp_path / "out"]
            line += ["--engine", "dask", "--scheduler", f"tcp://{address}"]
            process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            wait_until(lambda: len(list((tmp_path / "out").glob(".extract/batches/[0-9a-f]*"))) >= 3)
            os.killpg(nodes[1].pid, signal.SIGKILL)
            said, _ = process.communicate(timeout=120)
            assert process.returncode == 0, said
        finally:
            for node in nodes:
                if node.poll() is None:
                    os.killpg(node.pid, signal.SIGKILL)
                node.wait()
        assert rows(tmp_path / "out") == rows(tmp_path / "local")

    def test_no_scheduler_is_one_line(self, shelf, tmp_path, monkeypatch):
        process = command(shelf, tmp_path / "out", "--scheduler", "tcp://127.0.0.1:9")
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 3
        assert "Error: no scheduler answers at tcp://127.0.0.1:9" in errors
