"""The limit of time for one document."""

from __future__ import annotations

import signal
import threading
from time import monotonic

import pytest

from extract.errors import ExtractError
from extract.limits import TimeLimitError, time_limit


def work(seconds: float) -> None:
    """Keeps Python busy for so long."""
    until = monotonic() + seconds
    while monotonic() < until:
        pass


def test_what_takes_too_long_is_refused_with_stage_reason_and_advice() -> None:
    with (
        pytest.raises(ExtractError, match=r"report\.txt: not read within 0\.05 s") as caught,
        time_limit(0.05, "report.txt"),
    ):
        work(5)
    assert isinstance(caught.value, TimeLimitError)
    assert (caught.value.stage, caught.value.reason, caught.value.path) == ("extract", "time_limit", "report.txt")
    assert "cut the document into parts" in caught.value.message


def test_the_timer_and_its_handler_are_as_before() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(TimeLimitError), time_limit(0.02):
        work(5)
    with time_limit(0.05):
        pass
    work(0.1)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) == before


def test_an_error_of_the_block_passes() -> None:
    with pytest.raises(KeyError), time_limit(5):
        raise KeyError("a")
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@pytest.mark.parametrize("seconds", [None, 0, -1])
def test_no_limit(seconds: float | None) -> None:
    with time_limit(seconds):
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_a_longer_limit_around_goes_on() -> None:
    def after_a_limited_part() -> None:
        with time_limit(0.1):
            pass
        work(5)

    with pytest.raises(TimeLimitError, match=r"0\.2 s"), time_limit(0.2):
        after_a_limited_part()


def test_a_shorter_limit_around_comes_first() -> None:
    with pytest.raises(TimeLimitError, match=r"0\.05 s"), time_limit(0.05), time_limit(10):
        work(5)


def test_other_threads_run_without_a_limit() -> None:
    done: list[bool] = []

    def run() -> None:
        with time_limit(0.02):
            work(0.1)
        done.append(True)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert done == [True]
