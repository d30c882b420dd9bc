"""A file that an admin dropped into the direct message: as it would be stored, what is unclear, what came of it."""

from collections.abc import Iterable, Iterator, Sequence

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    InputBlock,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.core.enums import DealStatus, ImportKind
from bot.core.i18n import gettext as _
from bot.imports.domain import Form, ImportReport, Look, Reason

REFUSED = "refused.csv"
IMPORTED = "Imported"
"""The team of people whom a file names and the roster lacks."""
NOTHING = "-"
"""The value of a choice that chooses nothing."""
_REASONS = 6
_OPTIONS = 99
_ASKED = 20
_DATES = (
    "%m/%d/%Y",
    "%d/%m/%Y",
    "%m/%d/%y",
    "%d/%m/%y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%m-%d-%Y",
    "epoch_s",
    "epoch_ms",
)
_UNITS = ("seconds", "minutes", "hours", "milliseconds")


def looked_at(look: Look) -> list[Block]:
    """Five rows as they would be stored, what is doubtful, and what can be done about it."""
    change = kit.button(_("Change how I read it"), Action.IMPORT_CHANGE, look.draft_id)
    return [kit.section(_headline(look)), *kit.listed(_details(look)), kit.buttons(*_take(look), change)]


def _take(look: Look) -> Iterator[ButtonElement]:
    if look.is_clear:
        yield kit.button(_("Take it in"), Action.IMPORT_TAKE, look.draft_id, style="primary")
    elif look.report is not None:
        yield kit.button(_("Take it in anyway"), Action.IMPORT_TAKE, look.draft_id, style="danger")


def shown(name: str) -> str:
    return _("{name}, as it would be stored.").format(name=said(name))


def _headline(look: Look) -> str:
    what = look.told or look.kind
    if look.report is None:
        return _("I take *{name}* for {what}, and something is missing: {why}").format(
            name=said(look.name), what=said(what), why=said(look.why, limit=800)
        )
    return _("*{name}* looks like {what}: {read:,} rows. Nothing is stored yet.").format(
        name=said(look.name), what=said(what), read=look.report.read
    )


def _details(look: Look) -> Iterator[str]:
    if look.columns and not look.told:
        pairs = ", ".join(f"{ours} ← {said(theirs, limit=60)}" for ours, theirs in look.columns.items())
        yield _("I read: {pairs}").format(pairs=pairs)
    if look.stages:
        yield _("Stages: {read}").format(read=_stages(look.stages))
    if look.report is None:
        return
    for row in look.report.sample:
        told = " · ".join(f"{name} {said(value, limit=60)}" for name, value in row.items() if value)
        yield f"• {told}"
    for note in look.report.notes[:_REASONS]:
        yield said(note, limit=400)
    yield from _reasons(_("Would be refused"), look.report.reasons)
    yield from _reasons(_("Would be left out"), look.report.left_out_reasons)
    for doubt in look.report.doubts:
        yield _("*Look at this:* {doubt}").format(doubt=said(doubt, limit=500))


def _stages(read: dict[str, str]) -> str:
    """`won ← Signed; lost ← Dead; open ← New, Demo`."""
    by_ours = {
        ours: [said(one, limit=40) for one, its in read.items() if its == ours] for ours in read.values()
    }
    return "; ".join(f"{said(ours)} ← {', '.join(its)}" for ours, its in by_ours.items())


def _reasons(what: str, reasons: Sequence[Reason]) -> Iterator[str]:
    for one in reasons[:_REASONS]:
        yield _("{what}: {n:,} × {reason} First in line {line:,}.").format(
            what=what, n=one.rows, reason=said(one.reason, limit=300), line=one.first_line
        )
        if one.mend:
            yield f"    _{said(one.mend.splitlines()[0], limit=300)}_"
            yield from (f"    `{said(line, limit=200)}`" for line in one.mend.splitlines()[1:9])


