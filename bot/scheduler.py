"""The table of jobs into APScheduler, and the workers of the two roads. What is due is decided by the database."""

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import uuid4

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.clock import system_clock
from bot.jobs import JOBS, Job, Tools

log = structlog.get_logger()

GRACE = timedelta(hours=1)
EverybodysTools = Callable[[bool], Sequence[Tools]]
"""One set for each workspace that is served now; those that are paused too, if asked for."""
IDLE = 0.25
"""Seconds a worker rests when nothing was due."""
AFTER_A_FAILURE = 1.0


def scheduled(everybodys_tools: EverybodysTools) -> BackgroundScheduler:
    """Every process runs the same jobs from memory; each job claims what is due, so none does it twice.

    All run once at the start: a process that is restarted often must not put them off each time.
    """
    scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(4)}, timezone="UTC")
    for job in JOBS:
        scheduler.add_job(
            _guarded(job, everybodys_tools),
            "interval",
            seconds=job.every.total_seconds(),
            id=job.run.__name__,
            next_run_time=system_clock(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=int(GRACE.total_seconds()),
        )
    return scheduler


def _guarded(job: Job, everybodys_tools: EverybodysTools) -> Callable[[], None]:
    def run() -> None:
        for tools in everybodys_tools(job.while_paused):
            with structlog.contextvars.bound_contextvars(request_id=uuid4().hex[:12]):
                _try(job, tools)

    return run


def _try(job: Job, tools: Tools) -> None:
    """One workspace's failure does not keep the others waiting."""
    try:
        job.run(tools)
    except Exception:
        log.exception("a job failed", job=job.run.__name__, workspace=tools.workspace_id)


class Worker:
    """Takes one step after another in a thread of its own, until stopped; rests when there was nothing to do."""

    def __init__(self, name: str, step: Callable[[], int | None], *, idle: float = IDLE) -> None:
        self._step = step
        self._idle = idle
        self._stopping = threading.Event()
        self._failing = ""
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def stop(self) -> None:
        """Begin nothing new; returns once the step under way is done."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self._try():
                self._stopping.wait(self._idle)

    def _try(self) -> bool:
        try:
            did_something = bool(self._step())
        except Exception as error:  # noqa: BLE001  a database that is away for a while must not end the worker
            self._tell(error)
            self._stopping.wait(AFTER_A_FAILURE)
            return False
        if self._failing:
            log.info("a worker works again", worker=self._thread.name)
        self._failing = ""
        return did_something

    def _tell(self, error: Exception) -> None:
        """With its traceback the first time, then in a line."""
        name = type(error).__name__
        if name != self._failing:
            log.exception("a worker failed", worker=self._thread.name)
        else:
            log.error("a worker still fails", worker=self._thread.name, error=name)
        self._failing = name
