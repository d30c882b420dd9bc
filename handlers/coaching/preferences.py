"""`/coach`: offer to coach, stop, choose whether to be coached and named, and whom never to be paired with; a coach is
proposed and answers. Other verbs have modules of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_bolt import App

from bot.blocks.ids import Action
from bot.blocks.slash import SlashWords
from bot.coaching.domain import topics
from bot.coaching.services import preferences
from bot.coaching.views import preferences as views
from bot.core.enums import OutboxKind
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.services import members, people
from bot.scorecards.domain import command as asked
from handlers.common.asker import scene
from handlers.common.heard import Click, Typed, clicked
from handlers.debriefs import stories
from storage.books import Books
from storage.database import Session

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


def never(request: Request) -> None:
    """`never` lists, `never @person` adds, `never off @person` takes back; answered to the asker alone."""
    if not request.words:
        _list(request)
    elif request.mentioned is None:
        raise BadInput(_("Please name the person with an @: `/coach never @name`."))
    elif request.words[0].lower() == "off":
        _take_back(request, request.mentioned)
    else:
        _add(request, request.mentioned)


def _list(request: Request) -> None:
    with request.reading() as books:
        me = members.me(books, request.slack_user)
        viewer = people.viewer(books, me.id)
        access.require(viewer, Right.SEE_EXCLUSIONS, Subject(person_id=me.id))
        names = preferences.names(books, me.id)
    request.ack(text=views.listed(names))


def _add(request: Request, slack_user: str) -> None:
    with request.writing() as books:
        me = members.me(books, request.slack_user)
        other = _named(books.session, request, slack_user)
        preferences.add(books, me.id, other.id)
    request.ack(text=views.added(other.name))


def _take_back(request: Request, slack_user: str) -> None:
    with request.writing() as books:
        me = members.me(books, request.slack_user)
        other = _named(books.session, request, slack_user)
        preferences.take_back(books, me.id, other.id)
    request.ack(text=views.taken_back(other.name))


def _named(session: Session, request: Request, slack_user: str) -> members.Member:
    if not members.is_known(Books(session, request.workspace_id, request.now), slack_user):
        raise NotFound(_("That person is not on the roster, so you are not paired with them anyway."))
    return members.me(Books(session, request.workspace_id, request.now), slack_user)


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.COACH_YES)(clicked(answer_invitation))
    app.action(Action.COACH_NO)(clicked(answer_invitation))


def propose_coach(request: Request) -> None:
    if request.mentioned is None:
        raise BadInput(_("Please name the person with an @: `/coach propose @name`."))
    with request.writing() as books:
        here = scene(books, request.slack_user)
        person = here.mentioned(request.mentioned)
        here.require(Right.MANAGE_PAIRS, person)
        invited = preferences.propose_coach(books, person)
        words = views.proposed(invited.id, here.member.name)
        message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=person.id)
        outbox.put(books, message)
    request.ack(text=views.proposal_sent(person.name))


def answer_invitation(click: Click) -> None:
    yes = click.action["action_id"] == Action.COACH_YES
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        preferences.answer_invitation(books, me.id, click.id, yes=yes)
        chosen = preferences.choices(books, me.id)
    click.ack()
    text = views.accepted(chosen) if yes else views.declined()
    click.respond(text=text, blocks=[], replace_original=True)
