"""What is read where records have stopped coming."""

from collections.abc import Sequence

from bot.blocks.reader import Reader
from bot.core.i18n import gettext as _
from bot.pipeline.domain.feeds import Feed, Silence


def missing(silences: Sequence[Silence], reads: Reader) -> str:
    """`No calls have reached me since Nov 6, 2026`, one after the other."""
    told = [
        _("{what} since {day}").format(what=nothing_came(one.feed), day=reads.day(one.last_on))
        for one in silences
    ]
    return ". ".join(told)


def nothing_came(feed: Feed) -> str:
    match feed:
        case Feed.CALLS:
            return _("No calls have reached me")
        case Feed.LEADS:
            return _("No leads have reached me")
        case Feed.DEALS:
            return _("No news of deals has reached me")
