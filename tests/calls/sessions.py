"""RingCentral sessions of our own making: what is sent of each, and which calls they are."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
CUSTOMER = {"phoneNumber": "+15550100", "name": "Dana"}
MENU = "900"


@dataclass(frozen=True)
class Story:
    """The notices of one session, in order, and the calls (agent and seconds) that come of it."""

    notices: list[dict[str, Any]]
    calls: set[tuple[str, str, int]]


def notice(session: str, sequence: int, party: str, code: str, extension: str, **more: Any) -> dict[str, Any]:
    mine = {"phoneNumber": "101", "extensionId": extension} if extension else {"phoneNumber": "+15550111"}
    return {
        "uuid": f"{session}-{sequence}",
        "event": "/restapi/v1.0/account/1/telephony/sessions",
        "body": {
            "sequence": sequence,
            "telephonySessionId": session,
            "eventTime": (START + timedelta(seconds=10 * sequence)).isoformat(),
            "parties": [
                {
                    "accountId": "1",
                    "extensionId": extension,
                    "id": f"{session}-{party}",
                    "direction": "Inbound",
                    "from": CUSTOMER,
                    "to": mine,
                    "status": {"code": code},
                    **more,
                }
            ],
        },
    }


def answered(session: str, extension: str = "11") -> Story:
    """Someone calls a menu, which hands on to a rep; the menu leaves in the middle."""
    steps = [
        ("dana", "Setup", ""),
        ("menu", "Setup", MENU),
        ("menu", "Proceeding", MENU),
        ("dana", "Proceeding", ""),
        ("menu", "Disconnected", MENU),
        ("rep", "Setup", extension),
        ("rep", "Proceeding", extension),
        ("dana", "Answered", ""),
        ("rep", "Answered", extension),
        ("rep", "Hold", extension),
        *[("rep", "Answered", extension)] * 20,
        ("rep", "Disconnected", extension),
        ("dana", "Disconnected", ""),
    ]
    return _told(session, steps, {(session, extension, 220)})


def missed(session: str, extension: str = "11") -> Story:
    steps = [
        ("dana", "Setup", ""),
        ("rep", "Setup", extension),
        ("rep", "Proceeding", extension),
        ("rep", "Disconnected", extension),
        ("dana", "Disconnected", ""),
    ]
    return _told(session, steps, set())


def transferred(session: str, first: str = "11", second: str = "12") -> Story:
    steps = [
        ("dana", "Answered", ""),
        ("one", "Answered", first),
        *[("dana", "Hold", "")] * 9,
        ("one", "Gone", first),
        ("two", "Answered", second),
        *[("dana", "Answered", "")] * 11,
        ("two", "Disconnected", second),
        ("dana", "Disconnected", ""),
    ]
    return _told(session, steps, {(session, first, 100), (session, second, 120)})


def running(session: str, extension: str = "11") -> Story:
    """Still going on."""
    return _told(session, [("dana", "Answered", ""), ("rep", "Answered", extension)], set())


KINDS = (answered, missed, transferred, running)


def burst(notices: int, seed: int) -> tuple[list[dict[str, Any]], set[tuple[str, str, int]]]:
    """At least that many notices of many sessions, shuffled, one in ten sent twice; and what has to come of them."""
    dice = random.Random(seed)
    stories: list[Story] = []
    while sum(len(story.notices) for story in stories) < notices:
        stories.append(dice.choice(KINDS)(f"s-{len(stories)}"))
    sent = [one for story in stories for one in story.notices]
    sent += dice.sample(sent, len(sent) // 10)
    dice.shuffle(sent)
    return sent, {call for story in stories for call in story.calls}


def _told(session: str, steps: list[tuple[str, str, str]], calls: set[tuple[str, str, int]]) -> Story:
    notices = [
        notice(session, sequence, party, code, extension)
        for sequence, (party, code, extension) in enumerate(steps, start=1)
    ]
    return Story(notices, calls)
