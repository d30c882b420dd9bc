"""Every table; importing this package is what makes `SQLModel.metadata` complete."""

from storage.tables.agents import CallAgent, StrayCall
from storage.tables.audit import ExportLog, MonthlyWorkbook
from storage.tables.calls import (
    Answers,
    Call,
    Debrief,
    DebriefTag,
    DebriefVersion,
    Feedback,
    Prompt,
    Story,
    StoryTag,
)
from storage.tables.coaching import CoachingSession, Digest, Pairing
from storage.tables.commitments import CommitmentQuestion
from storage.tables.crm import CrmPull, CrmRefusal
from storage.tables.cycles import CoachingRules, CoachInvitation, CoachTopic, GoOn, Meeting, Worksheet
from storage.tables.disputes import Dispute
from storage.tables.drafts import DebriefDraft, HabitTold, Screen
from storage.tables.goals import Target, Weight, WeightSet
from storage.tables.help import HelpAsk, HelpRequest
from storage.tables.installations import BOTS, INSTALLATIONS, OAUTH_STATES
from storage.tables.legs import CallLeg, CallToFetch
from storage.tables.people import EVER, Leave, Membership, Person, Team, Workspace
from storage.tables.pipeline import (
    AccountValue,
    Criterion,
    CriterionAnswer,
    Deal,
    DealChange,
    DealField,
    Handoff,
    HandoffQuestion,
)
from storage.tables.privacy import AuditEntry, Erasure, FormerSum
from storage.tables.rates import ExchangeRate
from storage.tables.roads import InboxEvent, InboxState, OutboxMessage, OutboxState, SlackPause
from storage.tables.rollup import RepTouched, RepWeek, RepZone
from storage.tables.silence import CallGap, Pulse
from storage.tables.steps import WorkflowStep
from storage.tables.wishes import PairWish, WishKind

__all__ = [
    "BOTS",
    "EVER",
    "INSTALLATIONS",
    "OAUTH_STATES",
    "AccountValue",
    "Answers",
    "AuditEntry",
    "Call",
    "CallAgent",
    "CallGap",
    "CallLeg",
    "CallToFetch",
    "CoachInvitation",
    "CoachTopic",
    "CoachingRules",
    "CoachingSession",
    "CommitmentQuestion",
    "Criterion",
    "CriterionAnswer",
    "CrmPull",
    "CrmRefusal",
    "Deal",
    "DealChange",
    "DealField",
    "Debrief",
    "DebriefDraft",
    "DebriefTag",
    "DebriefVersion",
    "Digest",
    "Dispute",
    "Erasure",
    "ExchangeRate",
    "ExportLog",
    "Feedback",
    "FormerSum",
    "GoOn",
    "HabitTold",
    "Handoff",
    "HandoffQuestion",
    "HelpAsk",
    "HelpRequest",
    "InboxEvent",
    "InboxState",
    "Leave",
    "Meeting",
    "Membership",
    "MonthlyWorkbook",
    "OutboxMessage",
    "OutboxState",
    "PairWish",
    "Pairing",
    "Person",
    "Prompt",
    "Pulse",
    "RepTouched",
    "RepWeek",
    "RepZone",
    "Screen",
    "SlackPause",
    "Story",
    "StoryTag",
    "StrayCall",
    "Target",
    "Team",
    "Weight",
    "WeightSet",
    "WishKind",
    "WorkflowStep",
    "Worksheet",
    "Workspace",
]
