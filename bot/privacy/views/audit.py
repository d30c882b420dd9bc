"""Who looked at or changed what, for admins."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import AuditAct
from bot.core.i18n import gettext as _
from bot.people.domain.audit import Entry

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


def log(entries: Sequence[Entry], reads: Reader) -> Words:
    title = _("Who looked at or changed what")
    lines = [f"{reads.moment(one.at)} · {_sentence(one)}" for one in entries[:MOST]]
    more = _("Newest first; `cornerman audit` shows more. Nobody can change this list.")
    body = "\n".join(lines) or _("Nothing yet.")
    return Words(title, [kit.header(title), kit.section(body), kit.context(more)])


def _sentence(entry: Entry) -> str:
    told = _SENTENCES[entry.act].format(who=said(entry.who), whom=said(entry.whom), what=said(entry.what))
    return " ".join(told.split())
