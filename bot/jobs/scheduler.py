"""Who runs the jobs: APScheduler those that are on the clock, a worker each those that are told when to look.

What is due is decided by the database.
"""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from bot.core.clock import Clock, stopwatch, system_clock
from bot.jobs import JOBS, Job, Tools
from storage.changes import Changes, bring_due, first_after
from storage.database import Database

log = structlog.get_logger()

GRACE = timedelta(hours=1)
EverybodysTools = Callable[[bool], Sequence[Tools]]
"""One set for each workspace that is served now; those that are paused too, if asked for."""
CLOCK_LOOK = 1.0
"""Seconds between looks at a clock that somebody may set, while a moment is waited for."""
AT_MOST_EVERY = 1.0
"""Seconds between two runs of a job that is told again and again."""
AFTER_A_FAILURE = 1.0


def scheduled(everybodys_tools: EverybodysTools) -> BackgroundScheduler:
    """Every process runs the same jobs from memory; each job claims what is due, so none does it twice.

    All run once at the start: a process that is restarted often must not put them off each time.
    """
    scheduler = BackgroundScheduler(executors={"default": ThreadPoolExecutor(4)}, timezone="UTC")
    for job in JOBS:
        if job.tables:
            continue
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


def clock_went_back(scheduler: BackgroundScheduler, db: Database, now: datetime, by: timedelta) -> None:
    """What was due before is due still, whatever the clock says now."""
    with db.begin() as session:
        for one in JOBS:
            if one.due:
                bring_due(session, one.due, now, by)
    for job in scheduler.get_jobs() if scheduler.running else ():
        job.modify(next_run_time=system_clock())


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
    """Takes one step after another in a thread of its own, until stopped; rests when there was nothing to do.

    A change of the `tables` wakes it; `waits` gives the seconds for which it may rest without.
    """

    def __init__(
        self,
        name: str,
        step: Callable[[], int | None],
        *,
        waits: Callable[[], float],
        changes: Changes | None = None,
        tables: frozenset[str] = frozenset(),
        group: str = "",
    ) -> None:
        """Of those of a `group`, which take their steps from one heap, a change wakes one that rests."""
        self._step, self._waits = step, waits
        self._group = group or name
        self._changes, self._tables = changes or Changes(), tables
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
        self._changes.wake()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            seen = self._changes.seen(self._tables)
            rest = self._try()
            if rest > 0:
                self._changes.wait(
                    self._tables, self._group, seen, at_most=rest, unless=self._stopping.is_set
                )

    def _try(self) -> float:
        """Take a step; gives the seconds to rest."""
        try:
            rest = 0.0 if self._step() else self._waits()
        except Exception as error:  # noqa: BLE001  a database that is away for a while must not end the worker
            self._tell(error)
            self._stopping.wait(AFTER_A_FAILURE)
            return 0.0
        if self._failing:
            log.info("a worker works again", worker=self._thread.name)
        self._failing = ""
        return rest

    def _tell(self, error: Exception) -> None:
        """With its traceback the first time, then in a line."""
        name = type(error).__name__
        if name != self._failing:
            log.exception("a worker failed", worker=self._thread.name)
        else:
            log.error("a worker still fails", worker=self._thread.name, error=name)
        self._failing = name


class OnTime:
    """A job that runs when its tables changed, when a moment of its column has come, and every so often anyway."""

    def __init__(self, job: Job, everybodys_tools: EverybodysTools, db: Database, clock: Clock) -> None:
        self._job, self._run = job, _guarded(job, everybodys_tools)
        self._db, self._clock = db, clock
        self._seen, self._ran_at = -1, -AT_MOST_EVERY
        self._due: datetime | None = None

    def worker(self) -> Worker:
        return Worker(
            self._job.run.__name__,
            self.step,
            waits=self.waits,
            changes=self._db.changes,
            tables=self._job.tables,
        )

    def step(self) -> int:
        since = stopwatch() - self._ran_at
        told = self._is_told and since >= AT_MOST_EVERY
        if told or self._is_due or since >= self._job.every.total_seconds():
            self._seen, self._ran_at = self._db.changes.seen(self._job.tables), stopwatch()
            began = self._clock()
            self._run()
            self._due = self._first_due_after(began)
        return 0

    def waits(self) -> float:
        since = stopwatch() - self._ran_at
        if self._is_told:
            return max(0.0, AT_MOST_EVERY - since)
        rest = max(0.0, self._job.every.total_seconds() - since)
        if self._due is None:
            return rest
        return min(rest, CLOCK_LOOK, max(0.0, (self._due - self._clock()).total_seconds()))

    @property
    def _is_told(self) -> bool:
        return self._db.changes.seen(self._job.tables) != self._seen

    @property
    def _is_due(self) -> bool:
        return self._due is not None and self._clock() >= self._due

    def _first_due_after(self, began: datetime) -> datetime | None:
        """After it began: what came due while it ran was not seen by it."""
        if not self._job.due:
            return None
        with self._db.read() as session:
            return first_after(session, self._job.due, began)


def on_time(everybodys_tools: EverybodysTools, db: Database, clock: Clock) -> list[Worker]:
    """The workers of the jobs that are told when to look."""
    return [OnTime(job, everybodys_tools, db, clock).worker() for job in JOBS if job.tables]
