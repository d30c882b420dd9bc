"""The closed word lists that tables, domain, Slack text and files share; each value is what files and JSON say."""

from enum import StrEnum


class Role(StrEnum):
    SDR = "SDR"
    AE = "AE"
    AM = "AM"
    MANAGER = "manager"


SELLING_ROLES = (Role.SDR, Role.AE, Role.AM)


class Outcome(StrEnum):
    """How a call ended, in the rep's own judgement."""

    ADVANCED = "advanced"
    CONTINUED = "continued"
    NO_DECISION = "no_decision"
    LOST = "lost"
    NO_SHOW = "no_show"


class Resolved(StrEnum):
    """What a rep says of what they had set out to show: `how will you see it next time?`."""

    YES = "yes"
    NO = "no"
    NOT_NOW = "not_now"


class Disposition(StrEnum):
    """Dispositions of a call that nobody completed; any other word a source uses means completed."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    FAILED = "failed"
    CANCELED = "canceled"


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class LegState(StrEnum):
    """Of one party of a telephony session. MOVED: the talk goes on elsewhere (a transfer, a park, another device)."""

    OPEN = "open"
    MOVED = "moved"
    ENDED = "ended"


class Decision(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class CriterionKind(StrEnum):
    """What a line of the qualification checklist asks for."""

    YES_NO = "yes_no"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    ONE_OF = "one_of"
    SEVERAL_OF = "several_of"
    DATE_WITHIN = "date_within"
    DATE_BEFORE = "date_before"
    TEXT = "text"


class DealStatus(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class SlipCause(StrEnum):
    """Why a deal is expected to close later than was thought."""

    TIMELINE = "timeline"
    AUTHORITY = "authority"
    PRICE = "price"
    COMPETITOR = "competitor"
    SILENCE = "silence"


class Pinned(StrEnum):
    """What is pinned down of a deal."""

    TIMELINE = "timeline"
    AUTHORITY = "authority"


class StoryKind(StrEnum):
    WIN = "win"
    LOSS = "loss"


class PairingStatus(StrEnum):
    """LAPSED: the learner did not answer in time, so the place went on."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    MET = "met"
    MISSED = "missed"


AGREED = (PairingStatus.ACCEPTED, PairingStatus.MET)
CALLED_OFF = (PairingStatus.DECLINED, PairingStatus.LAPSED)
"""A pair that holds no place any more."""


class PromptStatus(StrEnum):
    """Where the question about one call stands. RESTING: asked no more, still answerable in the Home tab."""

    WAITING = "waiting"
    ASKED = "asked"
    REMINDED = "reminded"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    RESTING = "resting"


class OutboxKind(StrEnum):
    """What a message is for; the kind decides what happens when nobody knows whether it arrived."""

    PROMPT = "prompt"
    REMINDER = "reminder"
    DIGEST = "digest"
    PAIR = "pair"
    FEEDBACK = "feedback"
    NOTICE = "notice"
    FILE = "file"
    UPDATE = "update"


class Unasked(StrEnum):
    """Kinds of messages that a person may turn off; all but LEAD_NEWS and ASKED_BACK come at most once a day."""

    NEXT_STEPS = "next_steps"
    REFUSALS = "refusals"
    OUR_ANSWER = "our_answer"
    """A teammate's story, in answer to what a rep has just picked: no interruption, and in no budget."""
    LEAD_NEWS = "lead_news"
    """What became of leads, as it becomes known: in no budget either."""
    FIRST_MONTH = "first_month"
    """To a coach in their first month, after a meeting."""
    MONDAY = "monday"
    """To a manager as the week begins: three people."""
    ASKED_BACK = "asked_back"
    """An SDR's question about a decision, as a colleague asks it: at once, and in no budget."""
    PAIR_RESULTS = "pair_results"
    COACHING_PAY = "coaching_pay"
    """A coach's monthly statement."""
    PAY_TO_APPROVE = "pay_to_approve"


class Metric(StrEnum):
    """Keys, in the order that every answer keeps."""

    LEADS_PER_MONTH = "leads_per_month"
    QUALIFIED_RATE = "qualified_rate"
    QUALIFICATION_EFFICIENCY = "qualification_efficiency"
    CLOSE_RATE = "close_rate"
    WIN_RATE = "win_rate"
    CYCLE_DAYS = "cycle_days"
    DISCERNMENT = "discernment"
    HANDOFF_FEEDBACK_RATE = "handoff_feedback_rate"
    UPSELL_RATE = "upsell_rate"
    NET_RETENTION = "net_retention"
    CALLS_PER_DAY = "calls_per_day"
    TALK_MINUTES = "talk_minutes"
    EFFECTIVE_RATE = "effective_rate"
    TIMELINE_RATE = "timeline_rate"
    AUTHORITY_RATE = "authority_rate"
    DEBRIEF_RATE = "debrief_rate"
    COACHING_MINUTES = "coaching_minutes"
    COMMITMENTS_KEPT = "commitments_kept"
    WON_AMOUNT = "won_amount"
    QUOTA_ATTAINMENT = "quota_attainment"
    AVERAGE_DEAL = "average_deal"
    OPEN_PIPELINE = "open_pipeline"
    COST_PER_RESULT = "cost_per_result"
    TALK_BALANCE = "talk_balance"


class DisputeStatus(StrEnum):
    """What became of a rep's objection to a figure. ANSWERED: the figure stands, and the rep was told why."""

    OPEN = "open"
    ANSWERED = "answered"
    CORRECTED = "corrected"


class ImportKind(StrEnum):
    TEAMS = "teams"
    REPS = "reps"
    LEAVE = "leave"
    CALLS = "calls"
    HANDOFFS = "handoffs"
    DEALS = "deals"
    ACCOUNTS = "accounts"
    DEBRIEFS = "debriefs"
    SESSIONS = "sessions"
    RATES = "rates"
    QUOTAS = "quotas"
    AGENTS = "agents"


class ErasureCause(StrEnum):
    """Why somebody's data goes. LEFT: their Slack account was closed. UNINSTALLED: the app was removed from Slack."""

    ASKED = "asked"
    OPERATOR = "operator"
    LEFT = "left"
    UNINSTALLED = "uninstalled"


class FormerCount(StrEnum):
    """What is still counted, in sums, of people who have been erased."""

    CALLS = "calls"
    TALK_SECONDS = "talk_seconds"
    DEBRIEFS = "debriefs"
    ADVANCED = "advanced"
    LEADS_PASSED = "leads_passed"
    LEADS_QUALIFIED = "leads_qualified"
    LEADS_DECIDED = "leads_decided"
    DEALS_WON = "deals_won"
    DEALS_LOST = "deals_lost"
    COACHING_MINUTES = "coaching_minutes"


class AuditAct(StrEnum):
    SAW_CARD = "saw_card"
    EXPORTED = "exported"
    IMPORTED = "imported"
    SET = "set"
    ASKED_TO_ERASE = "asked_to_erase"
    KEPT = "kept"
    ERASED = "erased"
