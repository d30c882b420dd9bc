"""Each host's subscription to ended conferences of Google Meet, kept alive: Google ends one after seven days."""

import time
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import structlog

from bot.calls.jobs.subscriptions import Kept
from bot.calls.logs import meet
from bot.calls.logs.asking import CannotRead, Wait
from bot.calls.logs.meet import Host
from bot.calls.sources.delivery import Unreadable
from bot.calls.sources.fields import iso, text
from bot.calls.sources.meet import ENDED
from bot.core.enums import SELLING_ROLES
from bot.people.services import teams
from bot.slack.tools import Tools

log = structlog.get_logger()

SUBSCRIPTIONS = "/v1/subscriptions"
RENEWED_BEFORE = timedelta(days=3)
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


def keep(tools: Tools) -> None:
    """See that Meet goes on telling of everybody who sells, where the service account is known."""
    said = tools.settings.call_sources(tools.team_id).get("meet", {})
    if all(said.get(one) for one in meet.WANTED):
        keep_all(said, hosts(tools), now=tools.clock())


def keep_all(
    said: Mapping[str, str], emails: Iterable[str], *, now: datetime, wait: Wait = time.sleep
) -> dict[str, Kept]:
    """By host, what had to be done. One whom Google does not know is logged, and keeps nobody else from theirs."""
    done = {}
    for email in emails:
        try:
            with meet.as_host(said, email, now=now, wait=wait) as host:
                done[email] = _kept(host, said["topic"], now)
        except (CannotRead, Unreadable) as error:
            log.warning("a subscription cannot be looked after", source="meet", host=email, reason=str(error))
    return done


def _kept(host: Host, topic: str, now: datetime) -> Kept:
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
        host.events.post(SUBSCRIPTIONS, json=asked | LONGEST)
        return Kept.MADE
    if any(until is not None and until - now > RENEWED_BEFORE for until, _name in ours):
        return Kept.AS_IT_IS
    host.events.patch(f"/v1/{ours[0][1]}", params={"updateMask": "ttl"}, json=LONGEST)
    return Kept.RENEWED
