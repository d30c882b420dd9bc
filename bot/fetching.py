"""Calls that a source only pointed at: asked for, then taken in like any other."""

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby

import structlog

from bot.clock import Clock
from bot.domain.calls import EndedCall
from bot.errors import CoachError
from bot.services import arrivals, fetches
from bot.services.fetches import Wanted
from storage.database import Database

log = structlog.get_logger()

HUBSPOT = "hubspot"
API_URL = "https://api.hubapi.com"
AT_ONCE = 100
"""As many as HubSpot tells in one answer."""

NO_TOKEN = (
    "HubSpot tells only which call changed: put access_token into [hubspot] of CORNERMAN_WEBHOOK_SECRETS."  # noqa: S105  a sentence
)


def fetch(db: Database, clock: Clock, workspace_id: int, sources: Mapping[str, Mapping[str, str]]) -> None:
    """One batch of what is due; with no transaction open while HubSpot is asked."""
    now = clock()
    with db.read() as session:
        wanted = fetches.due(session, workspace_id, HUBSPOT, now=now, limit=AT_ONCE)
    if not wanted:
        return
    try:
        calls = _asked(wanted, sources.get(HUBSPOT, {}))
    except CoachError as error:
        log.warning("calls could not be fetched", source=HUBSPOT, reason=str(error))
        with db.begin() as session:
            fetches.put_off(session, workspace_id, HUBSPOT, wanted, str(error), now=clock())
        return
    _take(db, workspace_id, wanted, calls, now)


def _asked(wanted: list[Wanted], said: Mapping[str, str]) -> list[EndedCall]:
    from bot.calls.hubspot_api import HubSpotCalls  # noqa: PLC0415  0.3 s, for those who use HubSpot

    if not said.get("access_token"):
        raise CoachError(NO_TOKEN)
    client = HubSpotCalls(said["access_token"], said.get("api_url", API_URL))
    by_account = groupby(sorted(wanted, key=_account), key=_account)
    return [
        call for account, some in by_account for call in client.read(account, [one.call_key for one in some])
    ]


def _account(wanted: Wanted) -> str:
    return wanted.account


def _take(
    db: Database, workspace_id: int, wanted: list[Wanted], calls: list[EndedCall], now: datetime
) -> None:
    with db.begin() as session:
        for call in calls:
            arrivals.take(session, workspace_id, call, now=now)
        fetches.fetched(session, workspace_id, HUBSPOT, wanted, asked_at=now)
