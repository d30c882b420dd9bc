"""Two who write the same in the same moment: one of them is second, and its transaction is undone as a whole."""

from sqlalchemy.exc import DBAPIError

_SECOND = frozenset({"23505", "40001", "40P01"})
"""What PostgreSQL calls a row that is there already, a read that is out of date, and a deadlock."""


def came_second(error: Exception) -> bool:
    """Whether what was undone may be begun anew, and finds then what the first has written.

    SQLite has one writer, who reads what it writes upon: there nobody comes second.
    """
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _SECOND
