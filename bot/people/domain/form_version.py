"""Which settings a form was opened on: whose, and as they stood after which change."""

from dataclasses import dataclass

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Edition:
    """`of` is a team's id, 0 for the workspace; `version` the number of the last change, 0 before the first."""

    of: int
    version: int

    def __str__(self) -> str:
        return f"{self.of}.{self.version}"


def edition(text: str) -> Edition:
    """Raises BadInput for what no form of ours carries."""
    of, _dot, version = text.partition(".")
    if not (of.isascii() and of.isdigit() and version.isascii() and version.isdigit()):
        raise BadInput(_("That form is too old to be saved. Please open it again."))
    return Edition(int(of), int(version))
