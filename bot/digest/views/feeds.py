"""What is read where records stopped coming."""

from collections.abc import Sequence

from bot.blocks.reader import Reader
from bot.core.i18n import gettext as _
from bot.digest.domain.digest import Feed, Silence
from bot.people.views.names import short_name


def in_digest(silences: Sequence[Silence], reads: Reader) -> str:
    """What the digest does not know, in its first lines."""
    return "\n".join(
        _("🔇 {what} since {day}, so nothing is said of them here.").format(
            what=_nothing_came(one.feed), day=reads.day(one.last_on)
        )
        for one in silences
    )


def stopped(team: str, silence: Silence, reads: Reader) -> str:
    """To the manager and the admin, once."""
    return _(
        "{what} from {team} since {day}, which is longer than they ever paused in the eight weeks before. Until they "
        "come again the digest names nobody by them. Is what sends them still connected?"
    ).format(what=_nothing_came(silence.feed), team=short_name(team), day=reads.day(silence.last_on))


def _nothing_came(feed: Feed) -> str:
    match feed:
        case Feed.CALLS:
            return _("No calls have reached me")
        case Feed.LEADS:
            return _("No leads have reached me")
        case Feed.DEALS:
            return _("No news of deals has reached me")
