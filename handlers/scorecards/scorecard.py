"""`/scorecard`: one's own numbers, a rep's, a team's, and who is top."""

from dataclasses import dataclass
from typing import Any

from slack_bolt import App

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.slash import SlashWords
from bot.blocks.words import Words
from bot.calendar.periods import Period
from bot.core.enums import SELLING_ROLES, OutboxKind, Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.home.views import own as home_views
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import members, teams
from bot.people.services.teams import Floor
from bot.pipeline.domain.stuck import Pipeline
from bot.pipeline.services import stuck as pipelines
from bot.privacy.services.erasure import sums
from bot.privacy.views import privacy as privacy_views
from bot.scorecards.domain.command import Asked, near_period
from bot.scorecards.domain.scorecard import Board
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import outlook, rankings
from bot.scorecards.views import help as scorecard_help
from bot.scorecards.views import outlook as outlook_views
from bot.scorecards.views import ranking as ranking_views
from handlers.common import asker
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Typed, clicked
from handlers.scorecards import card as cards
from storage.books import Books


@dataclass(frozen=True, slots=True)
class Request(Typed):
    """One `/scorecard` as a verb finds it: who asks for what, how to answer, and all that one could ask."""

    asked: Asked
    known: SlashWords[Any]
    elsewhere: str = ""
    """What was typed, where it is another command's: `/coach stories`."""


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.TEAM_NUMBERS)(clicked(send_team))


def show(request: Request) -> None:
    """One's own card, or that of the rep who is mentioned."""
    if request.asked.rest:
        show_help(request)
        return
    with request.reading() as books:
        here = scene(books, request.slack_user)
        rep = here.mentioned(request.asked.slack_user or request.slack_user)
        words = cards.card(here, rep, request.asked.period)
    asker.saw(request.db, here, rep, "card")
    request.ack(blocks=words.blocks, text=words.text)


def ask_place(request: Request) -> None:
    """`/scorecard where`: to the asker alone, about the asker alone."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        words = cards.place(here, here.member)
    request.ack(blocks=words.blocks, text=words.text)


def send_team(click: Click) -> None:
    """From a manager's Home tab, by message: a table fits no form."""
    with click.reading() as books:
        here = scene(books, click.slack_user)
        [floor] = teams.among(books, [click.id]) or [here.floor_of(here.member)]
        access.require(here.viewer, Right.SEE_TEAM, floor.subject)
        words = _team(here, floor, "")
    asker.saw_team(click.db, here, floor, "team")
    with click.writing() as books:
        message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=here.member.id)
        outbox.put(books, message)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=home_views.comes_by_message(floor.name))


def show_team(request: Request) -> None:
    with request.reading() as books:
        here = scene(books, request.slack_user)
        floor = _floor(here, request.asked.rest)
        access.require(here.viewer, Right.SEE_TEAM, floor.subject)
        words = _team(here, floor, request.asked.period)
    asker.saw_team(request.db, here, floor, "team")
    request.ack(blocks=words.blocks or None, text=words.text)


def show_top(request: Request) -> None:
    """Of one's own team, as its digest would tell it."""
    if request.asked.rest:
        show_help(request)
        return
    with request.reading() as books:
        here = scene(books, request.slack_user)
        floor = teams.own(books, here.member)
        period = here.period(request.asked.period, floor)
        roles = (request.asked.role,) if request.asked.role else SELLING_ROLES
        boards = _boards(here, roles, period, floor, public=True)
        reads = here.reads
    if boards:
        words = ranking_views.top(boards, reads)
        request.ack(blocks=words.blocks, text=words.text)
    else:
        request.ack(text=ranking_views.nobody(floor.name))


def show_help(request: Request) -> None:
    """What one can ask; a near miss is asked about in a line."""
    if request.asked.verb == "help" and request.asked.rest.lower() == "all":
        words = scorecard_help.whole(request.known)
        request.ack(blocks=words.blocks, text=words.text)
        return
    unknown = "" if request.asked.verb == "help" else request.text
    near = scorecard_help.not_understood(request.known, unknown, request.elsewhere) if unknown else None
    if near:
        request.ack(text=near)
        return
    with request.reading() as books:
        words = _usage(books, request.slack_user)
    words = scorecard_help.unknown(unknown, words) if unknown else words
    request.ack(blocks=words.blocks, text=words.text)


def _usage(books: Books, slack_user: str) -> Words:
    """Also for somebody whom the roster does not know."""
    if not members.is_known(books, slack_user):
        return scorecard_help.usage(frozenset(), is_admin=False)
    me = members.me(books, slack_user)
    return scorecard_help.usage(me.roles, is_admin=me.is_admin)


def _team(here: Scene, floor: Floor, asked_for: str) -> Words:
    """Its reps at a glance; without blocks where it has none."""
    period = here.period(asked_for, floor)
    boards = _boards(here, SELLING_ROLES, period, floor, public=False)
    if not boards:
        return Words(ranking_views.nobody(floor.name), [])
    words = ranking_views.team(boards, _pipeline_of(here, floor, period), here.reads)
    gone = sums.of_months(here.books, floor.id, period)
    found = outlook.of_team(here.books, floor, period, as_of=here.now)
    money = outlook_views.of_team(found, here.reads) if found else []
    text = "\n".join([words.text, *money])
    return Words(text, [*words.blocks, *map(kit.section, money), *privacy_views.former(gone)])


def _floor(here: Scene, name: str) -> Floor:
    if near := near_period(name):
        raise BadInput(
            _("I know no team “{name}”. Did you mean `{near}`?").format(name=said(name), near=near)
        )
    if name:
        return teams.named(here.books, name)
    return teams.led(here.books, here.member)


def _boards(
    here: Scene, roles: tuple[Role, ...], period: Period, floor: Floor, *, public: bool
) -> list[Board]:
    """Of the roles that anybody holds."""
    role_estimates.read_ahead(here.books, [(role, period) for role in roles], as_of=here.now)
    found = (
        rankings.board_of(here.books, role, period, as_of=here.now, team_id=floor.id, public=public)
        for role in roles
    )
    return [board for board in found if board.reps]


def _pipeline_of(here: Scene, floor: Floor, period: Period) -> Pipeline | None:
    if floor.id is None:
        return None
    return pipelines.of_team(here.books, floor.id, period, as_of=here.now)
