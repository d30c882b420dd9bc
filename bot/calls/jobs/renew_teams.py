"""The subscription to Teams' records of calls, kept alive: Graph ends each after less than three days."""

import time
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta

from bot.calls.jobs.subscriptions import Kept, looked_after
from bot.calls.logs import teams
from bot.calls.logs.asking import Api, Wait
from bot.calls.sources.fields import children, iso, text

SUBSCRIPTIONS = "/v1.0/subscriptions"
RESOURCE = "/communications/callRecords"
LASTS = timedelta(days=2)
RENEWED_BEFORE = timedelta(days=1)


def keep(said: Mapping[str, str], address: str, *, now: datetime, wait: Wait = time.sleep) -> Kept | None:
    """`address` is where Graph is to send; None where it cannot be asked."""

    def look() -> Kept:
        with closing(teams.api(said, wait)) as api:
            return _kept(api, said["secret"], address, now)

    return looked_after("teams", look)


def _kept(api: Api, secret: str, address: str, now: datetime) -> Kept:
    ends = {"expirationDateTime": f"{(now + LASTS).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    ours = [
        one
        for one in children(api.get(SUBSCRIPTIONS), "value")
        if text(one, "notificationUrl") == address and text(one, "resource").lstrip("/") == RESOURCE[1:]
    ]
    if not ours:
        asked = {
            "changeType": "created,updated",
            "notificationUrl": address,
            "resource": RESOURCE,
            "clientState": secret,
        }
        api.post(SUBSCRIPTIONS, json=asked | ends)
        return Kept.MADE
    until = [(iso(one, "expirationDateTime"), text(one, "id", required=True)) for one in ours]
    if any(end is not None and end - now > RENEWED_BEFORE for end, _id in until):
        return Kept.AS_IT_IS
    api.patch(f"{SUBSCRIPTIONS}/{until[0][1]}", json=ends)
    return Kept.RENEWED
