"""RingCentral's subscription, kept alive: renewed before it expires, made anew where RingCentral has given it up.

A webhook that failed for long is blacklisted for good and without a word, and every subscription expires some day.
"""

import time
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta

from bot.calls.jobs.subscriptions import Kept, looked_after
from bot.calls.logs import ringcentral
from bot.calls.logs.asking import Api, Fields, Wait
from bot.calls.sources.fields import child, children, iso, text

SUBSCRIPTIONS = "/restapi/v1.0/subscription"
FILTER = "/restapi/v1.0/account/~/telephony/sessions"
LASTS = timedelta(days=7)
RENEWED_BEFORE = timedelta(days=2)
ACTIVE = "Active"


def keep(said: Mapping[str, str], address: str, *, now: datetime, wait: Wait = time.sleep) -> Kept | None:
    """`address` is where RingCentral is to send; None where it cannot be asked."""

    def look() -> Kept:
        with closing(ringcentral.api(said, wait)) as api:
            ringcentral.sign_in(api, said)
            return _kept(api, said["secret"], address, now)

    return looked_after("ringcentral", look)


def _kept(api: Api, secret: str, address: str, now: datetime) -> Kept:
    ours = [one for one in children(api.get(SUBSCRIPTIONS), "records") if _is_ours(one, address)]
    active = [one for one in ours if text(one, "status") == ACTIVE]
    if not active:
        _make(api, secret, address)
        return Kept.MADE
    ends = [(iso(one, "expirationTime"), text(one, "id", required=True)) for one in active]
    if any(end is None or end - now > RENEWED_BEFORE for end, _id in ends):
        return Kept.AS_IT_IS
    api.post(f"{SUBSCRIPTIONS}/{ends[0][1]}/renew")
    return Kept.RENEWED


def _is_ours(subscription: Fields, address: str) -> bool:
    return text(child(subscription, "deliveryMode"), "address") == address


def _make(api: Api, secret: str, address: str) -> None:
    """RingCentral tests the address before it answers: this bot has to be listening there."""
    mode = {"transportType": "WebHook", "address": address, "verificationToken": secret}
    asked = {"eventFilters": [FILTER], "deliveryMode": mode, "expiresIn": int(LASTS.total_seconds())}
    api.post(SUBSCRIPTIONS, json=asked)
