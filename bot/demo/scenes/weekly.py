"""What comes once a week: the digest to the channel."""

import json
from datetime import time

from bot.demo.screenplay import Scene, Teller, reads
from bot.demo.stage import Stage
from bot.sandbox import Message


def last_weeks_digest(stage: Stage, teller: Teller) -> None:
    _digest(stage, teller, "East", "9 Nov")


def wests_digest(stage: Stage, teller: Teller) -> None:
    _digest(stage, teller, "West", "Nov 9")


def this_weeks_digest(stage: Stage, teller: Teller) -> None:
    digest = _digest(stage, teller, "East", "16 Nov")
    document = {"text": digest.text, "blocks": digest.blocks}
    teller.keeps("digest.json", json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    teller.keeps("digest.txt", f"{reads(digest)}\n")
    lars = stage.people["lars"]
    teller.does(lars, "asks Why am I not here?")
    lars.clicks("Why am I not here?", digest)
    channel = stage.channels["East"]
    private = lars.waits_for(lambda one: [said for said in one.reads(channel) if said.seen_only_by])
    teller.sees(lars, private[-1])


def _digest(stage: Stage, teller: Teller, team: str, day: str) -> Message:
    channel = stage.channels[team]
    reader = next(one for one in stage.people.values() if one.id in channel.members)
    reader.waits_for(lambda one: any("week of" in reads(message) for message in one.reads(channel)))
    digest = reader.reads(channel)[-1]
    teller.sees(f"#{channel.name}", digest)
    return digest


SCENES = (
    Scene(0, time(9), "Last week's digest", last_weeks_digest),
    Scene(0, time(15), "Nine o'clock in New York", wests_digest),
    Scene(7, time(9), "The digest on this week", this_weeks_digest),
)
