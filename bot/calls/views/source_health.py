"""For admins: what may not have come in from outside, and what to do about it."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.calls.domain.silence import Gap
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext

MOST = 5
"""Rows of each section; `cornerman doctor` has them all."""


def gaps(found: Sequence[Gap], with_log: Collection[str], reads: Reader) -> list[Block]:
    if not found:
        return []
    rows = [
        kit.section(f"*{said(gap.source)}* · {missing(gap, reads)}\n{remedy(gap, with_log)}")
        for gap in found[:MOST]
    ]
    return [kit.header(_("Calls that may be missing")), *rows]


def missing(gap: Gap, reads: Reader) -> str:
    usual = ngettext("{n} call", "{n} calls", gap.usual).format(n=reads.number(gap.usual))
    if gap.was_down:
        sentence = _("I was not running from {since} to {until}. Usual then: {usual}; here: {heard}.")
    else:
        sentence = _("No call since {since}. Usual by now: {usual}. Is its webhook still on?")
    return sentence.format(
        since=_at(gap.since, reads),
        until=_at(gap.until, reads),
        usual=usual,
        heard=reads.number(gap.heard),
    )


def _at(instant: datetime, reads: Reader) -> str:
    return f"{reads.short_day(instant.astimezone(reads.zone).date())}, {reads.time(instant)}"


def remedy(gap: Gap, with_log: Collection[str]) -> str:
    if gap.source not in with_log:
        return _("It keeps no log that I can read: its own repeats, or a file, bring them.")
    since = gap.since.astimezone(UTC)
    return _("To read them from its log: `{command}`").format(
        command=f"cornerman backfill {gap.source} --since {since:%Y-%m-%dT%H:%MZ}"
    )


def crm(troubles: Sequence[str], refused: Sequence[str]) -> list[Block]:
    if not (troubles or refused):
        return []
    lines = [kit.section(said(line, limit=500)) for line in (*troubles, *refused)[:MOST]]
    more = _("What was refused is tried again every hour; `cornerman pull crm` does it now.")
    return [kit.header(_("From the CRM")), *lines, kit.context(more)]
