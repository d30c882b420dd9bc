"""The closed word lists of what coaching comes to, as in `bot/core/enums.py`."""

from enum import StrEnum


class PaidBy(StrEnum):
    """How coaching is paid for: by the hour, or by asking less of the coach's own targets."""

    MONEY = "money"
    RELIEF = "relief"


class Helped(StrEnum):
    """What a learner says helped most in the four weeks with a coach."""

    CALL = "call"
    QUESTION = "question"
    PRACTICE = "practice"
    PROMISE = "promise"
    EXAMPLE = "example"
    NOTHING = "nothing"
