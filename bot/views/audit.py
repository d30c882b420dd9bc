"""Who looked at or changed what, for admins."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from slack_sdk.models.blocks import Block

from bot.domain.audit import Entry
from bot.language import gettext as _
from bot.views import kit
from bot.views.kit import said
from bot.views.reader import Reader
from bot.words import AuditAct

MOST = 30
"""Lines in Slack; `cornerman audit` has them all."""
_SENTENCES: Mapping[AuditAct, str] = MappingProxyType(
    {
        AuditAct.SAW_CARD: _("{who} looked at {whom}: {what}"),
        AuditAct.EXPORTED: _("{who} exported {whom}: {what}"),
        AuditAct.IMPORTED: _("{who} imported {what}"),
        AuditAct.SET: _("{who} changed: {what} {whom}"),
        AuditAct.ASKED_TO_ERASE: _("{who} asked to erase {whom} {what}"),
        AuditAct.KEPT: _("{who} kept the data of {whom}"),
        AuditAct.ERASED: _("{who} erased {whom}: {what}"),
    }
)


def log(entries: Sequence[Entry], reads: Reader) -> tuple[list[Block], str]:
    title = _("Who looked at or changed what")
    lines = [f"{reads.moment(one.at)} · {_sentence(one)}" for one in entries[:MOST]]
    more = _("Newest first; `cornerman audit` shows more. Nobody can change this list.")
    body = "\n".join(lines) or _("Nothing yet.")
    return [kit.header(title), kit.section(body), kit.context(more)], title


def _sentence(entry: Entry) -> str:
    told = _SENTENCES[entry.act].format(who=said(entry.who), whom=said(entry.whom), what=said(entry.what))
    return " ".join(told.split())
