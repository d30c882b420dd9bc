"""What the Home tab is made of, from the top: each section asks for itself and may have nothing to say."""

from collections.abc import Callable
from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.domain import access
from bot.domain.access import Action as Act
from bot.domain.home import SetOut
from bot.services import calls, commitments, disputes, home, people, undelivered
from bot.services.members import Member
from bot.services.undelivered import Road
from bot.views import home as views
from bot.views import home_lead as lead
from bot.views import home_mine as mine
from bot.views.home import Stuck
from bot.views.ids import Action
from bot.views.reader import reader
from handlers.home import limits, outside, privacy, setup
from storage.database import Session

Section = Callable[[Session, int, Member, datetime], list[Block]]
"""Workspace, whose tab it is, now."""


def waiting(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    return views.waiting(
        calls.open_calls(session, workspace_id, person.id),
        home.count_waiting(session, workspace_id, person.id),
        reader(person.locale, person.zone),
    )


def week(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    told = home.this_week(session, workspace_id, person, now=now)
    return mine.week(told, reader(person.locale, person.zone)) if told else []


def coaching(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    return mine.coaching(
        home.pairs_of(session, workspace_id, person, now=now),
        [
            SetOut(one.question_id, one.words, one.coach.name, one.due_on)
            for one in commitments.open_of(session, workspace_id, person.id, now=now)
        ],
        reader(person.locale, person.zone),
    )


def leading(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    """For those who lead: each team, then what waits for an answer."""
    if not person.leads:
        return []
    viewer = people.viewer(session, workspace_id, person.id, now=now)
    reads = reader(person.locale, person.zone)
    return [
        *lead.teams(home.led_by(session, workspace_id, person, now=now), reads),
        *lead.disputes(disputes.still_open(session, workspace_id, viewer, now=now), reads),
    ]


def settings(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    return mine.settings(home.habits(session, workspace_id, person, now=now))


def stuck(session: Session, workspace_id: int, person: Member, now: datetime) -> list[Block]:
    """For admins, and holds nobody's words."""
    if not access.may(people.viewer(session, workspace_id, person.id, now=now), Act.SEE_DEAD_LETTERS):
        return []
    again = {Road.IN: Action.WORK_AGAIN, Road.OUT: Action.SEND_AGAIN}
    return views.undelivered(
        [
            Stuck(f"{one.what} {one.where_to}", f"{one.state}: {one.why}", again[one.road], one.id)
            for one in undelivered.listed(session, workspace_id)
        ]
    )


SECTIONS: tuple[Section, ...] = (
    setup.steps,
    waiting,
    week,
    coaching,
    leading,
    settings,
    outside.strangers,
    outside.gaps,
    outside.crm,
    limits.off,
    stuck,
    setup.begin,
    privacy.mine,
)
