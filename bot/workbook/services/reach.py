"""What one workbook reaches over: whose records, of which days, as far as they were known when, read by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.calendar.periods import Period
from bot.core.enums import Role
from bot.people.domain.access import Viewer
from bot.people.domain.stints import Rep, Stint, days_over
from bot.people.services.workspace import WorkspaceSettings
from storage.books import Books
from storage.queries.scorecards.spans import Span


@dataclass(frozen=True, slots=True)
class Shown:
    """A rep whom the workbook shows, and the part of the period that is the rep's."""

    stint: Stint
    part: Period

    @property
    def rep(self) -> Rep:
        return self.stint.rep

    @property
    def span(self) -> Span:
        return Span(self.rep.id, self.part.start, self.part.end, *days_over(self.part))


@dataclass(frozen=True, slots=True)
class Reach:
    """`shown`, `former` and `labels` go by the ids of people; labels are those of the whole workspace.

    `former` left their seat as AE in the period: it has no figures of theirs, but what came in by them, then and later.
    """

    session: Session
    settings: WorkspaceSettings
    viewer: Viewer
    period: Period
    as_of: datetime
    labels: Mapping[int, str]
    shown: Mapping[int, Shown]
    former: Mapping[int, Shown]

    @property
    def books(self) -> Books:
        return Books(self.session, self.settings.id, self.as_of)

    @property
    def workspace_id(self) -> int:
        return self.settings.id

    @property
    def known(self) -> Period:
        """The part of the period that was known."""
        return self.period.until(self.as_of)

    @property
    def spans(self) -> list[Span]:
        return [one.span for one in self.shown.values()]

    @property
    def with_deals(self) -> list[Shown]:
        return [*self.in_role(Role.AE), *self.former.values()]

    def in_role(self, role: Role) -> list[Shown]:
        return [one for one in self.shown.values() if one.rep.role is role]

    def zone_of(self, person: int) -> ZoneInfo:
        """The clock of the person's team; for people whom the workbook does not show, the period's."""
        return self.shown[person].part.zone if person in self.shown else self.period.zone
