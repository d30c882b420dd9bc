"""Pairs with their wishes, and what they did together: meetings, sessions, commitments."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from bot.core.coaching_enums import Helped
from bot.core.enums import Metric, PairingStatus
from storage.tables.base import Row, check, owned, refers, unique
from storage.types import UTCDateTime, known_as, one_of


class Pairing(Row, table=True):
    """A coach and a learner for the week that begins on `week` (a Monday); a learner has one pair a week."""

    __tablename__ = "pairing"
    __table_args__ = (
        owned(),
        refers("team_id", "team"),
        refers("coach_id", "person"),
        refers("learner_id", "person"),
        unique("week", "learner_id"),
        check("two_people", "coach_id <> learner_id"),
        sa.Index("ix_pairing_coach", "workspace_id", "coach_id", "week"),
        sa.Index(
            "ix_pairing_no",
            "no_stands_at",
            sqlite_where=sa.text("no_stands_at IS NOT NULL"),
            postgresql_where=sa.text("no_stands_at IS NOT NULL"),
        ),
    )

    week: date
    team_id: int
    coach_id: int
    learner_id: int
    metric: Metric = Field(sa_type=known_as(Metric))
    value: float
    reason: str
    status: PairingStatus = Field(default=PairingStatus.PROPOSED, sa_type=known_as(PairingStatus))
    proposed_at: datetime = Field(sa_type=UTCDateTime)
    no_stands_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """One of the two said no, and may take it back until then."""
    coach_said_no: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """Whose no that is."""


class LotTicket(Row, table=True):
    """One learner in the draw of a week's scarce places with a coach, as it was drawn."""

    __tablename__ = "lot_ticket"
    __table_args__ = (
        refers("team_id", "team"),
        refers("learner_id", "person"),
        unique("week", "learner_id"),
        sa.Index("ix_lot_ticket_learner", "workspace_id", "learner_id", "week"),
    )

    week: date
    team_id: int
    learner_id: int
    metric: str
    """A `Metric`."""
    place: int
    """In the order drawn, from 0."""
    has_place: bool
    """Met a coach from that week on; the others wait."""
    by_turn: bool = False
    """Came first after having waited: not by lot."""
    seed: str
    """What the order was drawn from, so that it can be drawn again."""


class CoachingSession(Row, table=True):
    __tablename__ = "coaching_session"
    __table_args__ = (
        owned(),
        refers("coach_id", "person"),
        refers("learner_id", "person"),
        unique("session_key"),
        check("two_people", "coach_id <> learner_id"),
        check("minutes", "minutes BETWEEN 1 AND 480"),
        check("rating", "rating BETWEEN 1 AND 5"),
        sa.Index("ix_coaching_session_coach", "workspace_id", "coach_id", "held_on"),
        sa.Index("ix_coaching_session_learner", "workspace_id", "learner_id", "held_on"),
    )

    session_key: str
    coach_id: int
    learner_id: int
    metric: Metric = Field(sa_type=known_as(Metric))
    held_on: date
    minutes: int = 30
    commitment: str = ""
    due_on: date
    kept: bool | None = None
    """None: waiting for the learner's answer."""
    rating: int | None = None
    confirmed: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """The learner said that it was held; a rating, or an answer about the commitment, says so too."""


class CommitmentQuestion(Row, table=True):
    """Asked of the learner once; it is about a coaching session or about a coach's feedback, which keep the answer."""

    __tablename__ = "commitment_question"
    __table_args__ = (
        owned(),
        refers("learner_id", "person"),
        refers("session_id", "coaching_session"),
        refers("feedback_id", "feedback"),
        refers("message_id", "outbox_message", weak=True),
        unique("session_id"),
        unique("feedback_id"),
        check("one_origin", "(session_id IS NULL) <> (feedback_id IS NULL)"),
        sa.Index("ix_commitment_question_due", "next_at"),
        sa.Index("ix_commitment_question_learner", "workspace_id", "learner_id", "asked_at"),
    )

    learner_id: int
    session_id: int | None = None
    feedback_id: int | None = None
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When to ask; None once asked, or when it is too late to."""
    asked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    message_id: int | None = None


class Meeting(Row, table=True):
    """The week's meeting of a pair, opened once; a learner who is matched anew gets another with the new coach."""

    __tablename__ = "meeting"
    __table_args__ = (
        refers("pairing_id", "pairing"),
        refers("coach_id", "person"),
        unique("pairing_id", "coach_id"),
        sa.Index("ix_meeting_ask", "workspace_id", "asked_at", "ask_at"),
    )

    pairing_id: int
    coach_id: int
    opened_at: datetime = Field(sa_type=UTCDateTime)
    starts_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """None: the two share no free half hour this week."""
    ask_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the learner is asked whether they met; None: not asked."""
    asked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    channel: str | None = None
    """Their group message in Slack, where there is one."""


class Worksheet(Row, table=True):
    """What the learner notes before the week's meeting, for the two of them."""

    __tablename__ = "worksheet"
    __table_args__ = (refers("pairing_id", "pairing"), unique("pairing_id"))

    pairing_id: int
    worked: str = ""
    did_not: str = ""
    will_try: str = ""
    written_at: datetime = Field(sa_type=UTCDateTime)


class GoOn(Row, table=True):
    """Whether a pair wants four more weeks from `week` (a Monday) on; it does when both say so."""

    __tablename__ = "go_on"
    __table_args__ = (
        refers("coach_id", "person"),
        refers("learner_id", "person"),
        unique("coach_id", "learner_id", "week"),
        check("two_people", "coach_id <> learner_id"),
        sa.Index("ix_go_on_week", "workspace_id", "week"),
    )

    coach_id: int
    learner_id: int
    week: date
    asked_at: datetime = Field(sa_type=UTCDateTime)
    coach_says: bool | None = None
    learner_says: bool | None = None
    helped: Helped | None = Field(default=None, sa_type=known_as(Helped))
    """What the learner says helped most in the four weeks."""


class WishKind(StrEnum):
    """EXCLUSION: "never pair me with", confidential, holds both ways; who said it stands as the coach.

    BLOCK and PIN: a manager's. DECLINED: a no.
    """

    EXCLUSION = "exclusion"
    BLOCK = "block"
    PIN = "pin"
    DECLINED = "declined"


class PairWish(Row, table=True):
    """A wish about a coach and a learner; with a week (a Monday) it speaks of that week alone."""

    __tablename__ = "pair_wish"
    __table_args__ = (
        refers("coach_id", "person"),
        refers("learner_id", "person"),
        refers("said_by_id", "person"),
        unique("kind", "coach_id", "learner_id", "week"),
        check("two_people", "coach_id <> learner_id"),
        sa.Index("ix_pair_wish_learner", "workspace_id", "learner_id", "week"),
        sa.Index(
            "uq_pair_wish_lasting",
            "workspace_id",
            "kind",
            "coach_id",
            "learner_id",
            unique=True,
            sqlite_where=sa.text("week IS NULL"),
            postgresql_where=sa.text("week IS NULL"),
        ),
    )

    kind: WishKind = Field(sa_type=one_of(WishKind))
    coach_id: int
    learner_id: int
    week: date | None = None
    said_by_id: int | None = None
    said_at: datetime = Field(sa_type=UTCDateTime)
