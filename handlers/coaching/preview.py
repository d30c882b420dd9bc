"""`/scorecard pairs`: a manager previews the pairs of the week to come, and pins, blocks, swaps or lets go."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.coaching.domain.plans import PairingPlan
from bot.coaching.jobs import open_week
from bot.coaching.services import pair_wishes
from bot.coaching.services import pairing as pairings
from bot.coaching.services.pair_wishes import Couple
from bot.coaching.services.weeks import schedule
from bot.coaching.views import preview as views
from bot.coaching.views import wishes as wish_views
from bot.coaching.views.preview import lots_set
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.services import teams
from bot.people.services.teams import Floor
from handlers.common import asker, forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.common.opening import form
from handlers.common.respond_later import answering
from handlers.scorecards.scorecard import Request


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.PAIR_CHANGE)(clicked(open_form_on))
    app.action(Action.PAIR_WISH)(clicked(open_form))
    app.action(Action.REMOVE_WISH)(clicked(remove))
    app.action(Action.PAIR_LOTS)(clicked(set_lots))
    app.action(Action.PAIR_NO_LOTS)(clicked(set_lots))
    app.view(View.PAIR_WISH)(submitted(submit))


def preview(request: Request) -> None:
    """The plan with its values and reasons; making it may take longer than Slack waits."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        floor = _asked_team(here, request.asked.rest)
    request.ack()
    with request.reading() as books:
        here = scene(books, request.slack_user)
        plan = _plan(here, _id(floor))
        wishes = [
            (one.id, wish_views.wish(is_pin=one.is_pin, coach=one.coach, learner=one.learner, by=one.by))
            for one in pair_wishes.standing(books, plan)
        ]
        draws_lots = pairings.draws_lots(books, plan.team_id)
    asker.saw_team(request.db, here, floor, "pairs")
    words = views.preview(plan, floor.name, wishes, here.reads, draws_lots=draws_lots)
    answering(request.body, request.client)(text=words.text, blocks=words.blocks, response_type="ephemeral")


def open_form_on(click: Click) -> None:
    """About one learner."""
    with form(click) as opening, click.reading() as books:
        here = scene(books, click.slack_user)
        learner = here.person(click.id)
        floor = here.require(Right.MANAGE_PAIRS, learner)
        opening.show(_form(here, _id(floor), learner.id))


def open_form(click: Click) -> None:
    """About a team."""
    with form(click) as opening, click.reading() as books:
        here = scene(books, click.slack_user)
        opening.show(_form(here, _leads(here, click.id), None))


def submit(sent: Submission) -> None:
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        team_id = _leads(here, sent.id)
        match forms.choice(sent.view, Input.WISH):
            case views.SWAP | views.SWAP_ANYWAY as way:
                lines = _swap(here, team_id, sent.view, anyway=way == views.SWAP_ANYWAY)
            case views.PIN_NOW:
                lines = [_pin_now(here, team_id, sent.view)]
            case way:
                lines = _pin_or_block(here, team_id, sent.view, is_pin=way == views.PIN)
    sent.ack(response_action="update", view=wish_views.saved(lines))


def remove(click: Click) -> None:
    wish_id = click.id
    with click.writing() as books:
        here = scene(books, click.slack_user)
        about = pair_wishes.team_of(books.at(here.now), wish_id)
        access.require(here.viewer, Right.MANAGE_PAIRS, about)
        pair_wishes.remove(books, wish_id)
    click.ack()
    click.respond(text=wish_views.removed(), response_type="ephemeral", replace_original=False)


def set_lots(click: Click) -> None:
    """The manager has scarce places drawn among equals, or not."""
    wanted = click.action["action_id"] == Action.PAIR_LOTS
    with click.writing() as books:
        here = scene(books, click.slack_user)
        pairings.draw_lots(books, _leads(here, click.id), wanted=wanted)
    click.ack()
    click.respond(text=lots_set(wanted=wanted), response_type="ephemeral", replace_original=False)


def _swap(here: Scene, team_id: int, view: forms.Entered, *, anyway: bool) -> list[str]:
    """Shows both pairs with their reasons and worth; one that teaches nothing is made when it is said twice."""
    learner, other = _picked(view, Input.LEARNER), _picked(view, Input.OTHER)
    made = pair_wishes.swap(here.books, _plan(here, team_id), here.member, learner, other)
    learners = {one.learner.id for one in made}
    pairs = [one for one in _plan(here, team_id).pairs if one.learner.id in learners]
    useless = [one for one in pairs if one.value <= 0]
    if useless and not anyway:
        raise BadInput(wish_views.no_use(useless), field=Input.WISH)
    return [wish_views.swapped(one, made[0].week, here.reads) for one in pairs]


def _pin_now(here: Scene, team_id: int, view: forms.Entered) -> str:
    """In the week that runs: both hear of it, and so do those whose pair it ends."""
    coach_id, learner_id = _picked(view, Input.COACH), _picked(view, Input.LEARNER)
    week = schedule.running(here.books, team_id) or _week(here, team_id)
    couple = pair_wishes.couple(here.books, here.member, team_id, week, coach_id, learner_id)
    pair_wishes.pin(here.books, couple)
    open_week.pin_now(here.books, team_id, week, learner_id)
    return wish_views.pinned_now(couple.coach.name, couple.learner.name)


def _pin_or_block(here: Scene, team_id: int, view: forms.Entered, *, is_pin: bool) -> list[str]:
    couple = pair_wishes.couple(
        here.books,
        here.member,
        team_id,
        _week(here, team_id),
        _picked(view, Input.COACH),
        _picked(view, Input.LEARNER),
    )
    if is_pin:
        pair_wishes.pin(here.books, couple)
        return _told(here, [couple])
    pair_wishes.block(here.books, couple)
    return [wish_views.blocked(couple.coach.name, couple.learner.name)]


def _told(here: Scene, made: Sequence[Couple]) -> list[str]:
    return [wish_views.pinned(one.coach.name, one.learner.name, one.week, here.reads) for one in made]


def _picked(view: forms.Entered, name: Input) -> int:
    chosen = forms.choice(view, name)
    if not chosen:
        raise BadInput(_("Please choose somebody here."), field=name)
    return int(chosen)


def _form(here: Scene, team_id: int, learner_id: int | None) -> Any:
    """Raises BadInput where nobody coaches."""
    may_coach, may_learn = pairings.sides(here.books, team_id, _week(here, team_id))
    if not may_coach or not may_learn:
        raise BadInput(wish_views.nobody_coaches())
    chosen = next((one for one in may_learn if one.id == learner_id), None)
    return views.form(team_id, may_coach, may_learn, chosen)


def _plan(here: Scene, team_id: int) -> PairingPlan:
    week = _week(here, team_id)
    return pairings.propose(here.books, team_id, week, as_of=here.now)


def _week(here: Scene, team_id: int) -> date:
    return pairings.upcoming(here.books, team_id)


def _asked_team(here: Scene, asked: str) -> Floor:
    """The team named, else the one that the asker leads; raises unless they may change its pairs."""
    floor = teams.named(here.books, asked) if asked else teams.led(here.books, here.member)
    access.require(here.viewer, Right.MANAGE_PAIRS, floor.subject)
    return floor


def _id(floor: Floor) -> int:
    if floor.id is None:
        raise BadInput(_("Which team? Write `/scorecard pairs` and the team's name."))
    return floor.id


def _leads(here: Scene, team_id: int) -> int:
    access.require(here.viewer, Right.MANAGE_PAIRS, Subject(team_ids=frozenset({team_id})))
    return team_id
