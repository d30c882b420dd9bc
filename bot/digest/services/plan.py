"""When and where a team's digest comes, as its manager sees and changes it."""

from datetime import time
from zoneinfo import ZoneInfo

from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.digest.domain.plan import Plan
from bot.digest.services import schedule as digest_schedule
from storage.books import Books
from storage.queries.digest import digests as queries
from storage.tables import Team


def of_team(books: Books, team_id: int) -> Plan:
    """Raises NotFound."""
    return _plan(books, _found(queries.team(books, team_id)))


def change(
    books: Books,
    team_id: int,
    *,
    weekday: int,
    at: time,
    channel: str,
    zone: str | None = None,
    locale: str | None = None,
) -> Plan:
    """The next one comes on the new day; a week that was told already is not told again. Raises NotFound.

    Without a zone or a locale the team keeps its own.
    """
    team = _found(queries.claim_team(books, team_id))
    if zone not in (None, team.time_zone):
        team.pairs_next_at = None  # its weeks begin by other clocks
    team.time_zone, team.locale = zone or team.time_zone, locale or team.locale
    team.digest_weekday, team.digest_time, team.channel = weekday, at, channel
    team.digest_next_at = digest_schedule.coming(books, team, 1)[0].at
    books.session.flush()
    return _plan(books, team)


def would_be(
    books: Books, team_id: int, *, weekday: int, at: time, channel: str, zone: str, locale: str
) -> Plan:
    """What a change would come to; nothing is written. Raises NotFound."""
    team = _found(queries.team(books, team_id))
    wished = {
        "digest_weekday": weekday,
        "digest_time": at,
        "channel": channel,
        "time_zone": zone,
        "locale": locale,
    }
    return _plan(books, Team(**team.model_dump() | wished))


def locale_of(books: Books, team: Team) -> str | None:
    """How the channel reads dates and numbers: as its manager chose, else as most of the team's people do."""
    return team.locale or queries.usual_locale(books, team.id, books.now.date())


def _found(team: Team | None) -> Team:
    if team is None:
        raise NotFound(_("There is no such team."))
    return team


def _plan(books: Books, team: Team) -> Plan:
    return Plan(
        team_id=team.id,
        team=team.name,
        weekday=team.digest_weekday,
        at=team.digest_time,
        zone=ZoneInfo(team.time_zone),
        channel=team.channel,
        next_at=team.digest_next_at,
        locale=locale_of(books, team),
        coming=tuple(digest_schedule.coming(books, team, 2)) if team.channel else (),
    )
