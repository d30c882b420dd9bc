"""What every CRM is asked for, and gives."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.enums import ImportKind
from bot.core.errors import CoachError
from bot.crm.config import CrmConfig

Fields = Mapping[str, str]


class CannotPull(CoachError):
    """The CRM cannot be read; the sentence is for whoever runs the program."""


@dataclass(frozen=True, slots=True)
class Record:
    """One deal or account; `fields` are by the CRM's own names, as texts, blank where it says nothing."""

    key: str
    changed_at: datetime
    fields: Fields
    merged: tuple[str, ...] = ()
    """The keys of records that were merged into this one."""


class Crm(Protocol):
    def pages(
        self, kind: ImportKind, fields: Collection[str], since: datetime | None
    ) -> Iterator[list[Record]]:
        """Records changed at or after `since` (all, where it is None), the longest unchanged first.

        Raises CannotPull; BadInput for a field that cannot be asked for.
        """

    def deleted(self, kind: ImportKind, fields: Collection[str], since: datetime) -> Iterator[list[Record]]:
        """Records deleted at or after `since`, with their last fields; raises as `pages` does."""

    def has(self, kind: ImportKind, field: str, value: str) -> bool:
        """Whether a record that is not deleted says `value`; raises as `pages` does."""


def reader(config: CrmConfig) -> Crm:
    """Raises CannotPull where a credential is missing or refused. Each client is imported when it is used."""
    if config.name == "hubspot":
        from bot.crm.hubspot import HubSpot  # noqa: PLC0415  it imports this module

        return HubSpot(config.credentials)
    from bot.crm.salesforce import Salesforce  # noqa: PLC0415  1.2 s, for those who use Salesforce

    return Salesforce(config.credentials)


def needed(crm: str, said: Mapping[str, str], *wanted: str) -> tuple[str, ...]:
    """The credentials of those names; raises CannotPull with what is missing."""
    missing = [one for one in wanted if not said.get(one)]
    if missing:
        raise CannotPull(
            f"CORNERMAN_CRM: [{crm}] lacks {' and '.join(missing)}; docs/crm.md says where to find them."
        )
    return tuple(said[one] for one in wanted)


UNLIKE = (AttributeError, KeyError, OverflowError, TypeError, ValueError)
"""What reading an answer raises that is not of the published shape, here or in the CRM's own client."""


def text(value: object) -> str:
    """As a file would hold it."""
    if value is None:
        return ""
    said = str(value).lower() if isinstance(value, bool) else str(value)
    return said.replace("\x00", "").encode("utf-8", "replace").decode()
