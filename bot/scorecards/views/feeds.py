"""What is read where records stopped coming."""

from bot.core.i18n import gettext as _
from bot.scorecards.domain.feeds import Feed


def nothing_came(feed: Feed) -> str:
    match feed:
        case Feed.CALLS:
            return _("No calls have reached me")
        case Feed.LEADS:
            return _("No leads have reached me")
        case Feed.DEALS:
            return _("No news of deals has reached me")
