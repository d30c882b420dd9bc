"""The table of jobs into APScheduler, and the workers of the two roads. What is due is decided by the database."""

import threading
from collections.abc import Callable
from datetime import timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.jobs import JOBS, Job, Tools

log = structlog.get_logger()

GRACE = timedelta(hours=1)
IDLE = 0.25
"""Seconds a worker rests when nothing was due."""


def scheduled(tools: Tools) -> BackgroundScheduler:
    """Every process runs the same jobs from memory; each job claims what is due, so none does it twice."""
    scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(4)}, timezone="UTC")
    for job in JOBS:
        scheduler.add_job(
            _guarded(job, tools),
            "interval",
            seconds=job.every.total_seconds(),
            id=job.run.__name__,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=int(GRACE.total_seconds()),
        )
    return scheduler


def _guarded(job: Job, tools: Tools) -> Callable[[], None]:
    def run() -> None:
        try:
            job.run(tools)
        except Exception:
            log.exception("a job failed", job=job.run.__name__)

    return run


class Worker:
    """Calls `work_all` again and again in a thread of its own, until stopped."""

    def __init__(self, name: str, work_all: Callable[[], int]) -> None:
        self._work_all = work_all
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout: float = 10) -> None:
        """Take nothing new; wait for what is being worked."""
        self._stopping.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._work_all()
            except Exception:
                log.exception("a worker failed", worker=self._thread.name)
                self._stopping.wait(1)
            self._stopping.wait(IDLE)
