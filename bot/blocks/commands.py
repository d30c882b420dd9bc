"""What people begin with: slash commands, and shortcuts."""

from enum import StrEnum


class Command(StrEnum):
    SCORECARD = "/scorecard"
    DEBRIEF = "/debrief"
    COACH = "/coach"
    HANDOFF = "/handoff"


class Shortcut(StrEnum):
    LOG_CALL = "log_call"
    HANDOFF = "handoff"
