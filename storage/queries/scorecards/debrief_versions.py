"""Debriefs as they read at the moment asked for: every edit keeps the version before it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from storage.queries.scorecards.spans import Expression, Spans
from storage.tables import Debrief, DebriefVersion


class Then:
    """The version that stood at the moment, joined to debriefs that were edited later."""

    def __init__(self, span: Spans) -> None:
        self._version = aliased(DebriefVersion)
        self._edited_later = col(Debrief.edited_at) > span.as_of
        self._span = span

    def read(self, name: str, now: Expression | None = None) -> ColumnElement[Any]:
        """A field as it stood; `now` is what it is today, where that is no column of the debrief."""
        today = getattr(Debrief, name) if now is None else now
        return sa.case((self._edited_later, getattr(self._version, name)), else_=today)

    def joined_to(self, debriefs: sa.Select[Any]) -> sa.Select[Any]:
        version = self._version
        return debriefs.outerjoin(
            version,
            self._span.owns(
                version,
                self._edited_later,
                col(version.debrief_id) == Debrief.id,
                col(version.version) == _number(self._span),
            ),
        )


def _number(span: Spans) -> ColumnElement[int]:
    written = span.owns(
        DebriefVersion,
        col(DebriefVersion.debrief_id) == Debrief.id,
        col(DebriefVersion.written_at) <= span.as_of,
    )
    return (
        sa.select(sa.func.max(col(DebriefVersion.version)))
        .where(written)
        .correlate(Debrief)
        .scalar_subquery()
    )
