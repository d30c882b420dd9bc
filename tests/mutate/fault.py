"""A fault that somebody could make, and the tests that must notice it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """In `file` the text `good`, which stands there once, becomes `bad`; one of `tests` has to fail."""

    file: str
    good: str
    bad: str
    tests: tuple[str, ...]
