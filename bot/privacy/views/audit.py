"""Who looked at or changed what, for admins."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import AuditAct
from bot.core.i18n import gettext as _
from bot.people.domain.audit import Entry

_CHANNEL = re.compile(r"#([CG][A-Z0-9]{8,})\b")
MOST = 30
"""Lines in Slack; the file and `cornerman audit` have them all."""
_SENTENCES: Mapping[AuditAct, str] = MappingProxyType(
    {
        AuditAct.SAW_CARD: _("{who} looked at {whom}: {what}"),
        AuditAct.EXPORTED: _("{who} exported {whom}: {what}"),
        AuditAct.IMPORTED: _("{who} imported {what}"),
        AuditAct.SET: _("{who} changed {what} {whom}"),
        AuditAct.ASKED_TO_ERASE: _("{who} asked to erase {whom} {what}"),
        AuditAct.KEPT: _("{who} kept the data of {whom}"),
        AuditAct.ERASED: _("{who} erased {whom}: {what}"),
    }
)


def log(entries: Sequence[Entry], reads: Reader) -> Words:
    title = _("Who looked at or changed what")
    lines = [f"{reads.moment(one.at)} · {_sentence(one)}" for one in entries[:MOST]]
    more = _("Newest first; `/scorecard audit file` sends you all of it. Nobody can change this list.")
    body = "\n".join(lines) or _("Nothing yet.")
    return Words(title, [kit.header(title), kit.section(body), kit.context(more)])


def as_file(entries: Sequence[Entry]) -> bytes:
    """All of them as CSV that a spreadsheet opens, whatever people are called; moments in UTC."""
    made = io.StringIO()
    rows = csv.writer(made)
    rows.writerow([_("When (UTC)"), _("Who"), _("Did"), _("Whom or whose"), _("What")])
    for one in entries:
        told = (one.who, one.act.replace("_", " "), one.whom, one.what)
        rows.writerow([f"{one.at:%Y-%m-%d %H:%M:%S}", *map(_inert, told)])
    return made.getvalue().encode("utf-8-sig")


def file_comes() -> str:
    return _("The whole list comes to you as a file in our direct messages.")


def _inert(text: str) -> str:
    """No formula to a program that might calculate it."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) else text


def _sentence(entry: Entry) -> str:
    whom = said(entry.whom)
    told = _SENTENCES[entry.act].format(
        who=said(entry.who),
        whom=f"({whom})" if whom and entry.act is AuditAct.SET else whom,
        what=_CHANNEL.sub(r"<#\1>", said(entry.what)),
    )
    return " ".join(told.split()).replace(" :", ":")
