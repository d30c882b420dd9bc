"""Of every column it is decided whether the audit log tells of its changes."""

from sqlmodel import SQLModel

from tests.people.test_conversation_rights import elsewhere, west
from tests.people.watched import BY_THE_FORM, watched_columns

__all__ = ["elsewhere", "west"]

HISTORIES = {
    "account_value", "call", "call_conversation", "coaching_session", "criterion_answer", "deal", "deal_change",
    "deal_pinned", "debrief", "debrief_tag", "debrief_version", "feedback", "former_email", "handoff", "meeting",
    "past_closing", "slip_reason", "story", "story_shown", "story_tag", "worksheet",
}  # fmt: skip
"""Records of work: who wrote them, and what stood there before, is in the records themselves."""
CLAIMS = {
    "call_gap", "call_notice", "call_to_fetch", "call_unread", "coach_invitation", "commitment_question", "crm_pull",
    "crm_refusal", "debrief_draft", "gathered", "go_on", "habit_told", "handoff_question", "help_ask", "help_request",
    "import_draft", "inbox_event", "lot_ticket", "monday_pick", "monthly_workbook", "outbox_message", "pair_result",
    "prompt", "pulse",
    "rep_touched", "rep_week", "rep_zone", "silent_feed", "slack_pause", "stray_call", "workflow_step",
}  # fmt: skip
"""What the bot remembers so that it does a thing once, and what is on its way."""
TOLD_OTHERWISE = {
    "audit_entry", "erasure", "exchange_rate", "export_log", "former_sum",
    "slack_bots", "slack_installations", "slack_oauth_states",
}  # fmt: skip
"""The log itself; erasing, importing and exporting have lines of their own; what Slack keeps is Slack's."""
UNTOLD = {
    "workspace": {"slack_team_id", "bot_user_id", "scopes", "name"},
    "team": {"digest_next_at", "pairs_next_at"},
    "person": {
        "name", "email", "slack_user_id", "locale", "dm_channel", "is_former",  # who somebody is
        "quiet_until", "enough_said_on", "welcome_due",  # for a day, and nobody else's business
    },
    "membership": {"since_added"},  # whether its first day may still be found to lie earlier
    "call_agent": {"account", "email", "name", "learned"},
    "pairing": {"value", "reason", "proposed_at", "no_stands_at", "coach_said_no"},
    "pair_wish": {"said_by_id", "said_at"},
    "pay_month": {
        "reason", "paid_by", "sessions", "minutes", "rate", "currency", "decided_by_id", "decided_at",
    },
    "loss_reason": {"topic", "position", "added_at"},
    "team_goal": {"set_at"},
    "criterion": {"kind", "before", "bound", "most", "choices", "position", "added_at", "told_at"},
    "dispute": {"metric", "first_day", "last_day", "text", "answer", "said_at", "answered_at"},
    "quota": {"whose"},
    "digest": {"claimed_at", "message_id"},
    "coach_invitation": {"accepted"},
}  # fmt: skip
"""Columns that are no setting: what the program keeps for itself, people's words, and who somebody is."""


def test_of_every_column_it_is_decided_whether_the_log_tells_of_it() -> None:
    watched = watched_columns()
    for table in SQLModel.metadata.sorted_tables:
        if table.name in watched:
            columns = {column.name for column in table.columns} - {"id", "workspace_id"}
            assert columns == watched[table.name] - {"id"} | UNTOLD.get(table.name, set()), table.name
        else:
            assert table.name in HISTORIES | CLAIMS | TOLD_OTHERWISE | BY_THE_FORM, table.name
