"""Where one stands in the period that runs: the goal, the pace, what is still to come, and how earlier forecasts
went.
"""

from slack_sdk.models.blocks import Block, ImageBlock

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import NOT_DRAWN_YET, Words
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.pipeline.domain.forecast import FEWEST_CLOSED, Forecast, Unforeseen
from bot.scorecards.domain.money import QUARTERS, Outlook, Progress, Record, Said
from bot.scorecards.views.charts import RECORD


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


def of_team(value: Outlook, reads: Reader) -> list[str]:
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
    if value.won is None and not found.open:  # nothing that was won has an amount: zero would be no forecast
        return ""
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


def forecast(team: str, value: Outlook | None, record: Record, reads: Reader) -> Words:
    """For those who lead; without a picture where too little could be told."""
    heading = _("What I said, what came: {team}").format(team=team)
    now = of_team(value, reads) if value else []
    if not record.said:
        lines = [f"*{said(heading, limit=200)}*", *now, _silent(record.why)]
        return Words("\n".join(lines), [kit.section("\n".join(lines))])
    told = _told(record)
    rows = [_row(one, record.currency, reads) for one in record.said]
    text = "\n".join([f"*{said(heading, limit=200)}*", *now, told])
    alt = kit.shortened(f"{heading}. {' '.join(rows)}", 2000)
    blocks: list[Block] = [
        kit.section(text),
        ImageBlock(alt_text=alt, slack_file=NOT_DRAWN_YET),
        *kit.listed(rows),
        kit.context(_how_to_read()),
    ]
    return Words("\n".join([text, *rows]), blocks, _chart(heading, record, reads))


def forecast_on_its_way() -> str:
    return _("I am looking back over the last quarters. What I find comes to you in our direct messages.")


def _told(record: Record) -> str:
    return _(
        "Looking back on forecasts as each month of the last {quarters} quarters began: {held} of {n} held what came. "
        "They promise 8 in 10."
    ).format(quarters=QUARTERS, held=record.held, n=len(record.said))


def _silent(why: Unforeseen | None) -> str:
    """What kept the forecasts of the last quarters from being told."""
    match why:
        case Unforeseen.SEVERAL_CURRENCIES:
            missing = _("the deals were in several currencies, and a rate for those days is missing")
        case Unforeseen.AMOUNTS_UNKNOWN:
            missing = _("deals have no amount, so what came cannot be told")
        case _:
            missing = _("fewer than {n} deals had closed in the 52 weeks before").format(n=FEWEST_CLOSED)
    return _(
        "I cannot hold my forecasts to their past yet. For most of the last {quarters} quarters: {missing}."
    ).format(quarters=QUARTERS, missing=missing)


def _row(one: Said, currency: str, reads: Reader) -> str:
    told = _("{sign} {quarter}, {day}: said {low} to {high}, came {came}; with deals opened later {all}.")
    return told.format(
        sign="●" if one.held else "○",
        quarter=one.quarter,
        day=reads.short_day(one.day),
        low=reads.round_money(one.low, currency),
        high=reads.round_money(one.high, currency),
        came=reads.round_money(one.came, currency),
        all=reads.round_money(one.in_all, currency),
    )


def _how_to_read() -> str:
    return _(
        "Each as it would have been told on that day, by what was known then. Months of one quarter go right or wrong "
        "together, so a few misses in a row are one surprise."
    )


def _chart(heading: str, record: Record, reads: Reader) -> dict[str, object]:
    return {
        "kind": RECORD,
        "title": heading,
        "key": _(
            "bar: said, 8 times in 10 · point: came of those deals (hollow: outside) · dash: all that came"
        ),
        "currency": record.currency,
        "rows": [
            [reads.short_day(one.day), one.quarter, one.low, one.middle, one.high, one.came, one.in_all]
            for one in record.said
        ],
        "locale": str(reads.locale),
    }
