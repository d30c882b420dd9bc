"""`/coach`: offer to coach, stop, and choose whether to be coached and named; other verbs have modules of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.clock import Clock
from bot.domain import asked, topics
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import coaches, members
from bot.views import coach as views
from bot.views.ids import Command
from handlers import stories
from storage.database import Database, Session

ANYTHING = ("any", "anything", "all")
"""Words that take topics back."""


@dataclass(frozen=True, slots=True)
class Request:
    """One `/coach` as a verb finds it; `words` are those after the verb, as they were typed."""

    ack: Ack
    words: list[str]
    slack_user: str
    body: dict[str, Any]
    client: WebClient
    db: Database
    workspace_id: int
    now: datetime

    @property
    def mentioned(self) -> str | None:
        """The Slack user whom the words name first."""
        mentions = (asked.MENTION.fullmatch(word) for word in self.words)
        return next((mention[1] for mention in mentions if mention), None)


Verb = Callable[[Request], None]
Change = Callable[[Session, int, int], None]
"""Of the choices of a person of a workspace."""


def register(app: App, _inbox: Inbox) -> None:
    app.command(Command.COACH)(answer)


def answer(
    ack: Ack,
    command: dict[str, Any],
    body: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    verb, *words = str(command.get("text") or "").split() or [""]
    request = Request(ack, words, str(command["user_id"]), body, client, db, workspace_id, clock())
    VERBS.get(verb.lower(), show_help)(request)


def turn_on(request: Request) -> None:
    """`on`, `on 3`, `on pricing`, `on 2 pricing authority`, `on any`."""
    words = [word.lower() for word in request.words]
    capacity = _number(words.pop(0)) if words and words[0][:1].isnumeric() else None
    chosen = None if not words else topics.read("" if words[0] in ANYTHING else " ".join(words))
    _change(request, partial(coaches.offer, capacity=capacity, topics=chosen))


def turn_off(request: Request) -> None:
    _change(request, coaches.withdraw)


def learn(request: Request) -> None:
    wants = _on_or_off(request)
    if wants is None:
        show_help(request)
    else:
        _change(request, partial(coaches.learn, wants=wants))


def be_named(request: Request) -> None:
    named = _on_or_off(request)
    if named is None:
        show_help(request)
    else:
        _change(request, partial(coaches.be_named, named=named))


def show_stories(request: Request) -> None:
    words = [word.lower() for word in request.words]
    with request.db.read() as session:
        told = stories.listed(session, request.workspace_id, request.slack_user, words, request.now)
    request.ack(text=told)


def show_help(request: Request) -> None:
    with request.db.read() as session:
        me = members.me(session, request.workspace_id, request.slack_user, now=request.now)
        chosen = coaches.choices(session, request.workspace_id, me.id)
    request.ack(text=f"{views.usage()}\n\n{views.chosen(chosen)}")


VERBS: dict[str, Verb] = {
    "on": turn_on,
    "off": turn_off,
    "learning": learn,
    "naming": be_named,
    "stories": show_stories,
}
"""The first word after the command; any other is answered with help and the choices that stand."""


def _on_or_off(request: Request) -> bool | None:
    """None for any other words."""
    return {"on": True, "off": False}.get(" ".join(request.words).lower())


def _change(request: Request, change: Change) -> None:
    with request.db.begin() as session:
        me = members.me(session, request.workspace_id, request.slack_user, now=request.now)
        change(session, request.workspace_id, me.id)
        chosen = coaches.choices(session, request.workspace_id, me.id)
    request.ack(text=views.chosen(chosen))


def _number(word: str) -> int:
    if not (word.isascii() and word.isdecimal()):
        raise BadInput(_("Please say how many learners a week, from 1 to 10: `/coach on 2`."))
    return int(word)
