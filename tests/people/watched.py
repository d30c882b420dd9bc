"""What the audit log tells of."""

from storage.audit.watched import WATCHED

BY_THE_FORM = {"target", "weight", "weight_set"}
"""Dated rows: the form knows from what to what they change a day."""


def watched_columns() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in WATCHED:
        found.setdefault(one.table.__tablename__, set()).update(
            one.columns, filter(None, (one.whom, one.team))
        )
    return found
