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


def through_the_menu(session: str, caller: str, name: str = "") -> list[dict[str, Any]]:
    """As RingCentral publishes it: the caller's own leg says `Outbound` and names the menu, the agent's is inbound."""
    dana = {"phoneNumber": caller, "name": name}
    menu = {"phoneNumber": "+15550111", "name": "IVR Menu 1001", "extensionId": MENU}
    agent = {"phoneNumber": "+15550111", "name": "Ana", "extensionId": "11"}
    bare = {"phoneNumber": "+15550111"}
    steps: list[tuple[str, str, dict[str, str], dict[str, str]]] = [
        ("caller", "Setup", {"phoneNumber": caller}, bare),
        ("menu", "Setup", {"phoneNumber": caller}, menu),
        ("caller", "Answered", {"phoneNumber": caller}, menu),
        ("menu", "Disconnected", {"phoneNumber": caller}, menu),
        ("agent", "Setup", dana, agent),
        ("agent", "Proceeding", dana, agent),
        ("agent", "Answered", dana, agent),
        ("agent", "Hold", dana, agent),
        ("agent", "Answered", dana, agent),
        *[("agent", "Hold", dana, agent)] * 9,
        ("agent", "Disconnected", dana, agent),
        ("caller", "Disconnected", dana, menu),
    ]
    return [_said(session, n, *step) for n, step in enumerate(steps, start=2)]


def colleagues(session: str) -> list[dict[str, Any]]:
    """One rings the other; the first notice of the caller's leg does not say whose extension that is."""
    ana = {"phoneNumber": "+15550121", "name": "Ana", "extensionId": "11"}
    ana_inside = ana | {"phoneNumber": "11104"}
    bo = {"phoneNumber": "11101", "name": "Bo", "extensionId": "12"}
    steps: list[tuple[str, str, dict[str, str], dict[str, str]]] = [
        ("ana", "Setup", ana, {"phoneNumber": "11101"}),
        ("bo", "Setup", ana_inside, bo),
        ("ana", "Answered", ana, bo),
        ("bo", "Proceeding", ana_inside, bo),
        ("bo", "Answered", ana_inside, bo),
        *[("ana", "Hold", ana, bo)] * 9,
        ("ana", "Disconnected", ana, bo),
        ("bo", "Disconnected", ana_inside, bo),
    ]
    return [_said(session, n, *step) for n, step in enumerate(steps, start=2)]


def _said(
    session: str, sequence: int, party: str, code: str, caller: dict[str, str], called: dict[str, str]
) -> dict[str, Any]:
    outbound = party in ("caller", "ana")
    extension = (caller if outbound else called).get("extensionId", "")
    about = {"from": caller, "to": called, "direction": "Outbound" if outbound else "Inbound"}
    return notice(session, sequence, party, code, extension, **about)
