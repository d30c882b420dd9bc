"""Deliveries that come at the same time are stored with one commit: a disk that syncs 100 times a second keeps up."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from storage.database import Database

Keep = Callable[[Session], bool]
"""Stores one delivery; False when it was here before."""


@dataclass(frozen=True, slots=True)
class _Letter:
    keep: Keep
    stored: Future[bool] = field(default_factory=Future)


class Gathering:
    """Who comes while others are being stored waits, and is then stored together with all who came since."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: list[_Letter] = []
        self._guard = threading.Lock()
        self._turn = threading.Lock()

    def take(self, keep: Keep) -> bool:
        """Stored once it returns; raises what the database or `keep` raises, upon which it is not."""
        letter = _Letter(keep)
        with self._guard:
            self._waiting.append(letter)
        with self._turn:
            if not letter.stored.done():
                self._store(self._all_waiting())
        return letter.stored.result()

    @property
    def is_waited_for(self) -> bool:
        return bool(self._waiting)

    def _all_waiting(self) -> list[_Letter]:
        with self._guard:
            letters, self._waiting = self._waiting, []
        return letters

    def _store(self, letters: list[_Letter]) -> None:
        try:
            with self._db.begin(urgent=True) as session:
                kept = [letter.keep(session) for letter in letters]
        except OperationalError as error:  # the database is away, full or held: so it is for each of them
            for letter in letters:
                letter.stored.set_exception(error)
            return
        except Exception as error:  # noqa: BLE001  whatever it is, each who waits has an answer
            self._failed(letters, error)
            return
        except BaseException as error:  # this thread is to end; those whose letters it took wait all the same
            for letter in letters:
                letter.stored.set_exception(RuntimeError(f"not stored: {type(error).__name__}"))
            raise
        for letter, is_new in zip(letters, kept, strict=True):
            letter.stored.set_result(is_new)

    def _failed(self, letters: list[_Letter], error: Exception) -> None:
        """One by one, so that a letter that cannot be stored takes no other along."""
        if len(letters) == 1:
            letters[0].stored.set_exception(error)
            return
        for letter in letters:
            self._store([letter])
