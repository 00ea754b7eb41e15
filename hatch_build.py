"""Puts the bill of materials of `make dist` into the wheel, as `*.dist-info/sboms/` (PEP 770)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BILL = Path("build", "gazette-extract.cdx.json")


class BillOfMaterials(BuildHookInterface[Any]):
    """A build without `make dist` has no bill, and is none the worse."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Name the file to hatchling, where it is a wheel that is built and not an editable install."""
        if version == "standard" and Path(self.root, BILL).exists():
            build_data["sbom_files"].append(str(BILL))
