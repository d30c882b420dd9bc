"""Why a number is what it is: two plain sentences, and the records one by one with what speaks for or against each."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from slack_sdk.models.blocks import Block, PlainTextInputElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.enums import Metric
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.scorecards.domain.definitions import DEFINITIONS, Unit
from bot.scorecards.domain.drilldown import Bearing, FigureId, Record, RecordId, identified
from bot.scorecards.domain.scorecard import Figure, Scorecard
from bot.scorecards.views.figures import against_target, by_chance, middle, of_card, period, title

MOST_RECORDS = 10
_FORMULA = tuple("=+-@\t\r\n")
"""What a spreadsheet would take for the beginning of one."""
_MARKS: Mapping[Bearing, str] = {
    Bearing.COUNTS: "✓",
    Bearing.AGAINST: "✗",
    Bearing.WAITS: "…",
    Bearing.DIVIDES: "÷",
}


def explained(
    card: Scorecard, shown: Figure, records: Sequence[Record], about: FigureId, reads: Reader, *, own: bool
) -> Modal:
    """`own`: the reader is the rep, who may say that a record is wrong."""
    local = replace(reads, zone=card.period.zone)
    blocks: list[Block] = [
        kit.section(f"{_figure(card, shown, reads)}\n{_(shown.definition.plainly)}"),
        kit.context(*_beside(card, shown, reads)),
        *_listed(records, about, shown.measure.key, local, own=own),
    ]
    whole = [kit.button(_("All of it, as a file"), Action.WHY_ALL, str(about))] if records else []
    missing = [kit.button(_("Something is missing"), Action.DISPUTE, str(about))] if own else []
    if whole or missing:
        blocks.append(kit.buttons(*whole, *missing))
    return kit.modal(View.SAID, _("Why this number"), blocks)


def objection(about: FigureId, record: tuple[RecordId, Record] | None, reads: Reader) -> Modal:
    """`record`: what is said to be wrong; None: something is missing."""
    metric = title(about.metric)
    if record is None:
        asked, travels = _("*{metric}*: what is missing?").format(metric=metric), str(about)
    else:
        line = _line(record[1], about.metric, reads)
        asked = _("*{metric}*: what is wrong with this one?").format(metric=metric) + f"\n{line}"
        travels = str(record[0])
    return kit.modal(
        View.DISPUTE,
        _("Report a mistake"),
        [
            kit.section(asked),
            kit.ask(
                _("In your words"),
                Input.WRONG,
                PlainTextInputElement(multiline=True, max_length=kit.INPUT_LIMIT - 200),
                hint=_("What should it be? Your manager reads this."),
                optional=False,
            ),
        ],
        submit=_("Send"),
        about=travels,
    )


def about_record(record: Record, metric: Metric, reads: Reader) -> str:
    """In words that can be kept: `Fri, Nov 6, 10:00, Acme, rejected`."""
    parts = (_when(record, reads), kit.shortened(record.name, 60), _(record.note) if record.note else "")
    return ", ".join(part for part in parts if part) or title(metric)


def as_file(records: Sequence[Record], metric: Metric, reads: Reader) -> bytes:
    """All records as CSV that a spreadsheet opens, whatever people wrote in them."""
    made = io.StringIO()
    rows = csv.writer(made)
    rows.writerow([_("When"), _("What"), _("Bears"), _("Why"), _("In their words"), _("Amount")])
    for record in records:
        words = (record.name, _bears()[record.bearing], _(record.note) if record.note else "", record.reason)
        rows.writerow([_when(record, reads), *map(_inert, words), _amount(record, metric, reads)])
    return made.getvalue().encode("utf-8-sig")


def file_comes() -> Modal:
    return kit.sentence(_("All of it"), _("The file comes to you in our direct messages."))


def the_file(metric: Metric, name: str, days: str) -> str:
    return _("What is behind {metric} of {name}, {days}.").format(
        metric=title(metric), name=said(name, limit=80), days=days
    )


def _figure(card: Scorecard, shown: Figure, reads: Reader) -> str:
    return _("*{metric}*: {figure}, {days}.").format(
        metric=title(shown.measure.key), figure=of_card(card, shown, reads), days=period(card.period, reads)
    )


def _beside(card: Scorecard, shown: Figure, reads: Reader) -> list[str]:
    chance = by_chance(shown, reads, currency=card.currency) if card.can_compare else ""
    parts = (
        middle(shown, reads, currency=card.currency) if card.has_company else "",
        against_target(shown, reads, currency=card.currency),
        _("what chance alone could make of it: {range}, 9 times in 10").format(range=chance)
        if chance
        else "",
        _("days in {zone} time").format(zone=card.period.zone.key.replace("_", " ")),
    )
    return [" · ".join(part for part in parts if part)]


def _listed(
    records: Sequence[Record], about: FigureId, metric: Metric, reads: Reader, *, own: bool
) -> list[Block]:
    if not records:
        return [kit.section(_("There are no records behind it in that time."))]
    blocks: list[Block] = []
    for named, record in list(identified(about, records))[:MOST_RECORDS]:
        wrong = kit.button(_("Mistake?"), Action.DISPUTE, str(named)) if own else None
        blocks.append(kit.section(_line(record, metric, reads), accessory=wrong))
    more = len(records) - MOST_RECORDS
    return [*blocks, kit.context(_more(more))] if more > 0 else blocks


def _line(record: Record, metric: Metric, reads: Reader) -> str:
    head = (
        f"{_MARKS[record.bearing]} {_when(record, reads)}".rstrip(),
        said(record.name, limit=60),
        _amount(record, metric, reads),
        _(record.note) if record.note else "",
    )
    line = " · ".join(part for part in head if part)
    return f"{line}\n“{said(record.reason, limit=200)}”" if record.reason.strip() else line


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
    if DEFINITIONS[metric].records_in is Unit.MINUTES:
        return _("{n} min").format(n=reads.number(amount))
    if DEFINITIONS[metric].records_in is Unit.DAYS:
        return _("{n} days").format(n=reads.number(amount))
    sign = "+" if amount > 0 else ""
    return sign + (reads.money(amount, record.currency) if record.currency else reads.number(amount))


def _bears() -> Mapping[Bearing, str]:
    return {
        Bearing.COUNTS: _("counts"),
        Bearing.AGAINST: _("does not count"),
        Bearing.WAITS: _("waits"),
        Bearing.DIVIDES: _("is divided by"),
    }


def _inert(words: str) -> str:
    return f"'{words}" if words.startswith(_FORMULA) else words


def _more(more: int) -> str:
    return ngettext("{n} older one is in the file", "{n} older ones are in the file", more).format(n=more)
