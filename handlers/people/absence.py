"""`/scorecard away 3-14 Aug`: one's own days off, and for managers those of theirs."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.blocks.words import Words
from bot.delivery.inbox import Inbox
from bot.people.domain import leave as rules
from bot.people.domain.access import Right
from bot.people.services import calendars
from bot.people.services.members import Member
from bot.people.views import roster as views
from bot.people.views.roster import Off
from bot.scorecards.domain.command import MENTION
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, clicked
from handlers.scorecards.scorecard import Request


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.LEAVE_BACK)(clicked(take_back))


def away(request: Request) -> None:
    """Without days, what is ahead."""
    _verb, _blank, text = str(request.body.get("text") or "").strip().partition(" ")
    typed = MENTION.sub("", text).strip()
    with request.writing() as books:
        here = scene(books, request.slack_user)
        rep = here.mentioned(request.asked.slack_user or request.slack_user)
        here.require(Right.SET_LEAVE, rep)
        if typed:
            days = rules.parse(typed, today=here.today)
            calendars.add(books, rep.id, days)
        words = _listed(here, rep)
    request.ack(blocks=words.blocks, text=words.text)


def take_back(click: Click) -> None:
    with click.writing() as books:
        here = scene(books, click.slack_user)
        found = calendars.find(books, click.id)
        rep = here.person(found.person_id)
        here.require(Right.SET_LEAVE, rep)
        calendars.take_back(books, found.id, today=here.today)
        words = _listed(here, rep)
    click.ack()
    click.respond(blocks=words.blocks, text=words.text, response_type="ephemeral", replace_original=True)


def _listed(here: Scene, rep: Member) -> Words:
    ahead = calendars.ahead(here.books, rep.id, here.today)
    offs = [Off(one.id, one.days) for one in ahead]
    return views.away(rep.name, offs, here.reads, own=rep.id == here.member.id)
