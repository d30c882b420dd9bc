"""A pair that agreed, and what is asked of it."""

from bot.sandbox import Member, text_of
from bot.sandbox.state import Channel, ChannelKind, Message
from tests.support.closers import Team


def group(team: Team) -> Channel:
    """The pair's own message."""
    [found] = [one for one in team.office.sandbox.workspace.channels.values() if one.kind is ChannelKind.MPIM]
    return found


def said(team: Team) -> list[Message]:
    return team.ben.reads(group(team))


def agreed(team: Team) -> Member:
    """Ben says yes; gives his coach."""
    team.told()
    coach = team.coach()
    team.ben.clicks("Accept")
    team.ben.waits_for("You and")
    team.office.tick()
    return coach


def questions(who: Member, words: str = "Did you and") -> list[Message]:
    return [message for message in who.dm if words in text_of(message)]
