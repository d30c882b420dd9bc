"""Calls that a source only pointed at: asked for, then taken in like any other."""

from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from itertools import groupby

import structlog

from bot.calls.domain.call import EndedCall
from bot.calls.jobs import subscriptions
from bot.calls.logs import hubspot, meet, teams
from bot.calls.services import arrivals, notices
from bot.calls.services.notices import Wanted
from bot.core.errors import CoachError
from bot.slack.tools import Tools
from storage.database import Database

log = structlog.get_logger()

AT_ONCE = {"hubspot": 100, "teams": 20, "meet": 20}
"""As many as HubSpot tells in one answer; each of the others' is asked for by itself."""

NO_TOKEN = (
    "HubSpot tells only which call changed: put access_token into [hubspot] of CORNERMAN_WEBHOOK_SECRETS."  # noqa: S105  a sentence
)

Credentials = Mapping[str, str]


def fetch_calls(tools: Tools) -> None:
    """Ask for the calls that were only pointed at.

    One batch of what is due of each source, with no transaction open meanwhile.
    """
    now = tools.clock()
    for source in ASKED:
        with tools.db.reading(tools.workspace_id, now) as books:
            wanted = notices.fetches_due(books, source, limit=AT_ONCE[source])
        if wanted:
            _fetch(tools, source, wanted, now)


def _fetch(tools: Tools, source: str, wanted: list[Wanted], now: datetime) -> None:
    try:
        calls = ASKED[source](tools, wanted, tools.settings.call_sources(tools.team_id).get(source, {}))
    except CoachError as error:
        log.warning("calls could not be fetched", source=source, reason=str(error))
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            notices.put_off(books, source, wanted, str(error))
        return
    _take(tools.db, tools.workspace_id, source, wanted, calls, now)


def _of_hubspot(_tools: Tools, wanted: list[Wanted], said: Credentials) -> list[EndedCall]:
    if not said.get("access_token"):
        raise CoachError(NO_TOKEN)
    by_account = groupby(sorted(wanted, key=_account), key=_account)
    return [
        call
        for account, some in by_account
        for call in hubspot.calls(said, account, [one.call_key for one in some])
    ]


def _of_teams(_tools: Tools, wanted: list[Wanted], said: Credentials) -> list[EndedCall]:
    with closing(teams.api(said)) as graph:
        told = [teams.call(graph, one.account or said["tenant_id"], one.call_key) for one in wanted]
    return [call for call in told if call is not None]


def _of_meet(tools: Tools, wanted: list[Wanted], said: Credentials) -> list[EndedCall]:
    """Each as its host, whose subscription told of it; one whose host is not on the roster is none of ours."""
    now, found = tools.clock(), list[EndedCall]()
    for subscription, some in groupby(sorted(wanted, key=_account), key=_account):
        email = subscriptions.host_of(subscription, said, subscriptions.hosts(tools), now=now)
        if email is None:
            log.warning("a conference is of nobody on the roster", subscription=subscription)
            continue
        with meet.as_host(said, email, now=now) as host:
            found += [call for one in some if (call := meet.call(host, one.call_key)) is not None]
    return found


ASKED: Mapping[str, Callable[[Tools, list[Wanted], Credentials], list[EndedCall]]] = {
    "hubspot": _of_hubspot,
    "teams": _of_teams,
    "meet": _of_meet,
}


def _account(wanted: Wanted) -> str:
    return wanted.account


def _take(
    db: Database,
    workspace_id: int,
    source: str,
    wanted: list[Wanted],
    calls: list[EndedCall],
    now: datetime,
) -> None:
    with db.writing(workspace_id, now) as books:
        for call in calls:
            arrivals.take(books, call)
        notices.fetched(books, source, wanted, asked_at=now)
