"""Aircall's calls: GET /v1/calls, which tells of a call as the webhook does."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.calls.domain.call import EndedCall
from bot.calls.logs.asking import Api, Credentials, Fields, Wait, needed
from bot.calls.logs.log import DAY, CallLog, Page, page, spans, told
from bot.calls.sources.fields import child, children, text


class AircallLog(CallLog):
    source = "aircall"
    needs = ("api_id", "api_token")

    def __init__(self, said: Credentials, wait: Wait) -> None:
        user, token = needed("Aircall", said, *self.needs)
        self._api = Api(
            "Aircall", said.get("api_url", "https://api.aircall.io"), auth=(user, token), wait=wait
        )

    def pages(self, since: datetime, until: datetime) -> Iterator[Page]:
        """Day by day: Aircall tells at most 10,000 calls of one question."""
        for start, end in spans(since, until, DAY):
            span = {"from": int(start.timestamp()), "to": int(end.timestamp()) - 1}
            said = self._api.once("GET", "/v1/calls", params={**span, "order": "asc", "per_page": 50})
            while True:
                yield page(children(said, "calls"), self._read)
                following = text(child(said, "meta"), "next_page_link")
                if not following:
                    break
                said = self._api.once("GET", following)

    def _read(self, call: Fields) -> Sequence[EndedCall]:
        """Nothing for one that has not ended yet."""
        if not call.get("ended_at"):
            return []
        return told(self.source, json.dumps({"event": "call.ended", "data": call}).encode())
