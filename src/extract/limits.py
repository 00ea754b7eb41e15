"""A limit of time for one document: the last resort where a text keeps a rule busy that no test has thought of.

Works in the main thread of a process, by the timer of the real clock and its signal; elsewhere (a thread, a system
without the signal) the block runs without a limit. Python handles a signal between two of its own steps: a single
search by a pattern, which runs in C, ends before the limit is noticed. Every pattern is therefore held to linear time
by a test, and none is given a timeout of its own: that would cost the time to look at the clock.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from types import FrameType

from extract.errors import ExtractError


class TimeLimitError(ExtractError):
    """A document took longer than it was given; `reason` is `time_limit`."""


@contextmanager
def time_limit(seconds: float | None, path: str | None = None) -> Iterator[None]:
    """Ends the block with `TimeLimitError` after so many seconds; None or nothing positive sets no limit.

    A limit around this one goes on afterwards with what it has left, and comes first where it is the shorter.

    >>> with time_limit(60):
    ...     print("in time")
    in time
    """
    if seconds is None or seconds <= 0 or not _can_limit():
        yield
        return

    def stop(signum: int, frame: FrameType | None) -> None:
        raise TimeLimitError(
            f"not read within {seconds:g} s; raise the limit or cut the document into parts",
            reason="time_limit",
            path=path,
        )

    before, started = signal.getsignal(signal.SIGALRM), monotonic()
    outer = signal.getitimer(signal.ITIMER_REAL)[0]
    if 0 < outer <= seconds:
        yield
        return
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if outer:
            signal.setitimer(signal.ITIMER_REAL, max(outer - (monotonic() - started), 0.001))


def _can_limit() -> bool:
    """Whether this thread may set the timer."""
    return hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
