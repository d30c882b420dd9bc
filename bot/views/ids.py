"""Every name that travels through Slack and comes back in a click, a submission or a command."""

from enum import StrEnum


class Command(StrEnum):
    SCORECARD = "/scorecard"
    DEBRIEF = "/debrief"
    COACH = "/coach"
    HANDOFF = "/handoff"


class Shortcut(StrEnum):
    LOG_CALL = "log_call"
    PASS_LEAD = "pass_lead"


class Action(StrEnum):
    """Buttons. `value` carries one id, never state."""

    ENDED_ADVANCED = "ended_advanced"
    ENDED_CONTINUED = "ended_continued"
    ENDED_NO_DECISION = "ended_no_decision"
    ENDED_LOST = "ended_lost"
    ENDED_NO_SHOW = "ended_no_show"
    OPEN_DEBRIEF = "open_debrief"
    DEBRIEF_MORE = "debrief_more"
    SNOOZE_HOUR = "snooze_hour"
    SNOOZE_TOMORROW = "snooze_tomorrow"
    SKIP = "skip"
    GIVE_FEEDBACK = "give_feedback"
    HANDOFF_ACCEPT = "handoff_accept"
    HANDOFF_REJECT = "handoff_reject"
    ADD_CRITERION = "add_criterion"
    RETIRE_CRITERION = "retire_criterion"
    PAIR_ACCEPT = "pair_accept"
    PAIR_DECLINE = "pair_decline"
    PAIR_MET = "pair_met"
    EXPORT = "export"
    WHY_NOT_ME = "why_not_me"
    COACHING_ON = "coaching_on"
    COACHING_OFF = "coaching_off"
    NAMING_ON = "naming_on"
    NAMING_OFF = "naming_off"
    POST_DIGEST = "post_digest"
    SKIP_DIGEST = "skip_digest"
    DIGEST_ARRIVED = "digest_arrived"
    DIGEST_AGAIN = "digest_again"
    CARD_WEEK = "card_week"
    CARD_MONTH = "card_month"
    CARD_QUARTER = "card_quarter"
    CARD_13W = "card_13w"


class View(StrEnum):
    """Modals; `private_metadata` carries one id."""

    DEBRIEF = "debrief"
    DEBRIEF_MORE = "debrief_more"
    LOG_CALL = "log_call"
    FEEDBACK = "feedback"
    PASS_LEAD = "pass_lead"
    HANDOFF_ACCEPT = "handoff_accept"
    HANDOFF_REJECT = "handoff_reject"
    CRITERION = "criterion"
    PAIR_MET = "pair_met"
    SAID = "said"


class Input(StrEnum):
    """Block ids of inputs, which are their action ids too, and the keys of field errors."""

    OUTCOME = "outcome"
    WENT_WELL = "went_well"
    TAGS = "tags"
    MEASURE = "measure"
    PINNED_DOWN = "pinned_down"
    IMPROVE = "improve"
    REASON = "reason"
    NEXT_STEP = "next_step"
    NEXT_STEP_ON = "next_step_on"
    STORY = "story"
    CONTACT = "contact"
    COMPANY = "company"
    MINUTES = "minutes"
    WHAT_WORKED = "what_worked"
    COMMITMENT = "commitment"
    RATING = "rating"
    AE = "ae"
    CRITERION = "criterion"
    """Its block ids are the ids of the criteria."""
    NAME = "name"
    KIND = "kind"
    BOUND = "bound"
    CHOICES = "choices"
    REQUIRED = "required"
