"""A goal in money, as those who lead set it: its part of the targets' form, and what is said when it is set."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, NumberInputElement, PlainTextInputElement, StaticSelectElement

from bot.blocks import kit
from bot.blocks.ids import Input
from bot.blocks.reader import Reader
from bot.calendar.periods import Period
from bot.core.i18n import gettext as _
from bot.pipeline.domain.portfolio import Amount
from bot.scorecards.domain.money.goals import Quota

MOST_TOLD = 6


def asked(periods: Sequence[Period], given: Sequence[Quota], currency: str, reads: Reader) -> list[Block]:
    """`periods` are those to choose from, the first of them unless another is picked; `given` is what stands."""
    options = [kit.option(one.label, one.label) for one in periods]
    told = _("*Goal in money*, for each of them: what an AE is to win, what an AM's accounts are to grow by.")
    return [
        kit.divider(),
        kit.context(*(part for part in (told, _given(given, currency, reads)) if part)),
        kit.ask(_("Goal in money"), Input.QUOTA, NumberInputElement(is_decimal_allowed=True)),
        kit.ask(
            _("Its currency"),
            Input.QUOTA_CURRENCY,
            PlainTextInputElement(initial_value=currency, max_length=3),
        ),
        kit.ask(
            _("Its month or quarter"),
            Input.QUOTA_PERIOD,
            StaticSelectElement(options=options, initial_option=options[0]),
        ),
    ]


def saved(period: Period, goal: Amount, today: date, reads: Reader) -> str:
    told = _("🎯 The goal of {period} is {amount}.").format(
        period=period.label, amount=reads.money(goal.value, goal.currency)
    )
    first = period.dates()[0]
    if first <= today:
        return told
    return _("{told} It has not begun: its first day is {day}.").format(told=told, day=reads.day(first))


def change(period: Period, goal: Amount, reads: Reader) -> str:
    return _("goal in money of {period} → {amount}").format(
        period=period.label, amount=reads.money(goal.value, goal.currency)
    )


def _given(given: Sequence[Quota], currency: str, reads: Reader) -> str:
    latest = sorted(given, key=lambda one: one.period)[-MOST_TOLD:]
    told = [
        _("{period} {amount}").format(
            period=one.period, amount=reads.money(one.amount.value, one.amount.currency or currency)
        )
        for one in latest
    ]
    return _("Set so far: {goals}.").format(goals=", ".join(told)) if told else ""
