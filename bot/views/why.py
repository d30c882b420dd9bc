"""Why a number is what it is: what it was divided from, over which days, and the records one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import Block, PlainTextInputElement
from slack_sdk.models.views import View as Modal

from bot.domain.behind import Bearing, FigureId, Record
from bot.domain.definitions import DEFINITIONS, Unit
from bot.domain.scorecard import Figure, Scorecard
from bot.language import gettext as _
from bot.language import ngettext
from bot.views import kit
from bot.views.amounts import title
from bot.views.figures import against_target, likely, middle, of_card, period
from bot.views.ids import Action, Input, View
from bot.views.kit import said
from bot.views.reader import Reader
from bot.words import Metric

MOST_RECORDS = 50
_MARKS: Mapping[Bearing, str] = {
    Bearing.COUNTS: "✓",
    Bearing.AGAINST: "✗",
    Bearing.WAITS: "…",
    Bearing.DIVIDES: "÷",
}
_IN_MINUTES = frozenset({Metric.CALLS_PER_DAY, Metric.TALK_MINUTES, Metric.COACHING_MINUTES})


def explained(
    card: Scorecard, shown: Figure, records: Sequence[Record], about: FigureId, reads: Reader, *, own: bool
) -> Modal:
    """`own`: the reader is the rep, who may say that it is wrong."""
    local = replace(reads, zone=card.period.zone)
    blocks: list[Block] = [
        kit.section(_figure(card, shown, reads)),
        kit.section(_("*How*: {formula}").format(formula=_(shown.definition.formula))),
        kit.context(
            _("{days}, by the clock of {zone}").format(
                days=period(card.period, reads), zone=card.period.zone.key.replace("_", " ")
            )
        ),
        *_listed(records, shown.measure.key, local),
    ]
    if own:
        blocks.append(kit.buttons(kit.button(_("This is wrong"), Action.DISPUTE, str(about))))
    return kit.modal(View.SAID, _("Why this number"), blocks)


def objection(about: FigureId) -> Modal:
    return kit.modal(
        View.DISPUTE,
        _("This is wrong"),
        [
            kit.section(_("*{metric}*: what is wrong with it?").format(metric=title(about.metric))),
            kit.ask(
                _("In your words"),
                Input.WRONG,
                PlainTextInputElement(multiline=True, max_length=kit.INPUT_LIMIT),
                hint=_("Which record is missing, counted twice or wrong? Your manager reads this."),
                optional=False,
            ),
        ],
        submit=_("Send"),
        about=str(about),
    )


def _figure(card: Scorecard, shown: Figure, reads: Reader) -> str:
    parts = (
        f"*{title(shown.measure.key)}*: {of_card(card, shown, reads)}",
        likely(shown, reads, currency=card.currency),
        middle(shown, reads, currency=card.currency) if card.has_company else "",
        against_target(shown, reads, currency=card.currency),
    )
    return " · ".join(part for part in parts if part)


def _listed(records: Sequence[Record], metric: Metric, reads: Reader) -> list[Block]:
    if not records:
        return [kit.section(_("There are no records behind it in that time."))]
    blocks = kit.listed(_line(record, metric, reads) for record in records[:MOST_RECORDS])
    older = len(records) - MOST_RECORDS
    return [*blocks, kit.context(_legend(records), *([_more(older)] if older > 0 else []))]


def _line(record: Record, metric: Metric, reads: Reader) -> str:
    parts = (
        f"{_MARKS[record.bearing]} {_when(record, reads)}".rstrip(),
        said(record.name, limit=60),
        _amount(record, metric, reads),
    )
    return " · ".join(part for part in parts if part)


def _when(record: Record, reads: Reader) -> str:
    if record.at is None:
        return ""
    if isinstance(record.at, datetime):
        return f"{reads.weekday(record.at.astimezone(reads.zone).date())}, {reads.time(record.at)}"
    return reads.weekday(record.at)


def _amount(record: Record, metric: Metric, reads: Reader) -> str:
    amount = record.amount
    if amount is None:
        return ""
    if metric in _IN_MINUTES:
        return _("{n} min").format(n=reads.number(amount))
    if DEFINITIONS[metric].unit is Unit.DAYS:
        return _("{n} days").format(n=reads.number(amount))
    sign = "+" if amount > 0 else ""
    return sign + (reads.money(amount, record.currency) if record.currency else reads.number(amount))


def _legend(records: Sequence[Record]) -> str:
    words = {
        Bearing.COUNTS: _("counts"),
        Bearing.AGAINST: _("does not"),
        Bearing.WAITS: _("waits"),
        Bearing.DIVIDES: _("a call that it is divided by"),
    }
    present = {record.bearing for record in records}
    return " · ".join(f"{_MARKS[bearing]} {word}" for bearing, word in words.items() if bearing in present)


def _more(more: int) -> str:
    return ngettext(
        "{n} older one is in the workbook: `/scorecard export`",
        "{n} older ones are in the workbook: `/scorecard export`",
        more,
    ).format(n=more)
