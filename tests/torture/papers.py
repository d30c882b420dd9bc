"""What people ask for that takes long: workbooks of their own, and deals that an admin sends in as a file."""

import json
import time
from uuid import uuid4

from bot.blocks.ids import Action
from bot.sandbox.people.values import NotOnScreen
from bot.sandbox.state import Message
from tests.torture.model import Model, Sent
from tests.torture.staff import Rep
from tests.torture.world import World

PROMISED = "I am writing the workbook"
WORKBOOK, MONTHLY = "The workbook of ", "Your teams' workbook of "
TRIES = 240
PATIENCE = 40.0
"""Seconds for which somebody waits to be shown their file before they send it anew."""


def asks_for_workbook(world: World, model: Model, rep: Rep) -> None:
    """Until it is promised; what was asked for in vain may come all the same."""
    for _try in range(TRIES):
        model.asked_for[rep.email] += 1
        reply = rep.member.commands("/scorecard export week")
        if PROMISED in reply.text:
            model.promised[rep.email] += 1
            return
        if world.is_over.wait(1):
            return
    raise TimeoutError(f"{rep.email} asked for a workbook in vain")


def sends_deals(world: World, model: Model) -> None:
    """A file with one deal, shown as it would be stored, and taken in by a click."""
    sent = Sent(f"deals-{uuid4().hex[:12]}.csv", uuid4().hex)
    rows = f"deal_id,ae_name,status,closed_at\n{sent.deal_key},{world.ae.member.name},open,\n"
    world.boss.member.uploads(rows.encode(), sent.name)
    model.sent.append(sent)
    message = _shown(world, sent)
    if message is not None:
        _takes(world, sent, message)


def boss_takes(world: World, model: Model) -> bool:
    """Takes what was shown when nobody waited any more; False when there is nothing to take."""
    again = False
    for sent in [one for one in model.sent if not one.is_taken]:
        for message in world.boss.member.dm:
            if _offers(message, sent):
                _takes(world, sent, message)
                again = True
                break
    return again


def _shown(world: World, sent: Sent) -> Message | None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not world.is_over.wait(0.5):
        for message in world.boss.member.dm:
            if _offers(message, sent):
                return message
    return None


def _offers(message: Message, sent: Sent) -> bool:
    return sent.name in message.text and Action.IMPORT_TAKE in json.dumps(message.blocks)


def _takes(world: World, sent: Sent, message: Message) -> None:
    for _try in range(TRIES):
        broken = _broken(world)
        try:
            reply = world.boss.member.clicks(Action.IMPORT_TAKE, message)
        except NotOnScreen:
            break  # the answer replaced the button
        if not reply.error and _broken(world) == broken:
            break
        time.sleep(0.5)
    else:
        raise TimeoutError(f"{sent.name} was never taken")
    sent.is_taken = True


def _broken(world: World) -> int:
    return sum("Something broke" in message.text for message in world.boss.member.dm)
