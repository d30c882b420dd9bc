"""One rep's card and place: for other periods, with everything, over Home; and what one can do from there."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.blocks.words import Words
from bot.calendar.periods import Period
from bot.calls.services import conversations
from bot.calls.views import conversation as conversation_views
from bot.coaching.services import preferences
from bot.coaching.views.preferences import chosen
from bot.core.enums import SELLING_ROLES, Role
from bot.debriefs.services import last_time
from bot.debriefs.views import last_time as last_views
from bot.delivery.inbox import Inbox
from bot.home.views import own as home_views
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.domain.stints import Rep
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain import league
from bot.scorecards.domain.drilldown import figure_id
from bot.scorecards.domain.money import WITH_GOALS, Outlook
from bot.scorecards.domain.scorecard import Scorecard
from bot.scorecards.services import outlook, rankings
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.views import place as place_views
from bot.scorecards.views import scorecard as views
from handlers.common import asker
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, clicked
from handlers.common.opening import form


def register(app: App, _inbox: Inbox) -> None:
    for action in views.PERIODS:
        app.action(action)(clicked(show_period))
    app.action(Action.MY_SCORECARD)(clicked(show_mine))
    app.action(Action.CARD_MORE)(clicked(show_more))
    app.action(Action.CARD_LESS)(clicked(show_less))
    app.action(Action.MY_PLACE)(clicked(show_place))
    app.action(Action.TEACH)(clicked(offer_to_coach))


def show_period(click: Click) -> None:
    """The same card for another period, in its place."""
    with click.reading() as books:
        here = scene(books, click.slack_user)
        rep = here.person(click.id)
        words = card(here, rep, views.PERIODS[Action(click.action["action_id"])])
    asker.saw(click.db, here, rep, "card")
    _replace(click, words)


def show_more(click: Click) -> None:
    """The same card with every figure, in its place."""
    _show_again(click, whole=True)


def show_less(click: Click) -> None:
    _show_again(click, whole=False)


def show_mine(click: Click) -> None:
    """From the Home tab, over it."""
    with form(click) as opening, click.reading() as books:
        here = scene(books, click.slack_user)
        opening.show(home_views.card(card(here, here.member, "", whole=True)))


def show_place(click: Click) -> None:
    with click.reading() as books:
        here = scene(books, click.slack_user)
        words = place(here, here.person(click.id))
    click.ack()
    click.respond(blocks=words.blocks, text=words.text, response_type="ephemeral", replace_original=False)


def offer_to_coach(click: Click) -> None:
    with click.writing() as books:
        here = scene(books, click.slack_user)
        preferences.offer(books, here.member.id, capacity=None)
        told = chosen(preferences.choices(books, here.member.id))
    click.ack()
    click.respond(text=told, response_type="ephemeral", replace_original=False)


def card(here: Scene, rep: Member, asked_for: str, *, whole: bool = False) -> Words:
    """Raises NotAllowed unless the asker may see it."""
    floor = here.require(Right.SEE_SCORECARD, rep)
    period = here.period(asked_for, floor)
    found = scorecards.scorecard_of(here.books, rep.id, period, as_of=here.now)
    pipeline = None
    theirs = Subject(person_id=rep.id, team_ids=here.floor_of(rep).subject.team_ids)
    if found.rep.role is Role.AE and access.may(here.viewer, Right.SEE_PIPELINE, theirs):
        pipeline = pipelines.of_rep(here.books, rep.id, found.period, as_of=here.now)
    own = access.may(here.viewer, Right.SEE_PLACE, theirs)
    coaches = rep.willing or found.rep.role not in SELLING_ROLES
    own_lines = [_talk(here, found.rep), _resolutions(here, found)] if own and whole else []
    return views.card(
        found,
        here.reads,
        own=own,
        pipeline=pipeline,
        whole=whole,
        coaches=coaches,
        for_rep=tuple(filter(None, own_lines)),
        outlook=_outlook(here, found.rep, floor, period, whole=whole),
    )


def _outlook(here: Scene, rep: Rep, floor: Floor, period: Period, *, whole: bool) -> Outlook | None:
    """At a glance only the goal is told, which takes no forecast."""
    if rep.role not in WITH_GOALS:
        return None
    return outlook.of_rep(here.books, rep.id, floor, period, as_of=here.now, forecasts=whole)


def _talk(here: Scene, rep: Rep) -> str:
    """Where transcripts are read; the rep's alone, whoever else may see the card."""
    told = conversations.trend_of(here.books, rep.id, rep.role)
    return conversation_views.trend(told, rep.role, here.reads) if told else ""


def _resolutions(here: Scene, found: Scorecard) -> str:
    """The rep's alone, whoever else may see the card."""
    kept = last_time.resolutions(here.books, found.rep.id, found.period.start, found.period.end)
    return last_views.resolutions(kept)


def place(here: Scene, rep: Member) -> Words:
    """Raises NotAllowed unless the asker is the rep."""
    floor = here.require(Right.SEE_PLACE, rep)
    period = here.period("", floor)
    found = scorecards.scorecard_of(here.books, rep.id, period, as_of=here.now)
    standing = None
    if found.rep.role in SELLING_ROLES:
        board = rankings.board_of(here.books, found.rep.role, period, as_of=here.now)
        standing = league.place(board.ranking, rep.id)
    return place_views.where_i_stand(found, standing, here.reads)


def _show_again(click: Click, *, whole: bool) -> None:
    about = figure_id(click.value)
    with click.reading() as books:
        here = scene(books, click.slack_user)
        rep = here.person(about.person_id)
        words = card(here, rep, about.days, whole=whole)
    asker.saw(click.db, here, rep, "card")
    _replace(click, words)


def _replace(click: Click, words: Words) -> None:
    click.ack()
    click.respond(blocks=words.blocks, text=words.text, response_type="ephemeral", replace_original=True)
