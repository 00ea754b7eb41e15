"""Writes first-look.ipynb from first-look.py, executed on data/out: `.venv/bin/python notebooks/refresh.py`.

Cells are numbered instead of named by chance, no time is noted and the pictures are deflated again, so that equal
tables give an equal file.

Why not `jupytext --execute`: it needs nbconvert, and leaves pictures three times as large as they must be.
"""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import jupytext
import nbformat
from nbclient import NotebookClient

SCRIPT = Path(__file__).with_name("first-look.py")
NOTEBOOK = SCRIPT.with_suffix(".ipynb")


def execute(script: Path, folder: Path) -> nbformat.NotebookNode:
    """The notebook of a script, executed in `folder`; `nbclient.exceptions.CellExecutionError` when a cell fails."""
    notebook = jupytext.read(script)
    place = {"metadata": {"path": str(folder)}}
    NotebookClient(notebook, timeout=300, record_timing=False, resources=place).execute()
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number:02}"
        for output in cell.get("outputs", []):
            pictures = output.get("data", {})
            if "image/png" in pictures:
                pictures["image/png"] = b64encode(deflate(b64decode(pictures["image/png"]))).decode("ascii")
    notebook.metadata.pop("language_info", None)
    return notebook


def deflate(png: bytes) -> bytes:
    """The same picture, its pixels packed as tightly as zlib can."""
    chunks = list(read_chunks(png))
    pixels = zlib.compress(zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT")), 9)
    first = [kind for kind, _ in chunks].index(b"IDAT")
    kept = [(kind, body) for kind, body in chunks if kind != b"IDAT"]
    kept.insert(first, (b"IDAT", pixels))
    return png[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in kept
    )


def read_chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of every chunk of a PNG."""
    at = 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


if __name__ == "__main__":
    nbformat.write(execute(SCRIPT, SCRIPT.parent), NOTEBOOK)
