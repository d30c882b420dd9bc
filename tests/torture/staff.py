"""Who works in this world: teams with managers and reps, a back office, an admin."""

from dataclasses import dataclass
from datetime import time as time_of_day
from datetime import timedelta
from functools import partial

from sqlmodel import Session

from bot.core.enums import DealStatus, Role
from bot.people.services import workspace as workspaces
from bot.sandbox import Member, Sandbox
from bot.sandbox.state import Channel
from storage.database import Database
from storage.tables import EVER, Deal, Membership, Person, Team, Workspace
from tests.torture.process import office_clock

REPS_PER_TEAM = 4


@dataclass(slots=True)
class Rep:
    member: Member
    person_id: int
    email: str


@dataclass(frozen=True, slots=True)
class Staffed:
    """A team, its channel and who leads it."""

    team_id: int
    channel: Channel
    manager: Rep


def staff_teams(
    db: Database, sandbox: Sandbox, teams: int, digests_within: timedelta
) -> tuple[int, list[Staffed], list[Rep]]:
    """Teams with something to tell in their digests, which fall due one after another in the time given."""
    staffed: list[Staffed] = []
    reps: list[Rep] = []
    with db.begin() as session:
        workspace_id = workspaces.connect(
            session, slack_team_id="T0SANDBOX", name="Sandbox", bot_user_id="", time_zone="UTC"
        )
        workspace = session.get_one(Workspace, workspace_id)
        workspace.work_starts, workspace.work_ends = time_of_day(0), time_of_day(23, 59)
        workspace.prompts_per_day = 1_000_000
        for n in range(teams):
            channel = sandbox.add_channel(f"team-{n}")
            sandbox.invite_bot(channel)
            team = Team(
                workspace_id=workspace_id,
                name=f"Team {n}",
                time_zone="UTC",
                channel=channel.id,
                digest_next_at=office_clock() + digests_within * n / teams,
            )
            session.add(team)
            session.flush()
            hire = partial(hired, session, sandbox, workspace_id, team.id)
            staffed.append(Staffed(team.id, channel, hire(f"Manager {n}", Role.MANAGER)))
            ae = hire(f"AE {n}", Role.AE)
            session.add(_open_deal(workspace_id, ae.person_id))
            reps += [ae, *(hire(f"Rep {n} {m}", Role.SDR) for m in range(1, REPS_PER_TEAM))]
    return workspace_id, staffed, reps


def staff_back_office(db: Database, sandbox: Sandbox, workspace_id: int) -> tuple[int, Rep]:
    with db.begin() as session:
        team = Team(workspace_id=workspace_id, name="Back office", time_zone="UTC")
        session.add(team)
        session.flush()
        boss = hired(session, sandbox, workspace_id, team.id, "Rep of the back office", Role.SDR)
        session.get_one(Person, boss.person_id).is_admin = True
        return team.id, boss


def _open_deal(workspace_id: int, ae_id: int) -> Deal:
    opened = office_clock() - timedelta(weeks=4)
    return Deal(
        workspace_id=workspace_id,
        deal_key=f"deal of {ae_id}",
        ae_id=ae_id,
        status=DealStatus.OPEN,
        opened_at=opened,
        first_seen_at=opened,
    )


def hired(session: Session, sandbox: Sandbox, workspace_id: int, team_id: int, name: str, role: Role) -> Rep:
    """Somebody in Slack and on the roster."""
    email = f"{name.lower().replace(' ', '.')}@example.com"
    member = sandbox.add_person(name, email=email, tz="UTC")
    person = Person(
        workspace_id=workspace_id, name=name, email=email, slack_user_id=member.id, time_zone="UTC"
    )
    session.add(person)
    session.flush()
    session.add(
        Membership(
            workspace_id=workspace_id, person_id=person.id, team_id=team_id, role=role, started_on=EVER
        )
    )
    return Rep(member, person.id, email)
