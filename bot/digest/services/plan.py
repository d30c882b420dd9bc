"""When and where a team's digest comes, as its manager sees and changes it; and how the week's digest stands."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.digest.domain.plan import Plan, Standing, last_finished_week, reported_week
from bot.digest.services import schedule as digest_schedule
from bot.people.services import teams
from storage.books import Books
from storage.queries.delivery import outbox
from storage.queries.digest import digests as queries
from storage.tables import Digest, OutboxState, Team


def of_team(books: Books, team_id: int) -> Plan:
    """Raises NotFound."""
    return _plan(books, teams.row(books, team_id))


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
    team = teams.row(books, team_id)
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


def standing(books: Books, team_id: int) -> Standing:
    """What the team's digest is about to be. Raises NotFound."""
    team = teams.row(books, team_id)
    finished = last_finished_week(books.now, ZoneInfo(team.time_zone))
    last = queries.of_week(books, team_id, finished)
    running = queries.of_week(books, team_id, finished + timedelta(weeks=1))
    comes = _comes(books, team)
    coming = reported_week(comes, ZoneInfo(team.time_zone)) if comes else finished
    told = outbox.by_id(books, last.message_id) if last and last.message_id else None
    lost = told.id if told and told.state is OutboxState.DEAD else None
    return Standing(
        week=finished if lost or last is None else coming,
        comes_at=comes,
        comes_late=last is None and coming != finished,
        postable=None if last and not last.skipped else finished,
        lost_id=lost,
        posted=_latest_told(books, team_id, finished),
        skipped=next((one.week for one in (last, running) if one and one.skipped), None),
    )


def posted_text(books: Books, digest_id: int) -> str:
    """A digest as its channel has it, with what was mended since. Raises NotFound."""
    row = queries.by_id(books, digest_id)
    texts = outbox.versions(books, row.message_id) if row and row.message_id else []
    if not texts or not texts[-1].text:
        raise NotFound(_("That digest is not kept any more; its channel has it."))
    return texts[-1].text


def _comes(books: Books, team: Team) -> datetime | None:
    return digest_schedule.coming(books, team, 1)[0].at if team.channel else None


def _latest_told(books: Books, team_id: int, finished: date) -> int | None:
    """Of the running week or the one before."""
    weeks = (finished + timedelta(weeks=1), finished)
    rows = [queries.of_week(books, team_id, week) for week in weeks]
    return next((row.id for row in rows if row and _is_told(row)), None)


def _is_told(row: Digest) -> bool:
    return not row.skipped and row.message_id is not None
