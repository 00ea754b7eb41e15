"""The door of the generator: `python -m extract.testing FOLDER --count 2000 --seed 7 --size 60000`."""

from __future__ import annotations

from pathlib import Path

import click

from extract.testing import DEFAULT_SIZE, SMALLEST_SIZE, write_issues


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--count", type=click.IntRange(0), default=10, show_default=True, help="How many issues.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="What they are drawn from.")
@click.option(
    "--size", type=click.IntRange(SMALLEST_SIZE), default=DEFAULT_SIZE, show_default=True, help="Characters of each."
)
@click.option("--errors", type=click.IntRange(0), default=0, show_default=True, help="Wrong figures in each.")
def main(folder: Path, count: int, seed: int, size: int, errors: int) -> None:
    """Write invented issues of a party journal into FOLDER, the same for the same options."""
    write_issues(folder, count, seed=seed, size=size, errors=errors)


if __name__ == "__main__":
    main(prog_name="python -m extract.testing")
