"""`/coach`: offer to coach, stop, and choose whether to be coached and named; other verbs have modules of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.blocks.slash import SlashWords
from bot.coaching.domain import topics
from bot.coaching.services import preferences
from bot.coaching.views import preferences as views
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.people.services import members
from bot.scorecards.domain import command as asked
from handlers.common.heard import Typed
from handlers.debriefs import stories
from storage.books import Books

ANYTHING = ("any", "anything", "all")
"""Words that take topics back."""


@dataclass(frozen=True, slots=True)
class Request(Typed):
    """One `/coach` as a verb finds it; `words` are those after the verb, as they were typed, `known` all there are."""

    words: list[str]
    known: SlashWords[Any]
    elsewhere: str = ""
    """What was typed, where it is another command's."""

    @property
    def mentioned(self) -> str | None:
        """The Slack user whom the words name first."""
        mentions = (asked.MENTION.fullmatch(word) for word in self.words)
        return next((mention[1] for mention in mentions if mention), None)


Change = Callable[[Books, int], None]
"""Of the choices of a person of a workspace."""


def turn_on(request: Request) -> None:
    """`on`, `on 3`, `on pricing`, `on 2 pricing authority`, `on any`."""
    words = [word.lower() for word in request.words]
    capacity = _number(words.pop(0)) if words and words[0][:1].isnumeric() else None
    chosen = None if not words else topics.read("" if words[0] in ANYTHING else " ".join(words))
    _change(request, partial(preferences.offer, capacity=capacity, topics=chosen))


def turn_off(request: Request) -> None:
    _change(request, preferences.withdraw)


def learn(request: Request) -> None:
    wants = _on_or_off(request)
    if wants is None:
        show_help(request)
    else:
        _change(request, partial(preferences.learn, wants=wants))


def be_named(request: Request) -> None:
    named = _on_or_off(request)
    if named is None:
        show_help(request)
    else:
        _change(request, partial(preferences.be_named, named=named))


def show_stories(request: Request) -> None:
    words = [word.lower() for word in request.words]
    with request.reading() as books:
        told = stories.listed(books, request.slack_user, words)
    request.ack(text=told)


def show_help(request: Request) -> None:
    typed = str(request.body.get("text") or "")
    with request.reading() as books:
        me = members.me(books, request.slack_user)
        chosen = preferences.choices(books, me.id)
    request.ack(text=f"{views.usage(request.known, typed, request.elsewhere)}\n\n{views.chosen(chosen)}")


def _on_or_off(request: Request) -> bool | None:
    """None for any other words."""
    return {"on": True, "off": False}.get(" ".join(request.words).lower())


def _change(request: Request, change: Change) -> None:
    with request.writing() as books:
        me = members.me(books, request.slack_user)
        change(books, me.id)
        chosen = preferences.choices(books, me.id)
    request.ack(text=views.chosen(chosen))


def _number(word: str) -> int:
    if not (word.isascii() and word.isdecimal()):
        raise BadInput(_("Please say how many learners a week, from 1 to 10: `/coach on 2`."))
    return int(word)
