"""Zoom's meetings, notice by notice: who joined and left, that it ended, and its summary, in any order.

`domain.meetings` says whose call it was and with whom. `duration` counts minutes, and often those that were planned:
start and end go before it.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.calls.domain import meetings
from bot.calls.domain.call import EndedCall
from bot.calls.domain.meetings import Guest, MeetingNotice
from bot.calls.domain.notices import Notice
from bot.calls.sources import fields as read
from bot.calls.sources.fields import Fields

ENDED, SUMMARY = "meeting.ended", "meeting.summary_completed"
WAS_THERE = ("meeting.participant_joined", "meeting.participant_left")


def notices(event: str, about: Fields, account: str, received_at: datetime) -> list[Notice]:
    """One where the event tells of a meeting's end or of who was there, else none."""
    if event not in (ENDED, SUMMARY, *WAS_THERE):
        return []
    said = _said(event, about, received_at)
    guest = said.get("guest") or {}
    return [
        Notice(
            source="zoom",
            account=account,
            session_key=read.first_text(about, "uuid", "meeting_uuid")
            or read.text(about, "uuid", required=True),
            key=f"{event}/{guest.get('key', '')}/{guest.get('email', '')}/{guest.get('name', '')}",
            said=json.dumps(said),
        )
    ]


def ended_calls(told: Sequence[Notice]) -> list[EndedCall]:
    """One at most: a meeting is the host's."""
    if not told:
        return []
    account, key = max(one.account for one in told), told[0].session_key
    call = meetings.ended_call((_read(one) for one in told), source="zoom", account=account, call_key=key)
    return [call] if call and (call.agent.email or call.agent.key) else []


def _said(event: str, about: Fields, received_at: datetime) -> dict[str, Any]:
    host = read.first_text(about, "host_id", "meeting_host_id")
    if event == ENDED and not host:
        read.text(about, "host_id", required=True)
    started = read.iso(about, "start_time") or read.iso(about, "meeting_start_time")
    ended = read.iso(about, "end_time") or read.iso(about, "meeting_end_time")
    if event == ENDED and ended is None:
        planned = (read.seconds(about, "duration", read.MINUTE) or 0) * read.SECOND
        ended = started + planned if started and planned else received_at
    there = read.child(about, "participant")
    guest = {
        "key": read.first_text(there, "id", "participant_user_id"),
        "email": read.text(there, "email").lower(),
        "name": read.text(there, "user_name"),
    }
    return {
        "host_key": host,
        "host_email": read.first_text(about, "host_email", "meeting_host_email").lower(),
        "topic": read.first_text(about, "topic", "meeting_topic"),
        "started_at": started.isoformat() if started else None,
        "ended_at": ended.isoformat() if ended and event in (ENDED, SUMMARY) else None,
        "guest": guest if event in WAS_THERE and any(guest.values()) else None,
    }


def _read(notice: Notice) -> MeetingNotice:
    said = dict(notice.fields)
    for name in ("started_at", "ended_at"):
        said[name] = datetime.fromisoformat(said[name]) if said[name] else None
    said["guest"] = Guest(**said["guest"]) if said["guest"] else None
    return MeetingNotice(**said)
