"""The goal in money within the form of targets: what is asked, and what was typed."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.blocks.ids import Input
from bot.calendar import periods
from bot.calendar.periods import Period
from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.people.services import workspace as workspaces
from bot.people.services.teams import Floor
from bot.pipeline.domain.deal import amount_of, bad_amount, bad_currency
from bot.pipeline.domain.portfolio import Amount
from bot.scorecards.domain.money.goals import WITH_GOALS, Owner
from bot.scorecards.services import goals
from bot.scorecards.views import goals as views
from handlers.common import forms
from handlers.common.asker import Scene


def asked(here: Scene, floor: Floor, role: Role, owner: Owner) -> list[Block]:
    """Nothing for a role without money."""
    if role not in WITH_GOALS:
        return []
    currency = workspaces.settings(here.books).currency
    return views.asked(_offered(here, floor), goals.given(here.books, owner), currency, here.reads)


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
    changed = [owner for owner in owners if goals.put(here.books, owner, period.label, goal)]
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
