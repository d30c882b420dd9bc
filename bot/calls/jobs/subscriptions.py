"""Sources' subscriptions to their own events, kept alive: Google Meet ends one after seven days, Microsoft Graph after
less than three, and RingCentral now and then gives one up.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import structlog

from bot.calls.logs import meet, ringcentral
from bot.calls.logs import teams as teams_log
from bot.calls.logs.asking import Api, CannotRead, Fields, Wait
from bot.calls.logs.meet import Host
from bot.calls.sources.delivery import Unreadable
from bot.calls.sources.fields import child, children, iso, text
from bot.calls.sources.meet import ENDED
from bot.core.enums import SELLING_ROLES
from bot.people.services import teams
from bot.slack.tools import Tools

log = structlog.get_logger()


class Kept(StrEnum):
    """What had to be done."""

    AS_IT_IS = "as it is"
    RENEWED = "renewed"
    MADE = "made anew"


def looked_after(source: str, keep: Callable[[], Kept]) -> Kept | None:
    """None where the source cannot be asked, which is logged and tried again."""
    try:
        done = keep()
    except (CannotRead, Unreadable) as error:
        log.warning("a subscription cannot be looked after", source=source, reason=str(error))
        return None
    if done is not Kept.AS_IT_IS:
        log.info("a subscription was looked after", source=source, done=done)
    return done


OF_MEET = "/v1/subscriptions"
MEET_RENEWED_BEFORE = timedelta(days=3)
LONGEST = {"ttl": "604800s"}


_HOSTS: dict[str, str] = {}
"""By subscription, once asked: whose it is never changes."""


def hosts(tools: Tools) -> list[str]:
    """The emails of those who sell."""
    now = tools.clock()
    with tools.db.reading(tools.workspace_id, now) as books:
        held = teams.roster_on(books, now.date())
        return sorted({one.email for one, stint, _ in held if one.email and stint.role in SELLING_ROLES})


def host_of(
    subscription: str, said: Mapping[str, str], emails: Iterable[str], *, now: datetime
) -> str | None:
    """Whose it is; None where it is nobody's of these. Raises CannotRead."""
    for email in () if subscription in _HOSTS else emails:
        with meet.as_host(said, email, now=now) as host:
            for one in meet.subscriptions(host):
                _HOSTS[text(one, "name").removeprefix("subscriptions/")] = email
        if subscription in _HOSTS:
            break
    return _HOSTS.get(subscription)


def keep_meet(tools: Tools) -> None:
    """See that Meet goes on telling of everybody who sells, where the service account is known."""
    said = tools.settings.call_sources(tools.team_id).get("meet", {})
    if all(said.get(one) for one in meet.WANTED):
        keep_all_of_meet(said, hosts(tools), now=tools.clock())


def keep_all_of_meet(
    said: Mapping[str, str], emails: Iterable[str], *, now: datetime, wait: Wait = time.sleep
) -> dict[str, Kept]:
    """By host, what had to be done. One whom Google does not know is logged, and keeps nobody else from theirs."""
    done = {}
    for email in emails:
        try:
            with meet.as_host(said, email, now=now, wait=wait) as host:
                done[email] = _meet_kept(host, said["topic"], now)
        except (CannotRead, Unreadable) as error:
            log.warning("a subscription cannot be looked after", source="meet", host=email, reason=str(error))
    return done


def _meet_kept(host: Host, topic: str, now: datetime) -> Kept:
    ours = [(iso(one, "expireTime"), text(one, "name", required=True)) for one in meet.subscriptions(host)]
    if not ours:
        me = text(
            host.people.get("/v1/people/me", {"personFields": "metadata"}), "resourceName", required=True
        )
        asked = {
            "targetResource": f"//cloudidentity.googleapis.com/users/{me.removeprefix('people/')}",
            "eventTypes": [ENDED],
            "notificationEndpoint": {"pubsubTopic": topic},
            "payloadOptions": {"includeResource": False},
        }
        host.events.post(OF_MEET, json=asked | LONGEST)
        return Kept.MADE
    if any(until is not None and until - now > MEET_RENEWED_BEFORE for until, _name in ours):
        return Kept.AS_IT_IS
    host.events.patch(f"/v1/{ours[0][1]}", params={"updateMask": "ttl"}, json=LONGEST)
    return Kept.RENEWED


