"""Who asks, and what they may see: what every answer about numbers begins with."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain import access, periods
from bot.domain.access import Action, Subject, Viewer
from bot.domain.periods import Period
from bot.domain.wallclock import local_date
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services import floors, members, people, workspaces
from bot.services.floors import Floor
from bot.services.members import Member
from bot.views.reader import Reader, reader
from storage.database import Session


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known once the asker is; `session` is open."""

    session: Session
    workspace_id: int
    member: Member
    viewer: Viewer
    now: datetime

    @property
    def reads(self) -> Reader:
        return reader(self.member.locale, self.member.zone)

    @property
    def today(self) -> date:
        """By the workspace's clock."""
        zone = workspaces.settings(self.session, self.workspace_id).time_zone
        return local_date(self.now, ZoneInfo(zone))

    def person(self, person_id: int) -> Member:
        return members.member(self.session, self.workspace_id, person_id, now=self.now)

    def mentioned(self, slack_user: str) -> Member:
        if not members.is_known(self.session, self.workspace_id, slack_user):
            raise NotFound(
                _(
                    "That person is not on the roster, so there are no numbers. "
                    "Their manager or your admin can add them."
                )
            )
        return members.me(self.session, self.workspace_id, slack_user, now=self.now)

    def floor_of(self, rep: Member) -> Floor:
        return floors.own(self.session, self.workspace_id, rep, now=self.now)

    def require(self, action: Action, rep: Member) -> Floor:
        """The rep's team; raises NotAllowed unless the asker may do this with the rep."""
        floor = self.floor_of(rep)
        access.require(self.viewer, action, Subject(person_id=rep.id, team_ids=floor.subject.team_ids))
        return floor

    def period(self, text: str, floor: Floor) -> Period:
        return periods.parse(text, now=self.now, zone=floor.zone, fiscal_start=floor.fiscal_start)


def scene(session: Session, workspace_id: int, slack_user: str, now: datetime) -> Scene:
    member = members.me(session, workspace_id, slack_user, now=now)
    return Scene(session, workspace_id, member, people.viewer(session, workspace_id, member.id, now=now), now)
