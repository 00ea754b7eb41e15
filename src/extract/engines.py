"""Engines: one way to have work done, `run(tasks, fn)`, in this process, in a pool of processes or on a Dask cluster.

Needs tasks as they come, and a function that both sides can import; gives each task with its result, in the order in
which they are done, and `DIED` for a task that took its process down, alone and more than once. At most a window of
tasks is under way, so a run of a million batches holds a few. An exception of the function ends the run.

Why forked from a server and not from here: this process has threads (Arrow, the progress bar), and a fork of a process
with threads may hang. Why a pool of our own care: `ProcessPoolExecutor` gives up as a whole when a process dies.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import wait as wait_for
from typing import Any, Protocol, TypeVar

import pyarrow as pa

Task = TypeVar("Task")
Result = TypeVar("Result")


class EngineError(Exception):
    """The engine cannot work; the message says why and what to do. What has been built stays."""


class _Died:
    """The type of `DIED`."""


DIED = _Died()
"""The result of a task that took its process down."""


class Engine(Protocol):
    """What runs tasks; used in a `with` statement."""

    def run(self, tasks: Iterable[Task], fn: Callable[[Task], Result]) -> Iterator[tuple[Task, Result | _Died]]:
        """Each task with its result, as they are done."""
        ...

    def __enter__(self) -> Engine: ...

    def __exit__(self, *error: object) -> None: ...


class Here:
    """The tasks one after another, in this process."""

    def run(self, tasks: Iterable[Task], fn: Callable[[Task], Result]) -> Iterator[tuple[Task, Result | _Died]]:
        """Each task with its result, in their order; a task that takes the process down takes the run down."""
        for task in tasks:
            yield task, fn(task)

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *error: object) -> None:
        pass


@dataclass
class Pool:
    """Processes of this machine."""

    workers: int

    def run(self, tasks: Iterable[Task], fn: Callable[[Task], Result]) -> Iterator[tuple[Task, Result | _Died]]:
        """Each task with its result; after the death of a process, those under way are tried again one by one."""
        waiting = iter(tasks)
        died = True
        while died:
            died = False
            under_way: dict[Future[Result], Task] = {}
            refused: list[Task] = []
            with _pool(self.workers) as pool:
                try:
                    self._submit(pool, fn, islice(waiting, 2 * self.workers), under_way, refused)
                    while under_way:
                        for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                            result = future.result()
                            yield under_way.pop(future), result
                            self._submit(pool, fn, islice(waiting, 1), under_way, refused)
                except BrokenProcessPool:
                    died = True  # those under way are the one that did it, and its neighbours
            for future, task in under_way.items():
                done = future.done() and future.exception() is None
                yield task, future.result() if done else _alone(fn, task)
            for task in refused:
                yield task, _alone(fn, task)

    def _submit(
        self,
        pool: ProcessPoolExecutor,
        fn: Callable[[Task], Result],
        tasks: Iterable[Task],
        under_way: dict[Future[Result], Task],
        refused: list[Task],
    ) -> None:
        """Hand tasks to the pool; one that comes when a process has just died is noted in `refused`."""
        for task in tasks:
            try:
                under_way[pool.submit(fn, task)] = task
            except BrokenProcessPool:
                refused.append(task)
                raise

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: object) -> None:
        pass


def _alone(fn: Callable[[Task], Result], task: Task) -> Result | _Died:
    with _pool(1) as pool:
        try:
            return pool.submit(fn, task).result()
        except BrokenProcessPool:
            return DIED


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["extract.work", "extract.pipeline"])
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def _start_worker() -> None:
    """A worker leaves Ctrl-C to its parent, and ends when the parent has died."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


@dataclass
class Dask:
    """A Dask cluster: that of a scheduler's address, or one of this machine with so many workers.

    `say` is told where the dashboard is. A worker that dies is replaced by its nanny, or its work goes to the others;
    a task that has taken four of them down has died.
    """

    workers: int
    scheduler: str | None = None
    say: Callable[[str], None] = print
    _client: Any = field(default=None, init=False)
    _cluster: Any = field(default=None, init=False)

    def __enter__(self) -> Dask:
        try:
            import distributed
        except ImportError as error:
            raise EngineError("a library is missing: pip install 'gazette-extract[cluster]'") from error
        if self.scheduler is None:
            self._cluster = distributed.LocalCluster(
                n_workers=self.workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1"
            )
        address = self._cluster or self.scheduler
        try:
            self._client = distributed.Client(address, set_as_default=False, timeout="10s")
        except (OSError, TimeoutError, ValueError) as error:
            message = f"no scheduler answers at {self.scheduler} ({error}); start one with: dask scheduler"
            raise EngineError(message) from error
        self.say(f"dashboard: {self._client.dashboard_link}")
        return self

    def run(self, tasks: Iterable[Task], fn: Callable[[Task], Result]) -> Iterator[tuple[Task, Result | _Died]]:
        """Each task with its result; `EngineError` when the scheduler is lost."""
        from distributed import KilledWorker, as_completed
        from distributed.client import FutureCancelledError

        waiting = iter(tasks)
        window = max(8, 4 * sum(self._client.nthreads().values()))
        under_way: dict[Any, Task] = {}
        done = as_completed(loop=self._client.loop)
        for task in islice(waiting, window):
            under_way[self._submit(fn, task, done)] = task
        try:
            while under_way:
                future = next(done)
                task = under_way.pop(future)
                try:
                    result: Result | _Died = future.result()
                except KilledWorker:
                    result = DIED
                future.release()
                yield task, result
                for following in islice(waiting, 1):
                    under_way[self._submit(fn, following, done)] = following
        except (FutureCancelledError, OSError, StopIteration) as error:
            raise EngineError(f"the cluster was lost ({error}); run the command again, it goes on from here") from error

    def _submit(self, fn: Callable[[Task], Result], task: Task, done: Any) -> Any:
        name = getattr(task, "id", None) or getattr(task, "issue_id", "task")
        again = len(getattr(task, "deadly", ()))  # the same batch, without the documents that were deadly
        key = f"{getattr(fn, 'func', fn).__name__}-{name}-{again}"
        future = self._client.submit(fn, task, key=key, pure=False)
        done.add(future)
        return future

    def __exit__(self, *error: object) -> None:
        for closing in (self._client, self._cluster):
            if closing is not None:
                closing.close()
