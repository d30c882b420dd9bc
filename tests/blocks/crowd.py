"""A workspace at its worst: the longest names, signs that Slack escapes fivefold, and very much of everything."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from sqlmodel import Session, select

from bot.core.enums import CriterionKind, DealStatus, Metric, Role
from bot.handoffs.domain.checklist import MAX_CRITERIA, MAX_LABEL
from bot.sandbox import Member
from storage.tables import (
    CallAgent,
    Criterion,
    Dispute,
    InboxEvent,
    InboxState,
    Person,
    StrayCall,
    Team,
)
from tests.support.builders import Builder
from tests.support.office import Office

MANY = 40
"""More than any list shows at once."""
AWFUL = "&<!channel>*_~`" * 20
MARKED = "|<@U1> `&`\n> * _ ~ \u202e שלום 👩‍👩‍👧‍👦"
_numbers = count(1)


def named(what: str, length: int = 300) -> str:
    """A name like no other: what Slack escapes, what it formats, what turns the line around."""
    return f"{what} {next(_numbers)} {MARKED}{AWFUL}"[:length]


def long(words: str = "because ", length: int = 3000) -> str:
    return (f"&{words}" * length)[:length]


class Crowd:
    """`people` act in Slack: one of each role, who have `MANY` of whatever can wait for them."""

    def __init__(self, office: Office) -> None:
        self.office, self.today = office, office.clock().date()
        self.team = office.team(named("East", 120))
        self.people = {
            role: office.hires(f"The{role}", role, self.team, willing=role is not Role.MANAGER)
            for role in (Role.SDR, Role.AE, Role.AM, Role.MANAGER)
        }
        self.admin = office.hires("Theadmin", Role.MANAGER, self.team, is_admin=True)
        self.channel = office.sandbox.add_channel("sales", members=[*self.people.values(), self.admin])
        office.sandbox.invite_bot(self.channel)
        with office.db.begin() as session:
            self._fill(session)

    @property
    def everybody(self) -> list[Member]:
        return [*self.people.values(), self.admin]

    def _fill(self, session: Session) -> None:
        build = Builder(session, self.office.workspace_id)
        session.get_one(Team, self.team).channel = self.channel.id
        own = dict(session.exec(select(Person.slack_user_id, Person)).all())
        for member in self.everybody:
            own[member.id].name = named(member.name)
        ids = {role: own[member.id].id for role, member in self.people.items()}
        others = {
            role: [
                build.rep(named(role), role, self.team, in_slack=False, willing=True)
                for _one in range(MANY // 4)
            ]
            for role in (Role.SDR, Role.AE, Role.AM)
        }
        for _one in range(MANY):
            build.team(named("Team", 120))
        self._leads(build, [ids[Role.SDR], *others[Role.SDR]], [ids[Role.AE], *others[Role.AE]])
        self._calls(build, session, ids[Role.AE])
        self._accounts(build, [ids[Role.AM], *others[Role.AM]])
        self._disputes(session, ids[Role.AE])
        self._strays(session)
        self._stuck_deliveries(session)
        self._criteria(session)

    def _leads(self, build: Builder, sdrs: list[int], aes: list[int]) -> None:
        now = self.office.clock()
        for place, (sdr, ae) in enumerate(zip(sdrs, aes, strict=True)):
            for week in range(1, 7):
                passed = now - timedelta(weeks=week)
                build.handoff(sdr, ae, passed, accepted=(place + week) % 3 > 0, reason=long())
                won = DealStatus.WON if (place + week) % 2 else DealStatus.LOST
                build.deal(
                    ae,
                    passed,
                    status=won,
                    closed_at=passed + timedelta(days=5),
                    amount=Decimal("123456789012.34"),
                    currency="USD",
                    company=named("Company"),
                    loss_reason="" if won is DealStatus.WON else named("Lost"),
                )
        for _one in range(MANY):
            build.handoff(sdrs[0], aes[0], now - timedelta(hours=3))
            build.deal(
                aes[0],
                now - timedelta(days=200),
                amount=Decimal("123456789012.34"),
                currency="USD",
                company=named("Stuck"),
                expected_close=self.today - timedelta(days=40),
                last_activity_at=now - timedelta(days=90),
            )

    def _calls(self, build: Builder, session: Session, ae: int) -> None:
        now = self.office.clock()
        for number in range(MANY):
            build.call(ae, now - timedelta(hours=2, minutes=number))
            build.debrief(
                ae,
                now - timedelta(days=2, minutes=number * 20),
                tags=("pricing", "authority"),
                went_well=long(),
                improve=long(),
                measure=long(),
                next_step=long(),
                next_step_on=self.today,
            )
            build.story(ae, long(), now - timedelta(days=number))
        session.flush()

    def _accounts(self, build: Builder, ams: list[int]) -> None:
        for am in ams:
            for number in range(3):
                key = named("Account", 200)
                for months in (0, 4):
                    build.account(
                        am, key, self.today - timedelta(days=30 * months), 10**9 * (number + 1), "USD"
                    )

    def _disputes(self, session: Session, ae: int) -> None:
        for _one in range(MANY):
            session.add(
                Dispute(
                    workspace_id=self.office.workspace_id,
                    person_id=ae,
                    metric=Metric.WIN_RATE,
                    first_day=date(2026, 8, 17),
                    last_day=date(2026, 11, 15),
                    text=long(),
                    said_at=self.office.clock(),
                )
            )

    def _strays(self, session: Session) -> None:
        now = self.office.clock()
        for number in range(MANY):
            agent = CallAgent(
                workspace_id=self.office.workspace_id, source="generic", agent=named("Agent", 200)
            )
            session.add(agent)
            session.flush()
            session.add(
                StrayCall(
                    workspace_id=self.office.workspace_id,
                    agent_id=agent.id,
                    call_key=f"stray {number}",
                    started_at=now - timedelta(hours=2),
                    ended_at=now - timedelta(hours=1),
                    heard_at=now,
                    contact=named("Contact"),
                    company=named("Company"),
                )
            )

    def _stuck_deliveries(self, session: Session) -> None:
        now = self.office.clock()
        for number in range(MANY):
            session.add(
                InboxEvent(
                    workspace_id=self.office.workspace_id,
                    source="slack",
                    name=named("event", 100),
                    event_key=f"stuck {number}",
                    body={},
                    request_id=f"stuck{number}",
                    received_at=now,
                    state=InboxState.DEAD,
                    next_at=now,
                    error=long(),
                )
            )

    def _criteria(self, session: Session) -> None:
        for number in range(MAX_CRITERIA):
            session.add(
                Criterion(
                    workspace_id=self.office.workspace_id,
                    name=named("Criterion", MAX_LABEL),
                    kind=CriterionKind.YES_NO,
                    position=number,
                    added_at=datetime(2026, 1, 1, tzinfo=self.office.clock().tzinfo),
                )
            )
