"""Twilio's calls: GET Calls.json, leg by leg, each turned into the form that the status callback sends."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import urlencode

from bot.calls.domain.call import EndedCall
from bot.calls.logs.asking import Api, Credentials, Fields, Wait, needed
from bot.calls.logs.log import CallLog, Page, page, told
from bot.calls.sources.fields import children, first_text, text

THEIRS = {
    "CallSid": "sid",
    "ParentCallSid": "parent_call_sid",
    "AccountSid": "account_sid",
    "CallStatus": "status",
    "From": "from",
    "To": "to",
    "CallDuration": "duration",
    "Direction": "direction",
    "Timestamp": "end_time",
}
"""The callback's names and the log's; in the log `duration` counts seconds."""


class TwilioLog(CallLog):
    source = "twilio"
    needs = ("account_sid", "secret")

    def __init__(self, said: Credentials, wait: Wait) -> None:
        self._account, token = needed("Twilio", said, *self.needs)
        url = said.get("api_url", "https://api.twilio.com")
        self._api = Api("Twilio", url, auth=(self._account, token), wait=wait)

    def pages(self, since: datetime, until: datetime) -> Iterator[Page]:
        """Twilio takes instants as well as days here."""
        span = {"StartTime>": f"{since:%Y-%m-%dT%H:%M:%SZ}", "StartTime<": f"{until:%Y-%m-%dT%H:%M:%SZ}"}
        where = f"/2010-04-01/Accounts/{self._account}/Calls.json"
        said = self._api.once("GET", where, params={**span, "PageSize": 500})
        while True:
            yield page(_sessions(children(said, "calls")), self._read)
            following = text(said, "next_page_uri")
            if not following:
                return
            said = self._api.once("GET", following)

    def _read(self, session: Fields) -> Sequence[EndedCall]:
        forms = [
            {ours: text(leg, theirs) for ours, theirs in THEIRS.items()} for leg in children(session, "legs")
        ]
        return told(self.source, *(urlencode(form).encode() for form in forms if form["Timestamp"]))


def _sessions(legs: Sequence[Fields]) -> list[Fields]:
    """The legs of one page, those of one call together."""
    sessions: dict[str, list[Fields]] = {}
    for leg in legs:
        sessions.setdefault(first_text(leg, "parent_call_sid", "sid"), []).append(leg)
    return [{"legs": those} for those in sessions.values()]
