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
    ONE_OF = "one_of"


class DealStatus(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"


class StoryKind(StrEnum):
    WIN = "win"
    LOSS = "loss"


class PairingStatus(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    MET = "met"
    MISSED = "missed"


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


class Metric(StrEnum):
    """Keys of domain.md section 5, in its order, which every answer keeps."""

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
    COST_PER_RESULT = "cost_per_result"


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
