"""What the bot asks people, as they read it off their messages, and those who answer once everything is over."""

import json

from bot.blocks.ids import Action
from bot.core.enums import Outcome
from bot.sandbox.state import Message
from tests.torture.model import Model
from tests.torture.world import World

BUTTONS = {
    Outcome.ADVANCED: Action.ENDED_ADVANCED,
    Outcome.CONTINUED: Action.ENDED_CONTINUED,
    Outcome.NO_DECISION: Action.ENDED_NO_DECISION,
    Outcome.NO_SHOW: Action.ENDED_NO_SHOW,
}
CAME_TO_NOTHING = "clicks that came to nothing, made again"


def text_in(message: Message) -> str:
    return json.dumps(message.blocks) + message.text


def managers_answer(world: World) -> bool:
    """Each manager who is asked whether a digest arrived looks and says so; False when nobody is asked."""
    asked = [team for team in world.teams if any(_is_asked(message) for message in team.manager.member.dm)]
    for team in asked:
        question = next(message for message in team.manager.member.dm if _is_asked(message))
        arrived = bool([message for message in team.channel.messages if message.app is world.sandbox.app])
        team.manager.member.clicks(Action.DIGEST_ARRIVED if arrived else Action.DIGEST_AGAIN, question)
    return bool(asked)


def reps_see_to_it(world: World, model: Model) -> bool:
    """A click that came too late for Slack is acknowledged before its work is done, and lost with a process that dies
    meanwhile: the buttons are there still, and whoever sees them clicks again. False when nobody has to.
    """
    again = False
    for rep in world.reps:
        answered = [call for call in model.answered if call.rep_email == rep.email]
        for message in rep.member.dm:
            call = next((one for one in answered if asks(message) and one.contact in text_in(message)), None)
            if call is not None and call.answer is not None:
                rep.member.clicks(BUTTONS[call.answer], message)
                world.done[CAME_TO_NOTHING] += 1
                again = True
    return again


def _is_asked(message: Message) -> bool:
    return Action.DIGEST_ARRIVED in _buttons(message)


def asks(message: Message) -> bool:
    return Action.ENDED_ADVANCED in _buttons(message)


def _buttons(message: Message) -> list[str]:
    return [
        str(element.get("action_id")) for block in message.blocks for element in block.get("elements", [])
    ]
