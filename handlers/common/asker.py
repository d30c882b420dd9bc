"""Who asks and what they may see: what every answer about numbers begins with. A look at somebody else's numbers is
written down before they are shown.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.blocks.reader import Reader, reader
from bot.calendar import periods
from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.core.enums import AuditAct
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.domain import access
from bot.people.domain.access import Right, Subject, Viewer
from bot.people.services import audit_log, members, people, teams
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from storage.books import Books
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known once the asker is; `session` is open."""

    session: Session
    workspace_id: int
    member: Member
    viewer: Viewer
    now: datetime

    @property
    def books(self) -> Books:
        return Books(self.session, self.workspace_id, self.now)

    @property
    def reads(self) -> Reader:
        return reader(self.member.locale, self.member.zone)

    @property
    def today(self) -> date:
        """By the workspace's clock."""
        zone = workspaces.settings(self.books).time_zone
        return local_date(self.now, ZoneInfo(zone))

    def person(self, person_id: int) -> Member:
        return members.member(self.books, person_id)

    def mentioned(self, slack_user: str) -> Member:
        if not members.is_known(self.books, slack_user):
            raise NotFound(
                _(
                    "That person is not on the roster, so there are no numbers. "
                    "Their manager or your admin can add them."
                )
            )
        return members.me(self.books, slack_user)

    def floor_of(self, rep: Member) -> Floor:
        return teams.own(self.books, rep)

    def require(self, right: Right, rep: Member) -> Floor:
        """The rep's team; raises NotAllowed unless the asker may do this with the rep."""
        floor = self.floor_of(rep)
        access.require(self.viewer, right, Subject(person_id=rep.id, team_ids=floor.subject.team_ids))
        return floor

    def period(self, text: str, floor: Floor) -> Period:
        """Raises BadInput for one that cannot be read or has not begun."""
        asked = periods.parse(text, now=self.now, zone=floor.zone, fiscal_start=floor.fiscal_start)
        if asked.start > self.now:
            day = self.reads.day(local_date(asked.start, floor.zone))
            told = _("{period} has not begun: its first day is {day}.").format(period=asked.label, day=day)
            raise BadInput(told)
        return asked


def scene(books: Books, slack_user: str) -> Scene:
    member = members.me(books, slack_user)
    return Scene(books.session, books.workspace_id, member, people.viewer(books, member.id), books.now)


def saw(db: Database, here: Scene, rep: Member, what: str) -> None:
    """One's own are nobody else's business."""
    if rep.id == here.member.id:
        return
    with db.writing(here.workspace_id, here.now) as books:
        audit_log.note(books, here.member.id, AuditAct.SAW_CARD, whom_id=rep.id, what=what)


def saw_team(db: Database, here: Scene, floor: Floor, what: str) -> None:
    with db.writing(here.workspace_id, here.now) as books:
        audit_log.note(books, here.member.id, AuditAct.SAW_CARD, team_id=floor.id, what=what)
