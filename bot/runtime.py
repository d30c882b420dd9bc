"""The whole bot running in this process: workers of the two roads, the scheduler, the HTTP side, the socket."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import structlog

from bot.app import Cornerman
from bot.core.clock import Jumps, stopwatch, system_clock
from bot.core.errors import Misconfigured
from bot.delivery.inbox import INBOX
from bot.delivery.outbox import OUTBOX
from bot.delivery.services import health
from bot.http.server import WebServer, web
from bot.jobs import keep_priors_at_hand
from bot.jobs.scheduler import Worker, clock_went_back, on_time, scheduled
from bot.slack.socket_mode import SocketMode
from storage.changes import LOOK_EVERY

log = structlog.get_logger()

INBOX_WORKERS = 2
OUTBOX_WORKERS = 3
ERRAND_WORKERS = 2
CLOCK_EVERY = 60.0
JUMPS_EVERY = 2.0
WATCH_EVERY = 5.0
TENANTS_EVERY = 30.0
"""Seconds after which a process has heard of a workspace that another process let in."""
SECONDS_TO_STOP = 10.0
LOOK_FOR_SIGNALS = 1.0
"""Seconds: a signal that came while the process stood still may reach another thread, and wakes this one then."""
PROBE_EVERY = 2.0
"""Seconds for which an answer of the database stands: whoever asks more often costs nothing."""


class Runtime:
    """`stop()` takes nothing new and finishes what is under way; what it cannot finish, others take up."""

    def __init__(self, corner: Cornerman, *, host: str = "0.0.0.0", port: int | None = None) -> None:  # noqa: S104  a server
        self.corner = corner
        self.web = WebServer(
            web(corner, self.unready), host=host, port=corner.settings.port if port is None else port
        )
        self._socket = self._made_socket()
        self._others = corner.db.others()
        self._workers = self._made_workers()
        self._job_workers = on_time(corner.everybodys_tools, corner.db, corner.clock)
        self._scheduler = scheduled(corner.everybodys_tools)
        self._asked_to_stop = threading.Event()
        self._failure: Misconfigured | None = None
        self._probe, self._probed_at = "", -PROBE_EVERY
        self._is_warm = threading.Event()
        self._jumps = Jumps(system_clock, stopwatch)

    def start(self, *, with_jobs: bool = True) -> None:
        """Returns once it serves; raises Misconfigured when the port is taken or the app token is wrong."""
        try:
            self.web.start()
        except OSError as error:
            raise Misconfigured(
                f"The HTTP side cannot start: {error}. Set CORNERMAN_PORT to a free one."
            ) from error
        for worker in self._workers:
            worker.start()
        if with_jobs:
            self._scheduler.start()
            for worker in self._job_workers:
                worker.start()
            threading.Thread(target=self._warm_up, name="warm", daemon=True).start()
        else:
            self._is_warm.set()
        if self._socket is not None:
            self._socket.open()

    def wait(self) -> None:
        """Until somebody asks it to stop; raises Misconfigured when it cannot go on as it is set up."""
        while not self._asked_to_stop.wait(LOOK_FOR_SIGNALS):
            pass
        if self._failure is not None:
            raise self._failure

    def ask_to_stop(self, *_signal: Any) -> None:
        """Safe in a signal handler, which must not wait for threads."""
        self._asked_to_stop.set()

    def unready(self) -> str:
        """What keeps this process from serving, in a sentence; blank when nothing does."""
        if self._asked_to_stop.is_set():
            return "It is stopping."
        if not self._is_warm.is_set():
            return "It is warming up."
        if not all(worker.is_alive for worker in self._workers):
            return "A worker has stopped."
        if self._socket is not None and not self._socket.is_connected:
            return "Slack is not connected."
        if self.corner.inbox.is_failing:
            return "Deliveries cannot be stored."
        if stopwatch() - self._probed_at >= PROBE_EVERY:
            self._probed_at, self._probe = stopwatch(), health.unready(self.corner.db)
        return self._probe

    def stop(self, *, within: float = SECONDS_TO_STOP) -> bool:
        """Whether all was finished in time. What was not is safe: transactions roll back, leases run out."""
        self._asked_to_stop.set()
        deadline = stopwatch() + within
        stops: list[Callable[[], object]] = [self.web.stop, *(worker.stop for worker in self._workers)]
        if self._scheduler.running:
            stops += [self._scheduler.shutdown, *(worker.stop for worker in self._job_workers)]
        if self._socket is not None:
            stops.append(self._socket.close)
        listeners = self.corner.slack.listener_runner.listener_executor
        in_time = all([_finished(stops, deadline), _finished([listeners.shutdown], deadline)])
        self._others.close()
        return in_time

    def _warm_up(self) -> None:
        """What the first card would wait for is read before anybody is sent here; a failure is no reason to wait."""
        try:
            for tools in self.corner.everybodys_tools(False):
                keep_priors_at_hand(tools)
        except Exception:
            log.exception("warming up")
        self._is_warm.set()

    def _look_for_jumps(self) -> None:
        """A clock set back would let everything that waits stand still for as long: it is brought forward as much."""
        back = self._jumps.back()
        if back is None:
            return
        self.corner.inbox.clock_went_back(back)
        self.corner.outbox.clock_went_back(back)
        clock_went_back(self._scheduler, self.corner.db, self.corner.clock(), back)
        self._jumps.heard(back)
        log.warning("the clock went back", seconds=round(back.total_seconds()))

    def _fail(self, failure: Misconfigured) -> None:
        self._failure = failure
        self._asked_to_stop.set()

    def _made_socket(self) -> SocketMode | None:
        token = self.corner.settings.slack_app_token
        if token is None:
            return None
        api_url = self.corner.settings.slack_api_url
        return SocketMode(self.corner.slack, api_url, token.get_secret_value(), self._fail)

    def _made_workers(self) -> list[Worker]:
        inbox, outbox, errands = self.corner.inbox, self.corner.outbox, self.corner.errands
        workers = [
            *self._road("inbox", INBOX_WORKERS, inbox.work_some, inbox.rests, INBOX),
            *self._road("outbox", OUTBOX_WORKERS, outbox.send_one, outbox.rests, OUTBOX),
            *self._road("errands", ERRAND_WORKERS, errands.run_one, errands.rests, INBOX),
        ]
        workers += [
            Worker("others", self._others.look, waits=lambda: LOOK_EVERY),
            Worker("inbox-clock", inbox.look_at_the_clock, waits=lambda: CLOCK_EVERY),
            Worker("outbox-clock", outbox.look_at_the_clock, waits=lambda: CLOCK_EVERY),
            Worker("jumps", self._look_for_jumps, waits=lambda: JUMPS_EVERY),
        ]
        if self.corner.installing is not None:
            workers.append(Worker("tenants", self.corner.tenants.look, waits=lambda: TENANTS_EVERY))
        if self._socket is not None:
            workers.append(Worker("watchdog", self._socket.look, waits=lambda: WATCH_EVERY))
        return workers

    def _road(
        self,
        group: str,
        workers: int,
        step: Callable[[], int],
        waits: Callable[[], float],
        tables: frozenset[str],
    ) -> list[Worker]:
        changes = self.corner.db.changes
        return [
            Worker(f"{group}-{n}", step, waits=waits, changes=changes, tables=tables, group=group)
            for n in range(workers)
        ]


def _finished(stops: Iterable[Callable[[], object]], deadline: float) -> bool:
    """Do all of it at once, and wait no longer than the deadline."""
    threads = [threading.Thread(target=stop, daemon=True) for stop in stops]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, deadline - stopwatch()))
    return not any(thread.is_alive() for thread in threads)
