"""Zoom Phone's call history: which calls there were, then each one's elements, as the webhook tells them.

A server-to-server OAuth app; its token lasts an hour and is asked for anew with each back-fill.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from functools import partial
from urllib.parse import quote

from bot.calls.domain.call import EndedCall
from bot.calls.logs.asking import Api, Credentials, Fields, Wait, needed
from bot.calls.logs.log import DAY, CallLog, Page, page, spans, told
from bot.calls.sources.fields import children, iso, text

LIST = "/v2/phone/call_history"
SIDES = ("caller", "callee")


class ZoomLog(CallLog):
    source = "zoom"
    needs = ("account_id", "client_id", "client_secret")

    def __init__(self, said: Credentials, wait: Wait) -> None:
        self._account, client, secret = needed("Zoom", said, *self.needs)
        self._api = Api("Zoom", said.get("api_url", "https://api.zoom.us"), wait=wait)
        self._sign_in = partial(_sign_in, said, self._account, (client, secret), wait)

    def pages(self, since: datetime, until: datetime) -> Iterator[Page]:
        """Day by day: Zoom takes dates only, and tells of a month at most."""
        self._api.bear(self._sign_in())
        for start, end in spans(since, until, DAY):
            span = {"from": f"{start:%Y-%m-%d}", "to": f"{end:%Y-%m-%d}", "page_size": 100}
            said = self._api.once("GET", LIST, params=span)
            while True:
                inside = [one for one in _calls(said) if _began(one, start, end)]
                yield page(inside, self._read)
                token = text(said, "next_page_token")
                if not token:
                    break
                said = self._api.once("GET", LIST, params={**span, "next_page_token": token})

    def _read(self, call: Fields) -> Sequence[EndedCall]:
        uuid = text(call, "call_history_uuid", required=True)
        whole = self._api.get(f"/v2/phone/call_history/{quote(uuid, safe='')}")
        about = {"call_elements": list(children(whole, "call_elements"))}
        payload = {"account_id": self._account, "object": about}
        return [
            call
            for side in SIDES
            for call in told(
                self.source,
                json.dumps({"event": f"phone.{side}_call_element_completed", "payload": payload}).encode(),
            )
        ]


def _sign_in(said: Credentials, account: str, client: tuple[str, str], wait: Wait) -> str:
    api = Api("Zoom", said.get("sign_in_url", "https://zoom.us"), auth=client, wait=wait)
    with closing(api):
        granted = api.post("/oauth/token", data={"grant_type": "account_credentials", "account_id": account})
    return text(granted, "access_token", required=True)


def _calls(said: Fields) -> Sequence[Fields]:
    """`call_logs` until Zoom takes that name away."""
    return children(said, "call_history") or children(said, "call_logs")


def _began(call: Fields, start: datetime, end: datetime) -> bool:
    """Dates are of Zoom's choosing; one that does not say when it began is looked at."""
    began = iso(call, "start_time")
    return began is None or start <= began < end
