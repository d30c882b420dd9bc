"""8x8 Work's calls: GET /analytics/work/v2/call-records. 8x8 tells nobody when a call ends, so it is asked.

- A sales call: Incoming or Outgoing. Calls among extensions have another direction, and are left out.
- Whose: of Incoming ones the called extension's, of Outgoing ones the caller's. A record that names a queue or a ring
  group says not who took the call: answered, it is counted as not understood; else nobody missed it.
- With whom: the other side, by name where that is no number.
- From when to when: from connecting, else from the start, to the disconnection; the talk is `talkTimeMS`. Nobody was
  reached without any.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime, timedelta

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.logs.asking import Api, CannotRead, Credentials, Fields, Wait, needed
from bot.calls.logs.log import DAY, CallLog, Page, page, spans
from bot.calls.sources.delivery import Unreadable
from bot.calls.sources.fields import child, children, epoch, seconds, text
from bot.core.enums import Direction, Disposition

PAGE = 50
"""As many records as 8x8 gives at once."""
MILLISECOND = timedelta(milliseconds=1)
DIRECTIONS = {"incoming": Direction.INBOUND, "outgoing": Direction.OUTBOUND}
_EXTENSION = re.compile(r"(?:\D*\()?(\d{2,10})\)?")
"""`120088`, or `Voicemail (120088)`."""


class EightByEightLog(CallLog):
    source = "8x8"
    needs = ("secret", "username", "password")
    try_it = (
        "Make a call of a minute with somebody outside; it is here some minutes after 8x8 has the record."
    )

    def __init__(self, said: Credentials, wait: Wait) -> None:
        key, user, password = needed("8x8", said, *self.needs)
        self._pbx = said.get("pbx_id", "allpbxes")
        url = said.get("api_url", "https://api.8x8.com")
        headers = {"8x8-apikey": key}
        with closing(Api("8x8", url, headers=headers, wait=wait)) as login:
            form = {"username": user, "password": password}
            token = text(login.post("/analytics/work/v1/oauth/token", data=form), "access_token")
        if not token:
            raise CannotRead("8x8 gives no token for username and password of [8x8].")
        self._api = Api("8x8", url, headers=headers, wait=wait)
        self._api.bear(token)

    def pages(self, since: datetime, until: datetime) -> Iterator[Page]:
        for start, end in spans(since, until, DAY):
            span = {"startTime": f"{start:%Y-%m-%d %H:%M:%S}", "endTime": f"{end:%Y-%m-%d %H:%M:%S}"}
            asked = {"pbxId": self._pbx, **span, "timeZone": "UTC", "pageSize": PAGE}
            said = self._asked(asked)
            while records := children(said, "data"):
                yield page(records, ended_calls)
                scroll = text(child(said, "meta"), "scrollId")
                if len(records) < PAGE or not scroll:
                    break
                said = self._asked({**asked, "scrollId": scroll})

    def _asked(self, params: Fields) -> Fields:
        return self._api.once("GET", "/analytics/work/v2/call-records", params=params)


def ended_calls(record: Fields) -> Sequence[EndedCall]:
    """Nothing for what is no sales call, or is not over; raises Unreadable."""
    direction = DIRECTIONS.get(text(record, "direction").lower())
    started = epoch(record, "connectTimeUTC", MILLISECOND) or epoch(record, "startTimeUTC", MILLISECOND)
    ended = epoch(record, "disconnectedTimeUTC", MILLISECOND)
    if direction is None or started is None or ended is None:
        return []
    talked = seconds(record, "talkTimeMS", MILLISECOND) or 0
    ours, theirs = ("callee", "caller") if direction is Direction.INBOUND else ("caller", "callee")
    extension = _EXTENSION.fullmatch(text(record, ours))
    if extension is None:
        if talked:
            raise Unreadable(f"{ours} is no extension.")
        return []
    return [
        EndedCall(
            source=EightByEightLog.source,
            account=text(record, "pbxId"),
            call_key=text(record, "callId", required=True),
            agent=Agent(None, extension[1], text(record, f"{ours}Name")),
            started_at=started,
            ended_at=max(started, ended),
            talk_seconds=talked,
            direction=direction,
            contact=_named(text(record, f"{theirs}Name")) or text(record, theirs),
            disposition="" if talked else text(record, "lastLegDisposition") or Disposition.NO_ANSWER,
        )
    ]


def _named(name: str) -> str:
    return "" if name.lstrip("+").isdigit() else name
