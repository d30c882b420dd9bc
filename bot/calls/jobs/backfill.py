"""A source's call log, read into the calls: what is known already is filled in, and nothing is told twice. Sources that
tell nobody when a call ends are read every few minutes.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

import structlog

from bot.calls.domain.call import implausible
from bot.calls.logs import LOGS, POLLED, CallLog, CannotRead, Page
from bot.calls.logs.asking import Wait
from bot.calls.services import arrivals
from bot.slack.tools import Tools
from storage.database import Database

AT_ONCE = 100
"""Calls of one transaction."""

Sources = Mapping[str, Mapping[str, str]]


@dataclass(slots=True)
class Backfilled:
    """`known`: here before. `waiting`: of somebody nobody has named. `unreadable`: the source never spoke like that."""

    source: str
    since: datetime
    until: datetime
    read: int = 0
    added: int = 0
    known: int = 0
    waiting: int = 0
    unreadable: int = 0


def run(
    db: Database,
    workspace_id: int,
    sources: Sources,
    source: str,
    *,
    since: datetime,
    until: datetime,
    now: datetime,
    on_page: Callable[[Backfilled], None] = lambda _: None,
    wait: Wait = time.sleep,
) -> Backfilled:
    """No transaction is open while the source is asked. Raises CannotRead; what was read until then stays."""
    report = Backfilled(source, since, until)
    with closing(_log(sources, source, wait)) as log:
        for page in log.pages(since, until):
            _take(db, workspace_id, page, report, now)
            on_page(report)
    return report


def _log(sources: Sources, source: str, wait: Wait) -> CallLog:
    if source not in LOGS:
        raise CannotRead(f"There is no call log of {source} that I can read; there is of {', '.join(LOGS)}.")
    return LOGS[source](sources.get(source, {}), wait)


def _take(db: Database, workspace_id: int, page: Page, report: Backfilled, now: datetime) -> None:
    report.read += len(page.calls) + page.unreadable
    report.unreadable += page.unreadable
    calls = iter(page.calls)
    while batch := list(islice(calls, AT_ONCE)):
        with db.writing(workspace_id, now) as books:
            for ended in batch:
                if implausible(ended, now=now, may_be_old=True):
                    report.unreadable += 1
                    continue
                recorded = arrivals.take(books, ended, is_late=True)
                if recorded is None:
                    report.waiting += 1
                elif recorded.is_new:
                    report.added += 1
                else:
                    report.known += 1


log = structlog.get_logger()

LOOKS_BACK = timedelta(hours=3)
"""A record may come late; twice is once."""


def poll_logs(tools: Tools) -> None:
    """Each that is configured. One that cannot be read is logged, and asked again next time."""
    sources = tools.settings.call_sources(tools.team_id)
    for source in POLLED:
        if source not in sources:
            continue
        now = tools.clock()
        try:
            found = run(
                tools.db, tools.workspace_id, sources, source, since=now - LOOKS_BACK, until=now, now=now
            )
        except CannotRead as error:
            log.warning("a call log cannot be read", source=source, reason=str(error))
            continue
        if found.added:
            log.info("calls were found in a log", source=source, added=found.added)
