"""What may stay of people whose data is gone: sums in which nobody can be told apart."""

from datetime import date, timedelta

CROWD = 3
"""People who must have held a role in a month for their sums of that month to stay: one's own would be theirs."""


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of its month."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month where it has no such day."""
    number = day.year * 12 + day.month - 1 - months
    first = date(number // 12, number % 12 + 1, 1)
    return first.replace(day=min(day.day, month_of(first)[1].day))
