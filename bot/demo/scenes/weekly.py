"""What comes once a week: the digest to the channel."""

import json
from datetime import time

from bot.demo.screenplay import Scene, Teller, reads
from bot.demo.stage import Stage
from bot.sandbox import Channel, Message


def last_weeks_digest(stage: Stage, teller: Teller) -> None:
    _digest(stage, teller, "East: week of 9 Nov", stage.channels["East"])


def wests_digest(stage: Stage, teller: Teller) -> None:
    _digest(stage, teller, "West: week of Nov 9", stage.channels["West"])


def this_weeks_digest(stage: Stage, teller: Teller) -> None:
    channel = stage.channels["East"]
    digest = _digest(stage, teller, "East: week of 16 Nov", channel)
    document = {"text": digest.text, "blocks": digest.blocks}
    teller.keeps("digest.json", json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    teller.keeps("digest.txt", f"{reads(digest)}\n")
    lars = stage.people["lars"]
    teller.does(lars, "asks Why am I not here?")
    lars.clicks("Why am I not here?", digest)
    private = lars.waits_for(lambda one: [said for said in one.reads(channel) if said.seen_only_by])
    teller.sees(lars, private[-1])


def _digest(stage: Stage, teller: Teller, headline: str, channel: Channel) -> Message:
    reader = next(one for one in stage.people.values() if one.id in channel.members)
    posted = reader.waits_for(lambda one: [said for said in one.reads(channel) if headline in reads(said)])
    teller.sees(f"#{channel.name}", posted[-1])
    return posted[-1]


SCENES = (
    Scene(0, time(9), "Last week's digest", last_weeks_digest),
    Scene(0, time(15), "Nine o'clock in New York", wests_digest),
    Scene(7, time(9), "The digest on this week", this_weeks_digest),
)
