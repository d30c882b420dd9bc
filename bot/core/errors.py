"""Errors whose message is a sentence for the person who can mend them."""


class CoachError(Exception):
    """Something a person asked for cannot be done; `str(error)` is said to that person as it stands."""


class BadInput(CoachError):
    """What was typed, clicked or imported cannot be read; `field` names the input it belongs to, if any."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class NotFound(CoachError):
    """No such record, or none this person may know of: both sound the same on purpose."""


class NotAllowed(CoachError):
    """The person may know that the thing exists, but may not do this with it."""


class Misconfigured(CoachError):
    """The program cannot start as it is set up; the sentence says what to change."""


class NotNow(Exception):
    """Somebody else's server is away or asks for patience: it is tried again. The sentence is for the log."""