OF_RINGCENTRAL = "/restapi/v1.0/subscription"
FILTER = "/restapi/v1.0/account/~/telephony/sessions"
RINGCENTRAL_LASTS = timedelta(days=7)
RINGCENTRAL_RENEWED_BEFORE = timedelta(days=2)
ACTIVE = "Active"


def keep_ringcentral(
    said: Mapping[str, str], address: str, *, now: datetime, wait: Wait = time.sleep
) -> Kept | None:
    """`address` is where RingCentral is to send; None where it cannot be asked."""

    def look() -> Kept:
        with closing(ringcentral.api(said, wait)) as api:
            ringcentral.sign_in(api, said)
            return _ringcentral_kept(api, said["secret"], address, now)

    return looked_after("ringcentral", look)


def _ringcentral_kept(api: Api, secret: str, address: str, now: datetime) -> Kept:
    ours = [one for one in children(api.get(OF_RINGCENTRAL), "records") if _is_ours(one, address)]
    active = [one for one in ours if text(one, "status") == ACTIVE]
    if not active:
        _make_ringcentral(api, secret, address)
        return Kept.MADE
    ends = [(iso(one, "expirationTime"), text(one, "id", required=True)) for one in active]
    if any(end is None or end - now > RINGCENTRAL_RENEWED_BEFORE for end, _id in ends):
        return Kept.AS_IT_IS
    api.post(f"{OF_RINGCENTRAL}/{ends[0][1]}/renew")
    return Kept.RENEWED


def _is_ours(subscription: Fields, address: str) -> bool:
    return text(child(subscription, "deliveryMode"), "address") == address


def _make_ringcentral(api: Api, secret: str, address: str) -> None:
    """RingCentral tests the address before it answers: this bot has to be listening there."""
    mode = {"transportType": "WebHook", "address": address, "verificationToken": secret}
    asked = {
        "eventFilters": [FILTER],
        "deliveryMode": mode,
        "expiresIn": int(RINGCENTRAL_LASTS.total_seconds()),
    }
    api.post(OF_RINGCENTRAL, json=asked)


OF_TEAMS = "/v1.0/subscriptions"
RESOURCE = "/communications/callRecords"
TEAMS_LASTS = timedelta(days=2)
TEAMS_RENEWED_BEFORE = timedelta(days=1)


def keep_teams(
    said: Mapping[str, str], address: str, *, now: datetime, wait: Wait = time.sleep
) -> Kept | None:
    """`address` is where Graph is to send; None where it cannot be asked."""

    def look() -> Kept:
        with closing(teams_log.api(said, wait)) as api:
            return _teams_kept(api, said["secret"], address, now)

    return looked_after("teams", look)


def _teams_kept(api: Api, secret: str, address: str, now: datetime) -> Kept:
    ends = {"expirationDateTime": f"{(now + TEAMS_LASTS).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    ours = [
        one
        for one in children(api.get(OF_TEAMS), "value")
        if text(one, "notificationUrl") == address and text(one, "resource").lstrip("/") == RESOURCE[1:]
    ]
    if not ours:
        asked = {
            "changeType": "created,updated",
            "notificationUrl": address,
            "resource": RESOURCE,
            "clientState": secret,
        }
        api.post(OF_TEAMS, json=asked | ends)
        return Kept.MADE
    until = [(iso(one, "expirationDateTime"), text(one, "id", required=True)) for one in ours]
    if any(end is not None and end - now > TEAMS_RENEWED_BEFORE for end, _id in until):
        return Kept.AS_IT_IS
    api.patch(f"{OF_TEAMS}/{until[0][1]}", json=ends)
    return Kept.RENEWED
