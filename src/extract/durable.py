"""The few ways in which files come to stand for good: written, flushed, named, and the name flushed too.

A name points to nothing or to the whole: what a power cut can undo is undone as one. All of `store` writes through
here, and the tests let each of these calls fail in turn.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path


def flush(path: Path) -> None:
    """Have the disk hold a file's content, or a folder's names, before this returns."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def point(link: Path, target: str) -> None:
    """Have a symbolic link point to `target`, at once: it points where it did or there, never nowhere."""
    aside = link.with_name(f".{link.name}.pointing")
    aside.unlink(missing_ok=True)
    os.symlink(target, aside)
    os.replace(aside, link)
    flush(link.parent)


def remove(path: Path) -> None:
    """Remove a file or a folder with all it holds, if it is there; what cannot be removed stays for the next time."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
