"""`/coach`: offer to coach, stop, and choose whether to be coached and named."""

from collections.abc import Callable
from typing import Any

from slack_bolt import Ack, App

from bot.clock import Clock
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import coaches, members
from bot.views import coach as views
from bot.views.ids import Command
from handlers import stories
from storage.database import Database, Session

Change = Callable[[Session, int, int], None]


def register(app: App, _inbox: Inbox) -> None:
    app.command(Command.COACH)(answer)


def answer(ack: Ack, command: dict[str, Any], db: Database, clock: Clock, workspace_id: int) -> None:
    """The change asked for, if any, then the choices as they stand; or the stories that are shared."""
    words = str(command.get("text") or "").lower().split()
    if words[:1] == ["stories"]:
        with db.read() as session:
            told = stories.listed(session, workspace_id, str(command["user_id"]), words[1:], clock())
        ack(text=told)
        return
    change = _change(words)
    with db.begin() as session:
        me = members.me(session, workspace_id, str(command["user_id"]), now=clock())
        if change:
            change(session, workspace_id, me.id)
        chosen = coaches.choices(session, workspace_id, me.id)
    told = views.chosen(
        willing=chosen.willing, capacity=chosen.capacity, learning=chosen.learning, named=chosen.named
    )
    ack(text=told if change else f"{views.usage()}\n\n{told}")


def _change(words: list[str]) -> Change | None:
    """What the words change; None for words that change nothing, which are answered with help."""
    match words:
        case ["on"]:
            return lambda session, workspace, person: coaches.offer(session, workspace, person, capacity=None)
        case ["on", number]:
            capacity = _number(number)
            return lambda session, workspace, person: coaches.offer(
                session, workspace, person, capacity=capacity
            )
        case ["off"]:
            return coaches.withdraw
        case ["learning", ("on" | "off") as state]:
            return lambda session, workspace, person: coaches.learn(
                session, workspace, person, wants=state == "on"
            )
        case ["naming", ("on" | "off") as state]:
            return lambda session, workspace, person: coaches.be_named(
                session, workspace, person, named=state == "on"
            )
    return None


def _number(word: str) -> int:
    if not (word.isascii() and word.isdecimal()):
        raise BadInput(_("Please say how many learners a week, from 1 to 10: `/coach on 2`."))
    return int(word)
