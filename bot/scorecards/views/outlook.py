"""Where one stands in the period that runs, in words: the goal, the pace, and what is still to come."""

from bot.blocks.reader import Reader
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.pipeline.domain.forecast import FEWEST_CLOSED, Forecast, Unforeseen
from bot.scorecards.domain.money.goals import Progress
from bot.scorecards.domain.money.outlook import Outlook


def goal(value: Outlook, reads: Reader) -> str:
    """`🎯 2026-Q4: 61% of the goal of $100,000, 58% of its working days gone`; blank without a goal."""
    progress = value.progress
    if progress is None:
        return ""
    amount = reads.money(progress.goal.value, progress.goal.currency)
    if progress.attainment is None:
        return _("🎯 {period}: the goal is {amount}. {why}").format(
            period=value.period.label, amount=amount, why=_no_share(value, progress)
        )
    told = _("🎯 {period}: {share} of the goal of {amount}, {gone} of its working days gone").format(
        period=value.period.label,
        share=reads.percent(progress.attainment),
        amount=amount,
        gone=reads.percent(progress.gone),
    )
    if progress.pace is None:
        return told
    return _("{told} (pace {pace})").format(told=told, pace=reads.number(progress.pace, digits=2))


def team(value: Outlook, reads: Reader) -> list[str]:
    """For those who lead: the team's AEs together."""
    told = (goal(value, reads), to_come(value, reads))
    return [line for line in told if line]


def share_of_goal(value: Outlook, team: str, reads: Reader) -> str:
    """For a channel, of the quarter that runs: no amount; blank where one rep's part could be read from it."""
    progress = value.progress
    if progress is None or progress.attainment is None or not value.can_be_public:
        return ""
    return _("💰 {team}: {share} of the quarter's goal, {gone} of its working days gone").format(
        team=team, share=reads.percent(progress.attainment), gone=reads.percent(progress.gone)
    )


def to_come(value: Outlook, reads: Reader) -> str:
    """What is won, what is open, and what is likely by the end, with how sure that is."""
    if value.forecast is None:
        return ""
    parts = [_won(value, reads), _open(value, value.forecast, reads), _likely(value, value.forecast, reads)]
    return " ".join(part for part in parts if part)


def _no_share(value: Outlook, progress: Progress) -> str:
    if not progress.goal.value:
        return _("Of a goal of nothing there is no share.")
    if value.are_goals_unpriced:
        return _("The won deals have no amount.")
    return _("What came in cannot be told in its currency: your admin can import a rate.")


def _won(value: Outlook, reads: Reader) -> str:
    told = []
    if value.won is not None:
        amount = reads.money(value.won, value.currency)
        told.append(_("💰 Won in {period}: {amount}.").format(period=value.period.label, amount=amount))
    if value.unpriced:
        without = ngettext("{n} won deal has no amount.", "{n} won deals have no amount.", value.unpriced)
        told.append(without.format(n=value.unpriced))
    return " ".join(told)


def _open(value: Outlook, found: Forecast, reads: Reader) -> str:
    if not found.open or value.open is None:
        return ""
    told = ngettext("Open: {amount} in {n} deal", "Open: {amount} in {n} deals", found.open).format(
        amount=reads.money(value.open, value.currency), n=reads.number(found.open)
    )
    return (
        _("{told}, of which {n} without an amount.").format(told=told, n=reads.number(found.unknown))
        if found.unknown
        else f"{told}."
    )


def _likely(value: Outlook, found: Forecast, reads: Reader) -> str:
    if found.interval is None or found.expected is None:
        return _nothing(found.why) if found.why else ""
    low, high = (reads.money(round(one), value.currency) for one in found.interval)
    return _(
        "With the deals open now, likely {middle} by its end: {low} to {high}, 8 times in 10. New deals come on top."
    ).format(middle=reads.money(round(found.expected), value.currency), low=low, high=high)


def _nothing(why: Unforeseen) -> str:
    match why:
        case Unforeseen.FEW_CLOSED:
            return _("No forecast: fewer than {n} deals closed in the last 52 weeks.").format(n=FEWEST_CLOSED)
        case Unforeseen.SEVERAL_CURRENCIES:
            return _("No forecast: the deals are in several currencies, and a rate is missing.")
        case Unforeseen.AMOUNTS_UNKNOWN:
            return _(
                "No forecast: open deals have no amount, and too few won ones tell what they may be worth."
            )
        case Unforeseen.NOT_RUNNING | Unforeseen.NO_DEALS:
            return ""
