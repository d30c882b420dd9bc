"""A source's subscription to its own events, looked after: what had to be done, or why it could not be."""

from collections.abc import Callable
from enum import StrEnum

import structlog

from bot.calls.logs.asking import CannotRead
from bot.calls.sources.delivery import Unreadable

log = structlog.get_logger()


class Kept(StrEnum):
    """What had to be done."""

    AS_IT_IS = "as it is"
    RENEWED = "renewed"
    MADE = "made anew"


def looked_after(source: str, keep: Callable[[], Kept]) -> Kept | None:
    """None where the source cannot be asked, which is logged and tried again."""
    try:
        done = keep()
    except (CannotRead, Unreadable) as error:
        log.warning("a subscription cannot be looked after", source=source, reason=str(error))
        return None
    if done is not Kept.AS_IT_IS:
        log.info("a subscription was looked after", source=source, done=done)
    return done
