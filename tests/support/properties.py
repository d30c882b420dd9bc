"""How often a property is tried: `make check` tries it as often as its test says, `make test` a fifth of that."""

from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, settings

DEEP, FAST = "deep", "fast"
_WHOLE = 100
"""Examples of a test that names no number."""
_FEWEST = 5


def register_profiles() -> None:
    """`pytest --hypothesis-profile=deep` takes the other. A crowded machine is slow and finds no fault by that."""
    slow = (HealthCheck.too_slow,)
    settings.register_profile(DEEP, max_examples=_WHOLE, deadline=None, suppress_health_check=slow)
    settings.register_profile(
        FAST, max_examples=_WHOLE // 5, deadline=None, suppress_health_check=slow, derandomize=True
    )
    settings.load_profile(FAST)


def examples(number: int, suppress_health_check: Sequence[HealthCheck] = (), **more: Any) -> settings:
    """Settings for a test that is to be tried `number` times where there is time, and a fifth of that elsewhere.

    The rest is what `hypothesis.settings` takes beside.
    """
    unchecked = {HealthCheck.too_slow, *suppress_health_check}
    return settings(max_examples=often(number), suppress_health_check=tuple(unchecked), **more)


def often(number: int) -> int:
    """That many where there is time, and a fifth of it elsewhere."""
    if settings.get_current_profile_name() == FAST:
        return min(number, max(_FEWEST, number // 5))
    return number
