"""RingCentral's company call log, with the legs of each call: one call for each extension that talked.

A private app with JWT credentials; its token lasts an hour and is asked for anew with each back-fill.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.logs.asking import Api, Credentials, Fields, Wait, needed
from bot.calls.logs.log import CallLog, Page, page
from bot.calls.sources.delivery import Unreadable
from bot.calls.sources.fields import SECOND, child, children, direction, first_text, iso, seconds, text

CONNECTED = frozenset({"Accepted", "Call connected", "Connected", "Received"})
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class RingCentralLog(CallLog):
    source = "ringcentral"
    needs = ("client_id", "client_secret", "jwt")

    def __init__(self, said: Credentials, wait: Wait) -> None:
        needed("RingCentral", said, *self.needs)
        self._said, self._api = said, api(said, wait)

    def pages(self, since: datetime, until: datetime) -> Iterator[Page]:
        sign_in(self._api, self._said)
        span = {"dateFrom": _written(since), "dateTo": _written(until)}
        said = self._api.once(
            "GET",
            "/restapi/v1.0/account/~/call-log",
            params={**span, "view": "Detailed", "type": "Voice", "perPage": 250},
        )
        while True:
            yield page(children(said, "records"), _calls)
            following = text(child(child(said, "navigation"), "nextPage"), "uri")
            if not following:
                return
            said = self._api.once("GET", following)


def api(said: Credentials, wait: Wait) -> Api:
    """Raises CannotRead where a credential is missing."""
    client, secret, _jwt = needed("RingCentral", said, *RingCentralLog.needs)
    url = said.get("api_url", "https://platform.ringcentral.com")
    return Api("RingCentral", url, auth=(client, secret), wait=wait)


def sign_in(asked: Api, said: Credentials) -> None:
    """From now on every question carries a token; raises CannotRead, `Unreadable`."""
    granted = asked.post("/restapi/oauth/token", data={"grant_type": GRANT, "assertion": said["jwt"]})
    asked.bear(text(granted, "access_token", required=True))


def _written(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%S}.000Z"


def _calls(record: Fields) -> Sequence[EndedCall]:
    """Calls inside the company have no number on the other side, and are none of a customer's."""
    legs = [leg for leg in children(record, "legs") or [record] if _talked(leg)]
    by_extension = groupby(sorted(legs, key=_extension), key=_extension)
    return [_call(record, extension, list(mine)) for extension, mine in by_extension]


def _talked(leg: Fields) -> bool:
    return bool(_extension(leg)) and text(leg, "result") in CONNECTED and bool(_outsider(leg))


def _extension(leg: Fields) -> str:
    return text(child(leg, "extension"), "id")


def _outsider(leg: Fields) -> str:
    """Who is at the other end, if that is somebody outside."""
    other = child(leg, "to" if text(leg, "direction") == "Outbound" else "from")
    return "" if text(other, "extensionId") else first_text(other, "name", "phoneNumber")


def _call(record: Fields, extension: str, legs: Sequence[Fields]) -> EndedCall:
    spans = [_span(leg) for leg in legs]
    started, ended = min(start for start, _ in spans), max(end for _, end in spans)
    mine = child(legs[0], "from" if text(legs[0], "direction") == "Outbound" else "to")
    return EndedCall(
        source=RingCentralLog.source,
        account=_account(record),
        call_key=text(record, "telephonySessionId", required=True),
        agent=Agent(key=extension, name=text(mine, "name")),
        started_at=started,
        ended_at=ended,
        talk_seconds=sum(int((end - start) / timedelta(seconds=1)) for start, end in spans),
        direction=direction(legs[0], "direction"),
        contact=_outsider(legs[0]),
    )


def _span(leg: Fields) -> tuple[datetime, datetime]:
    started = iso(leg, "startTime")
    if started is None:
        raise Unreadable("startTime is missing.")
    return started, started + timedelta(seconds=seconds(leg, "duration", SECOND) or 0)


def _account(record: Fields) -> str:
    """Only its address says it: …/account/37439510/call-log/…"""
    found = re.search(r"/account/(\d+)/", text(record, "uri"))
    return found[1] if found else ""
