"""The digest to come, from any day: its week, what stands of the one before, and what was posted, as it was."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.digest.domain.plan import Standing, last_finished_week, reported_week
from bot.digest.services import schedule
from storage.books import Books
from storage.queries.delivery import outbox
from storage.queries.digest import digests as queries
from storage.tables import Digest, OutboxState, Team


def standing(books: Books, team_id: int) -> Standing:
    """What the team's digest is about to be. Raises NotFound."""
    team = _team(books, team_id)
    finished = last_finished_week(books.now, ZoneInfo(team.time_zone))
    last = queries.of_week(books, team_id, finished)
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
        skipped=finished if last and last.skipped else None,
    )


def posted_text(books: Books, digest_id: int) -> str:
    """A digest as its channel has it, with what was mended since. Raises NotFound."""
    row = queries.by_id(books, digest_id)
    texts = outbox.versions(books, row.message_id) if row and row.message_id else []
    if not texts or not texts[-1].text:
        raise NotFound(_("That digest is not kept any more; its channel has it."))
    return texts[-1].text


def _comes(books: Books, team: Team) -> datetime | None:
    return schedule.coming(books, team, 1)[0].at if team.channel else None


def _latest_told(books: Books, team_id: int, finished: date) -> int | None:
    """Of the running week or the one before."""
    weeks = (finished + timedelta(weeks=1), finished)
    rows = [queries.of_week(books, team_id, week) for week in weeks]
    return next((row.id for row in rows if row and _is_told(row)), None)


def _is_told(row: Digest) -> bool:
    return not row.skipped and row.message_id is not None


def _team(books: Books, team_id: int) -> Team:
    team = queries.team(books, team_id)
    if team is None:
        raise NotFound(_("There is no such team."))
    return team
