"""A forecast and how those before it went: said, and what came, in a picture that is told in words first."""

from slack_sdk.models.blocks import Block, ImageBlock

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import NOT_DRAWN_YET, Words
from bot.core.i18n import gettext as _
from bot.pipeline.domain.forecast import FEWEST_CLOSED, Unforeseen
from bot.scorecards.domain.money.outlook import Outlook
from bot.scorecards.domain.money.record import QUARTERS, Record, Said
from bot.scorecards.views import outlook as outlook_views
from bot.scorecards.views.charts import RECORD


def forecast(team: str, value: Outlook | None, record: Record, reads: Reader) -> Words:
    """For those who lead; without a picture where too little could be told."""
    heading = _("What I said, what came: {team}").format(team=team)
    now = outlook_views.team(value, reads) if value else []
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


def on_its_way() -> str:
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