def form(asked: Form) -> Modal:
    """What of theirs each of our columns is, and how dates, numbers and durations are written."""
    return kit.modal(
        View.IMPORT, _("How to read it"), [*_inputs(asked)], submit=_("Show it"), about=asked.draft_id
    )


def _inputs(asked: Form) -> Iterator[Block]:
    yield _choice(_("What the rows are"), Input.IMPORT_KIND, list(ImportKind), asked.kind)
    for ours, theirs in list(asked.needed.items())[:_ASKED]:
        block = _choice(ours, Input.IMPORT_COLUMN, [NOTHING, *asked.header[:_OPTIONS]], theirs or NOTHING)
        block.block_id = ours
        yield block
    if asked.stages:
        for label, name, ours in (
            (_("These stages are won"), Input.IMPORT_WON, DealStatus.WON),
            (_("These stages are lost"), Input.IMPORT_LOST, DealStatus.LOST),
        ):
            yield kit.ask(label, name, _picked(asked.stages, ours))
    yield _choice(_("Dates"), Input.IMPORT_DATES, [NOTHING, *_DATES], NOTHING)
    yield _choice(_("Decimal sign"), Input.IMPORT_DECIMAL, [NOTHING, ".", ","], NOTHING)
    unit = asked.document.get("units", {}).get("duration_s", NOTHING)
    yield _choice(_("Durations are in"), Input.IMPORT_UNIT, [NOTHING, *_UNITS], unit)
    yield kit.ask(_("Currency of all amounts"), Input.IMPORT_CURRENCY, PlainTextInputElement(max_length=3))
    yield kit.ask(
        _("Source of all calls, such as the dialer's name"),
        Input.IMPORT_SOURCE,
        PlainTextInputElement(max_length=40),
    )
    yield _choice(
        _("People who are not on the roster become"),
        Input.IMPORT_NEWCOMERS,
        [NOTHING, "SDR", "AE", "AM"],
        NOTHING,
    )


def _picked(stages: dict[str, str], ours: DealStatus) -> StaticMultiSelectElement:
    """Every stage to choose from, with those chosen that are read as ours now."""
    options = {one: kit.option(one[:75], one[:150]) for one in stages}
    chosen = [options[one] for one, its in stages.items() if its == ours]
    return StaticMultiSelectElement(options=list(options.values()), initial_options=chosen or None)


def _choice(label: str, name: Input, values: Iterable[str], chosen: str) -> InputBlock:
    options = [kit.option("–" if value == NOTHING else value, value[:150]) for value in dict.fromkeys(values)]
    initial = next((option for option in options if option.value == chosen[:150]), options[0])
    return kit.ask(label, name, StaticSelectElement(options=options, initial_option=initial))


def taking(name: str) -> str:
    return _("Taking in {name}…").format(name=said(name))


def progress(name: str, done: int, total: int) -> str:
    return _("Taking in {name}: {done:,} of {total:,} rows.").format(name=said(name), done=done, total=total)


def imported(name: str, report: ImportReport) -> str:
    text = _(
        "✓ {name}: {read:,} {kind} read, {added:,} added, {updated:,} updated, {unchanged:,} unchanged."
    ).format(
        name=said(name),
        read=report.read,
        kind=report.kind,
        added=report.added,
        updated=report.updated,
        unchanged=report.unchanged,
    )
    lines = [text]
    if report.rejected:
        lines.append(
            _("Refused: {n:,}. The file below has each of them with its reason.").format(n=report.rejected)
        )
    lines += _reasons(_("Refused"), report.reasons)
    lines += _reasons(_("Left out"), report.left_out_reasons)
    lines += [_("Accepted: {doubt}").format(doubt=said(doubt, limit=300)) for doubt in report.doubts]
    lines += [said(note, limit=300) for note in report.notes[:_REASONS]]
    return "\n".join(lines)


def refused(name: str) -> str:
    return _("The refused rows of {name}. Mend them in the file and send it again: twice is once.").format(
        name=said(name)
    )


def not_imported(name: str, why: str) -> str:
    return _("{name} was not imported. {why}").format(name=said(name), why=why)
