"""Whose turn it is to write: one at a time, in the order they came, but first whoever cannot wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from heapq import heappop, heappush
from itertools import count
from threading import Condition


class Turns:
    """A lock between the threads of a process that starves nobody among the patient, and lets the urgent pass them."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._tickets = count()
        self._waiting: list[tuple[bool, int]] = []
        self._is_taken = False

    @contextmanager
    def turn(self, *, urgent: bool = False) -> Iterator[None]:
        """Waits for it, and holds it for the block."""
        with self._changed:
            ticket = (not urgent, next(self._tickets))
            heappush(self._waiting, ticket)
            self._changed.wait_for(lambda: not self._is_taken and self._waiting[0] == ticket)
            heappop(self._waiting)
            self._is_taken = True
        try:
            yield
        finally:
            with self._changed:
                self._is_taken = False
                self._changed.notify_all()
