"""Zoom: Phone's call elements are the record, its `*_ended` events a hint at hang-up; meetings in `zoom_meetings`.

- A sales call: somebody was reached who is no colleague; whoever only listened in (monitor, whisper…) had none.
- Whose: the side the event is named for, by email, else extension; queues and receptionists have no calls.
- With whom: the other side's name, else number. From when to when: as the element says, its talk time in seconds.

Signed with the app's secret token over the raw body. Zoom never repeats a delivery that was answered with 4xx.
"""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import replace

from bot.calls.domain.call import Agent, EndedCall, completed
from bot.calls.domain.notices import Notice
from bot.calls.sources import fields as read
from bot.calls.sources import zoom_meetings
from bot.calls.sources.delivery import Delivery, Reply, Source, TranscriptReady, require_v0
from bot.calls.sources.fields import Fields
from bot.core.enums import Direction, Disposition

ENDED = {"phone.caller_ended": "caller", "phone.callee_ended": "callee"}
COMPLETED = {
    "phone.caller_call_element_completed": "caller",
    "phone.callee_call_element_completed": "callee",
    "phone.caller_call_history_completed": "caller",
    "phone.callee_call_history_completed": "callee",
}
"""Version 3 and version 2 of the same record, under other names."""
LISTENED = frozenset({"monitor", "listen", "whisper", "barge", "conference_barge", "takeover"})
"""What a supervisor did on somebody else's call."""
NOT_REACHED = ("voicemail", "cancel", "no answer", "not answer", "missed", "reject", "declin", "busy")
"""Words of `handup_result` (sic) of a call that has an answer time all the same."""
DIRECTIONS = {"caller": Direction.OUTBOUND, "callee": Direction.INBOUND}


TRANSCRIPT = "recording.transcript_completed"


class Zoom(Source):
    name = "zoom"
    subscribe_to = (
        "Caller and Callee call element is completed (Phone), End Meeting and Participant joined (Meeting)"
    )
    try_it = "In the Zoom app press Validate beside the address, then make a call of a minute."
    hosts = ("zoom.us", "zoomgov.com")

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

    def kind(self, delivery: Delivery) -> str:
        return read.text(read.object_of(delivery), "event").strip()

    def parse(self, delivery: Delivery) -> Sequence[EndedCall | Notice | TranscriptReady]:
        said = read.object_of(delivery)
        event, payload = _event(said), read.child(said, "payload")
        account, about = read.text(payload, "account_id"), read.child(payload, "object")
        if event in ENDED:
            return _hint(about, account, ENDED[event])
        if event in COMPLETED:
            return _records(about, account, COMPLETED[event])
        if event == TRANSCRIPT:
            return _transcripts(about, account, read.text(said, "download_token"))
        return zoom_meetings.notices(event, about, account, delivery.received_at)

    def ended(self, notices: Sequence[Notice]) -> Sequence[EndedCall]:
        return zoom_meetings.ended_calls(notices)


def _transcripts(about: Fields, account: str, token: str) -> list[TranscriptReady]:
    """Of a meeting recorded in Zoom's cloud; the key is that of the meeting's call."""
    key = read.text(about, "uuid")
    return [
        TranscriptReady(account, key, url, token)
        for file in read.children(about, "recording_files")
        if read.text(file, "file_type") == "TRANSCRIPT" and key and (url := read.text(file, "download_url"))
    ]


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
    if any(word in read.text(about, "handup_result").lower() for word in NOT_REACHED):
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
    for element in read.children(about, "call_elements") or read.children(about, "call_logs"):
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
    if read.text(element, "event").lower() in LISTENED:
        return None
    talked = read.seconds(element, "talk_time", read.SECOND) or 0
    reached = talked > 0 and completed(read.text(element, "result"))
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
