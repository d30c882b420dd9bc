"""What a manager looks at and changes of next week's pairs."""

from datetime import date

from bot.coaching.services import pairing as pairings
from bot.sandbox import Member
from bot.sandbox.people import screen
from bot.sandbox.state import Message
from tests.support.closers import Team

NEXT_WEEK = date(2026, 11, 23)
"""Seconds that the first pairing of a process may take on a busy machine: it loads the optimiser."""


def couples(team: Team) -> dict[str, str]:
    """Learner: coach, as the next week stands."""
    with team.office.db.reading(team.office.workspace_id, team.office.clock()) as books:
        plan = pairings.propose(books, team.id, NEXT_WEEK, as_of=team.office.clock())
    return {pair.learner.name: pair.coach.name for pair in plan.pairs}


def looks(manager: Member) -> Message:
    """Asks for the pairs to come, and gives the answer once it is there."""

    def previews(who: Member) -> list[Message]:
        return [message for message in who.dm if "pairs for the week of" in message.text]

    before = len(previews(manager))
    manager.commands("/scorecard pairs")
    return manager.waits_for(lambda who: previews(who)[before:])[0]


def presses(manager: Member, line: str) -> None:
    """The button of the section of the plan that begins so."""
    [button] = [
        one
        for one in screen.controls(looks(manager), screen.BUTTONS)
        if one.block.get("text", {}).get("text", "").startswith(line)
    ]
    manager.presses(button)


def changes(manager: Member, learner: str, **given: str) -> str:
    """Presses Change beside the learner, saves, and reads the answer or the refusal."""
    presses(manager, f"*{learner}*")
    done = manager.submits(**given)
    told = " ".join(done.errors.values()) or manager.sees()
    manager.closes(everything=True)
    return told
