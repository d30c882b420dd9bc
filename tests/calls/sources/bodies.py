"""One good body per source, as its adapter wants to see it."""

from typing import Any

from tests.calls.sources import (
    sessions,
    test_aircall,
    test_dialpad,
    test_gong,
    test_hubspot,
    test_twilio,
    test_vonage,
    test_zoom,
)
from tests.calls.sources.meetings import test_meet, test_teams

GENERIC = {
    "call_id": "c-1",
    "rep_email": "ana@example.com",
    "started_at": "2026-11-16T08:40:00Z",
    "duration_s": 620,
}

GOOD: dict[str, Any] = {
    "zoom": test_zoom.record(),
    "aircall": test_aircall.said(),
    "dialpad": test_dialpad.said(),
    "twilio": test_twilio.said(),
    "ringcentral": sessions.answered("s-1").notices[-1],
    "hubspot": [test_hubspot.notice()],
    "gong": test_gong.said(),
    "teams": test_teams.said(),
    "meet": test_meet.said(),
    "vonage": test_vonage.said(),
    "generic": GENERIC,
}
