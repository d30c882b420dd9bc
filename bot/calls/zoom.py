"""Zoom: Phone's call elements are the record, its `*_ended` events a hint at hang-up; meetings by their host.

Signed with the app's secret token over the raw body. Zoom never repeats a delivery that was answered with 4xx.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import replace

from bot.calls import fields as read
from bot.calls.delivery import Delivery, Reply, Source
from bot.calls.fields import Fields
from bot.calls.signing import require_v0
from bot.domain.calls import Agent, EndedCall
from bot.words import Direction, Disposition

ENDED = {"phone.caller_ended": "caller", "phone.callee_ended": "callee"}
COMPLETED = {
    "phone.caller_call_element_completed": "caller",
    "phone.callee_call_element_completed": "callee",
}
DIRECTIONS = {"caller": Direction.OUTBOUND, "callee": Direction.INBOUND}


class Zoom(Source):
    name = "zoom"

    def verify(self, delivery: Delivery, secret: str) -> None:
        require_v0(delivery, secret, timestamp="X-Zm-Request-Timestamp", header="X-Zm-Signature")

    def reply(self, delivery: Delivery, secret: str) -> Reply | None:
        """Proof, asked for when the address is saved and every 72 hours, that the secret is known here too."""
        said = read.object_of(delivery)
        if _event(said) != "endpoint.url_validation":
            return None
        plain = read.text(read.child(said, "payload"), "plainToken", required=True)
        encrypted = hmac.new(secret.encode(), plain.encode(), hashlib.sha256).hexdigest()
        return Reply(json.dumps({"plainToken": plain, "encryptedToken": encrypted}))

    def parse(self, delivery: Delivery) -> Sequence[EndedCall]:
        said = read.object_of(delivery)
        event, payload = _event(said), read.child(said, "payload")
        account, about = read.text(payload, "account_id"), read.child(payload, "object")
        if event in ENDED:
            return _hint(about, account, ENDED[event])
        if event in COMPLETED:
            return _records(about, account, COMPLETED[event])
        return _meeting(about, account) if event == "meeting.ended" else []


def _event(said: Fields) -> str:
    """Zoom's own example of one event ends in a blank."""
    return read.text(said, "event").strip()


def _hint(about: Fields, account: str, side: str) -> list[EndedCall]:
    """Sent for unanswered calls too, which have no answer time, and for both ends of an internal one."""
    answered, ended = read.iso(about, "answer_start_time"), read.iso(about, "call_end_time")
    mine, other = read.child(about, side), read.child(about, _other(side))
    key = read.first_text(mine, "extension_number", "extension_id", "user_id")
    is_internal = bool(read.text(other, "user_id"))
    if answered is None or ended is None or not key or is_internal or not _is_person(mine):
        return []
    return [
        EndedCall(
            source=Zoom.name,
            account=account,
            call_key=read.text(about, "call_id", required=True),
            agent=Agent(key=key, name=read.text(mine, "name")),
            started_at=answered,
            ended_at=max(answered, ended),
            direction=DIRECTIONS[side],
            contact=read.first_text(other, "name", "phone_number"),
            is_hint=True,
        )
    ]


def _is_person(party: Fields) -> bool:
    """Not a queue or a receptionist, which answer as well."""
    return read.text(party, "extension_type") in ("", "user")


def _records(about: Fields, account: str, side: str) -> list[EndedCall]:
    """One call per agent: its elements (before and after a hold or a transfer) added up."""
    calls: dict[tuple[str, Agent], EndedCall] = {}
    for element in read.children(about, "call_elements"):
        told = _record(element, account, side)
        if told is not None:
            key = (told.call_key, told.agent)
            calls[key] = _sum(calls[key], told) if key in calls else told
    return list(calls.values())


def _record(element: Fields, account: str, side: str) -> EndedCall | None:
    agent = Agent(
        email=read.text(element, f"{side}_email") or None,
        key=read.first_text(element, f"{side}_ext_number", f"{side}_ext_id") or None,
        name=read.text(element, f"{side}_name"),
    )
    started, ended = read.iso(element, "start_time"), read.iso(element, "end_time")
    if started is None or ended is None or not (agent.email or agent.key):
        return None
    is_internal = read.text(element, "connect_type") == "internal"
    if is_internal or read.text(element, f"{side}_ext_type") not in ("", "user"):
        return None
    talked = read.seconds(element, "talk_time", read.SECOND) or 0
    reached = talked > 0 and read.text(element, "result") != "voicemail"
    other = _other(side)
    return EndedCall(
        source=Zoom.name,
        account=account,
        call_key=read.text(element, "call_id", required=True),
        agent=agent,
        started_at=started,
        ended_at=max(started, ended),
        talk_seconds=talked if reached else 0,
        direction=read.direction(element, "direction") or DIRECTIONS[side],
        contact=read.first_text(element, f"{other}_name", f"{other}_did_number"),
        disposition="" if reached else Disposition.NO_ANSWER,
    )


def _sum(one: EndedCall, more: EndedCall) -> EndedCall:
    return replace(
        one,
        started_at=min(one.started_at, more.started_at),
        ended_at=max(one.ended_at, more.ended_at),
        talk_seconds=(one.talk_seconds or 0) + (more.talk_seconds or 0),
        contact=one.contact or more.contact,
        disposition=one.disposition and more.disposition,
    )


def _other(side: str) -> str:
    return "callee" if side == "caller" else "caller"


def _meeting(about: Fields, account: str) -> list[EndedCall]:
    """`duration` counts minutes, and often those that were planned: start and end go before it."""
    started = read.iso(about, "start_time")
    if started is None:
        return []
    planned = (read.seconds(about, "duration", read.MINUTE) or 0) * read.SECOND
    return [
        EndedCall(
            source=Zoom.name,
            account=account,
            call_key=read.text(about, "uuid", required=True),
            agent=Agent(key=read.text(about, "host_id", required=True)),
            started_at=started,
            ended_at=max(started, read.iso(about, "end_time") or started + planned),
            contact=read.text(about, "topic"),
        )
    ]
