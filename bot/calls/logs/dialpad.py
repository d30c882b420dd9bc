"""Dialpad's calls: GET /api/v2/call, which tells of a call as the webhook's JWT does."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import jwt

from bot.calls.domain.call import EndedCall
from bot.calls.logs.asking import Api, Credentials, Fields, Wait, needed
from bot.calls.logs.log import CallLog, Page, page, told
from bot.calls.sources.fields import children, text

NOBODYS_KEY = "read here again at once, never sent"


class DialpadLog(CallLog):
    source = "dialpad"
    needs = ("api_key",)

    def __init__(self, said: Credentials, wait: Wait) -> None:
        (key,) = needed("Dialpad", said, *self.needs)
        url = said.get("api_url", "https://dialpad.com")
        self._api = Api("Dialpad", url, headers={"Authorization": f"Bearer {key}"}, wait=wait)

    def pages(self, since: datetime, until: datetime) -> Iterator[Page]:
        span = {"started_after": _milliseconds(since), "started_before": _milliseconds(until)}
        said = self._api.once("GET", "/api/v2/call", params=span)
        while True:
            yield page(children(said, "items"), self._read)
            cursor = text(said, "cursor")
            if not cursor:
                return
            said = self._api.once("GET", "/api/v2/call", params={**span, "cursor": cursor})

    def _read(self, call: Fields) -> Sequence[EndedCall]:
        if not call.get("date_ended"):
            return []
        return told(self.source, jwt.encode({**call, "state": "hangup"}, NOBODYS_KEY, "HS256").encode())


def _milliseconds(instant: datetime) -> int:
    return int(instant.timestamp() * 1000)
