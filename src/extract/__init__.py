"""Gazette Extract: figures, targets and events of Chinese official prose as validated Parquet tables.

`extract_text` and `extract_file` read one document into a `Dataset`, every table as typed rows; `write` writes it.
`open` gives the desk of written tables: frames, SQL, and the evidence of every figure.
The names are loaded at their first use: `import extract` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.dataset import TABLES, Dataset
    from extract.desk import Desk, open
    from extract.errors import DecodeError, ExtractError, StructureError
    from extract.evidence import Evidence
    from extract.folders import DeskError
    from extract.grammar.periods import periods
    from extract.grammar.quantities import quantities
    from extract.pipeline import extract_file, extract_text
    from extract.tables import OutputError, RowError, write

__all__ = [
    "TABLES",
    "Dataset",
    "DecodeError",
    "Desk",
    "DeskError",
    "Evidence",
    "ExtractError",
    "OutputError",
    "RowError",
    "StructureError",
    "__version__",
    "extract_file",
    "extract_text",
    "open",
    "periods",
    "quantities",
    "write",
]

_HOMES = {
    "TABLES": "dataset",
    "Dataset": "dataset",
    "DecodeError": "errors",
    "Desk": "desk",
    "DeskError": "folders",
    "Evidence": "evidence",
    "ExtractError": "errors",
    "OutputError": "tables",
    "RowError": "tables",
    "StructureError": "errors",
    "extract_file": "pipeline",
    "extract_text": "pipeline",
    "periods": "grammar.periods",
    "quantities": "grammar.quantities",
    "open": "desk",
    "write": "tables",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("importlib.metadata").version("gazette-extract")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
