"""What came of a file that an admin dropped into the direct message."""

from bot.language import gettext as _
from bot.views.kit import said

REFUSED = "refused.csv"


def imported(
    name: str, kind: str, *, read: int, added: int, updated: int, unchanged: int, rejected: int
) -> str:
    text = _(
        "✓ {name}: {read:,} {kind} read, {added:,} added, {updated:,} updated, {unchanged:,} unchanged."
    ).format(name=said(name), read=read, kind=kind, added=added, updated=updated, unchanged=unchanged)
    if rejected:
        text += " " + _("Refused: {n:,}. The file below has each of them with its reason.").format(n=rejected)
    return text


def refused(name: str) -> str:
    return _("The refused rows of {name}. Mend them in the file and send it again: twice is once.").format(
        name=said(name)
    )


def not_imported(name: str, why: str) -> str:
    return _("{name} was not imported. {why}").format(name=said(name), why=why)
