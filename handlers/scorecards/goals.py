"""Goals: a rep's in money, within the form of targets, and `/scorecard goal`, a team's of the quarter."""

from collections.abc import Sequence
from typing import Any

from slack_bolt import App
from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.ids import Input, View
from bot.calendar import periods
from bot.calendar.periods import Period
from bot.core.enums import Metric, Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import teams
from bot.people.services import workspace as workspaces
from bot.people.services.teams import Floor
from bot.pipeline.domain.deal import amount_of, bad_amount, bad_currency
from bot.pipeline.domain.portfolio import Amount
from bot.scorecards.domain.money import WITH_GOALS, Owner
from bot.scorecards.domain.targets import TeamGoal, share_of
from bot.scorecards.services import money, team_goals
from bot.scorecards.views import goals as views
from handlers.common import forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Submission, submitted
from handlers.common.opening import form
from handlers.scorecards.scorecard import Request


def asked(here: Scene, floor: Floor, role: Role, owner: Owner) -> list[Block]:
    """Nothing for a role without money."""
    if role not in WITH_GOALS:
        return []
    currency = workspaces.settings(here.books).currency
    return views.asked(_offered(here, floor), money.given(here.books, owner), currency, here.reads)


def put(
    here: Scene, floor: Floor, view: dict[str, Any], role: Role, owners: Sequence[Owner]
) -> tuple[str, str]:
    """Sets what was typed; what to say of it to its author and to others. Blank where nothing was typed or changed.

    Raises BadInput.
    """
    typed = forms.text(view, Input.QUOTA)
    if role not in WITH_GOALS or not typed:
        return "", ""
    goal = _goal(view, typed)
    chosen = forms.choice(view, Input.QUOTA_PERIOD)
    period = next((one for one in _offered(here, floor) if one.label == chosen), None)
    if period is None:
        raise BadInput(_("Please pick a month or quarter."), field=Input.QUOTA_PERIOD)
    changed = [owner for owner in owners if money.put(here.books, owner, period.label, goal)]
    if not changed:
        return "", ""
    return views.saved(period, goal, here.today, here.reads), views.change(period, goal, here.reads)


def _goal(view: dict[str, Any], typed: str) -> Amount:
    amount = amount_of(typed)
    if amount is None:
        raise BadInput(_("Please give a number, such as 40 or 2.5."), field=Input.QUOTA)
    if amount < 0:
        raise BadInput(_("This cannot be less than 0."), field=Input.QUOTA)
    if sentence := bad_amount(amount):
        raise BadInput(sentence, field=Input.QUOTA)
    currency = forms.text(view, Input.QUOTA_CURRENCY).upper()
    if sentence := bad_currency(currency):
        raise BadInput(sentence, field=Input.QUOTA_CURRENCY)
    return Amount(amount, currency)


def _offered(here: Scene, floor: Floor) -> list[Period]:
    """The running quarter and the next, the running month and the next."""
    found = []
    for name in ("quarter", "month"):
        running = here.period(name, floor)
        after = periods.parse(name, now=running.end, zone=floor.zone, fiscal_start=floor.fiscal_start)
        found += [running, after]
    return found


def register(app: App, _inbox: Inbox) -> None:
    app.view(View.TEAM_GOAL)(submitted(submit))


def show(request: Request) -> None:
    """A rep reads it; who leads the team chooses it."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        name = request.asked.rest
        floor = teams.named(books, name) if name else teams.led(books, here.member)
        may_set = floor.id is not None and access.may(here.viewer, Right.SET_TARGETS, floor.subject)
        if not may_set:
            floor = teams.own(books, here.member)
        if not may_set or floor.id is None:
            quarter = team_goals.quarter_of(floor, here.now)
            found = team_goals.together(books, floor, quarter, as_of=here.now)
            request.ack(text=views.team_goal_shown(floor.name, found, here.reads))
            return
    _open(request, floor, floor.id)


def _open(request: Request, floor: Floor, team_id: int) -> None:
    with form(request) as opening, request.reading() as books:
        here = scene(books, request.slack_user)
        quarter = team_goals.quarter_of(floor, here.now)
        found = team_goals.together(books, floor, quarter, as_of=here.now)
        goal = team_goals.given(books, floor, quarter)
        opening.show(views.team_goal_form(team_id, quarter.label, goal, found, here.reads))


def submit(sent: Submission) -> None:
    chosen, percent = forms.choice(sent.view, Input.KIND), forms.text(sent.view, Input.GOAL)
    goal = None if chosen == views.NONE else TeamGoal(Metric(chosen), share_of(percent))
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        floor: Floor = next(iter(teams.among(books, [sent.id])), teams.everywhere(books))
        quarter = team_goals.quarter_of(floor, here.now)
        team_goals.put(books, here.viewer, floor, quarter, goal)
        told = views.team_goal_saved(goal, quarter.label, here.reads)
    sent.ack(response_action="update", view=kit.sentence(_("Saved"), told))
