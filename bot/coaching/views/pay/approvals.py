"""A month's credit of several coaches, each to be approved with one tap; and what the coach hears of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement, PlainTextInputElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.pay import CoachPay, State
from bot.coaching.views.pay.statement import stands, sum_of
from bot.core.enums import Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views import unasked
from bot.people.views.names import short_name

MOST_COACHES = 20
"""Each takes two blocks of Slack's fifty."""


def to_approve(
    month: date, pays: Sequence[CoachPay], ids: Mapping[int, int], effect: Sequence[str], reads: Reader
) -> Words:
    """What waits for one's word, gathered once a month; `effect` is what coaching moved."""
    found = listed(month, pays, ids, effect, reads)
    return Words(found.text, [*found.blocks, unasked.stop_row(Unasked.PAY_TO_APPROVE)])


def listed(
    month: date, pays: Sequence[CoachPay], ids: Mapping[int, int], effect: Sequence[str], reads: Reader
) -> Words:
    """All that one may decide on; those that wait stand first."""
    if not pays:
        text = _("Nobody whose credit you approve held a coaching session in {month}.").format(
            month=reads.month(month)
        )
        return Words(text, [kit.section(text)])
    shown = sorted(pays, key=lambda one: not one.is_open)
    head = _("Coaching in {month}").format(month=reads.month(month))
    waiting = sum(one.is_open for one in pays)
    text = ngettext("{head}: {n} coach to approve", "{head}: {n} coaches to approve", waiting).format(
        head=head, n=waiting
    )
    blocks = [block for one in shown[:MOST_COACHES] for block in _coach(one, ids, reads)]
    rest = len(shown) - MOST_COACHES
    more = (
        _("{n} more: approve some, then ask again with `/coach paid team`. ").format(n=rest)
        if rest > 0
        else ""
    )
    file = _(
        "`/coach paid file` sends the month as a file for payroll; `/coach paid @name` shows each session."
    )
    return Words(
        text,
        [
            kit.header(text),
            *blocks,
            *([kit.section("\n".join(effect))] if effect else []),
            kit.context(more + file),
        ],
    )


def decided(pay: CoachPay, reads: Reader, *, is_news: bool) -> str:
    """To whoever decided."""
    name = short_name(pay.coach.name)
    text = (
        _("✓ {name}, {month}: approved.") if is_news else _("✓ {name}, {month}: that was approved already.")
    )
    return text.format(name=name, month=reads.month(pay.month))


def refused(pay: CoachPay, reads: Reader) -> Modal:
    text = _("✗ {name}, {month}: {name} hears why not. You can still approve it.")
    return kit.sentence(
        _("Why not?"), text.format(name=short_name(pay.coach.name), month=reads.month(pay.month))
    )


def file_is_coming(month: date, reads: Reader) -> str:
    return _("The coaching credit of {month} comes to you as a file, in our direct messages.").format(
        month=reads.month(month)
    )


def file_of(month: date, pays: Sequence[CoachPay], reads: Reader) -> str:
    approved = sum(one.state is State.APPROVED for one in pays)
    return _(
        "Coaching credit of {month}: {n} of {of} coaches approved. Only what is approved is to be paid."
    ).format(month=reads.month(month), n=approved, of=len(pays))


def to_coach(pay: CoachPay, reads: Reader) -> str:
    """What the coach hears once somebody has decided."""
    told = _sum(pay, reads)
    return _("Your coaching in {month}: {told}\n{stands}").format(
        month=reads.month(pay.month), told=told, stands=stands(pay, reads)
    )


def why_not_form(pay_id: int, pay: CoachPay, reads: Reader) -> Modal:
    return kit.modal(
        View.PAY_REFUSE,
        _("Why not?"),
        [
            kit.context(
                _("{name}, {month}. {name} reads what you write.").format(
                    name=short_name(pay.coach.name), month=reads.month(pay.month)
                )
            ),
            kit.ask(
                _("What speaks against it?"),
                Input.REASON,
                PlainTextInputElement(multiline=True, max_length=300),
                optional=False,
            ),
        ],
        submit=_("Send"),
        about=pay_id,
    )


def _coach(one: CoachPay, ids: Mapping[int, int], reads: Reader) -> list[Block]:
    teams = ", ".join(said(name, limit=40) for name in one.teams.values())
    who = f"*{short_name(one.coach.name)}*" + (f" ({teams})" if teams else "")
    text = f"{who}: {_sum(one, reads)}" + ("" if one.state is State.WAITING else f"\n{stands(one, reads)}")
    return [kit.section(text), kit.buttons(*buttons(one, ids[one.coach.id]))]


def buttons(one: CoachPay, pay_id: int) -> list[ButtonElement]:
    """What may still be said of it."""
    approve = kit.button(_("Approve"), Action.PAY_APPROVE, pay_id, style="primary")
    refuse = kit.button(_("Not so"), Action.PAY_REFUSE, pay_id)
    return {State.APPROVED: [refuse], State.REFUSED: [approve]}.get(one.state, [approve, refuse])


def _sum(one: CoachPay, reads: Reader) -> str:
    return sum_of(
        one.statement, one.currency, reads, relief=one.relief, unpriced=_("No rate is set for an hour.")
    )
