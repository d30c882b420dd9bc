"""What is read where records stopped coming."""

from collections.abc import Sequence

from bot.blocks.reader import Reader
from bot.core.i18n import gettext as _
from bot.people.views.names import short_name
from bot.pipeline.domain.feeds import Silence
from bot.pipeline.views.feeds import nothing_came


def in_digest(silences: Sequence[Silence], reads: Reader) -> str:
    """What the digest does not know, in its first lines."""
    return "\n".join(
        _("🔇 {what} since {day}, so nothing is said of them here.").format(
            what=nothing_came(one.feed), day=reads.day(one.last_on)
        )
        for one in silences
    )


def stopped(team: str, silence: Silence, reads: Reader) -> str:
    """To the manager and the admin, once."""
    return _(
        "{what} from {team} since {day}, which is longer than they ever paused in the eight weeks before. Until they "
        "come again the digest names nobody by them, and I propose no new pairs by them; pairs that run go on, and so "
        "does what you pin. Is what sends them still connected?"
    ).format(what=nothing_came(silence.feed), team=short_name(team), day=reads.day(silence.last_on))
