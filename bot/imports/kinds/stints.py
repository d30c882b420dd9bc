"""Who is in which team and role since when, kept so that a change never rewrites what was.

A row without `started_on` speaks of now: it confirms the stint there is; where the person was elsewhere until now, it
begins today; and where nothing was known, it holds for ever.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from bot.core.enums import Role
from bot.core.errors import BadInput
from storage.tables import EVER, Membership

Place = tuple[int, Role]
"""A team's id and a role in it."""

_DAY = timedelta(days=1)


class Stints:
    """The memberships of a workspace while a roster is read into it."""

    def __init__(self, workspace_id: int, stored: Iterable[Membership]) -> None:
        self.workspace_id = workspace_id
        self.new: list[Membership] = []
        self._of: dict[int, list[Membership]] = defaultdict(list)
        for stint in stored:
            self._of[stint.person_id].append(stint)
        self._until_now = {
            person_id: {
                (stint.team_id, stint.role) for stint in its if _is_selling(stint) and stint.ended_on is None
            }
            for person_id, its in self._of.items()
        }

    def enter(
        self,
        person_id: int,
        place: Place,
        started_on: date | None,
        ended_on: date | None,
        *,
        today: date,
        named: Collection[Place],
    ) -> Membership:
        """The stint that a row speaks of, found or begun. `named`: all places the file names for the person."""
        known = self._meant(person_id, place, started_on)
        left = place[1] is not Role.MANAGER and bool(self._until_now.get(person_id, set()) - set(named))
        if started_on is None and left and (known is None or known.ended_on is not None):
            known, started_on = None, today
        _require_order(started_on or (known.started_on if known else EVER), ended_on)
        stint = known or self._begin(person_id, place, started_on or EVER)
        if started_on:
            stint.started_on, stint.since_added = started_on, False
        stint.ended_on = ended_on or stint.ended_on
        return stint

    def lead(self, person_id: int, team_id: int, *, today: date) -> None:
        """Makes the person a manager of the team, unless they are."""
        its = [
            stint for stint in self._of[person_id] if (stint.team_id, stint.role) == (team_id, Role.MANAGER)
        ]
        if not any(stint.ended_on is None or stint.ended_on >= today for stint in its):
            self._begin(person_id, (team_id, Role.MANAGER), today if its else EVER)

    def close_earlier(self, person_id: int) -> None:
        """An open selling stint ends the day before a later one begins."""
        selling = [stint for stint in self._of[person_id] if _is_selling(stint)]
        for stint in selling:
            later = [other.started_on for other in selling if other.started_on > stint.started_on]
            if later and stint.ended_on is None:
                stint.ended_on = max(stint.started_on, min(later) - _DAY)

    def dates_of(self, person_id: int) -> list[tuple[date, date | None]]:
        return [(stint.started_on, stint.ended_on) for stint in self._of[person_id]]

    def _meant(self, person_id: int, place: Place, started_on: date | None) -> Membership | None:
        its = [stint for stint in self._of[person_id] if (stint.team_id, stint.role) == place]
        if started_on is None:
            return max(its, key=lambda stint: stint.started_on, default=None)
        exact = [stint for stint in its if stint.started_on == started_on]
        unsaid = [stint for stint in its if _is_unsaid(stint) and not _ended_before(stint, started_on)]
        return next(iter(exact + unsaid), None)

    def _begin(self, person_id: int, place: Place, started_on: date) -> Membership:
        stint = Membership(
            workspace_id=self.workspace_id,
            person_id=person_id,
            team_id=place[0],
            role=place[1],
            started_on=started_on,
        )
        self._of[person_id].append(stint)
        self.new.append(stint)
        return stint


def _is_selling(stint: Membership) -> bool:
    return stint.role is not Role.MANAGER


def _is_unsaid(stint: Membership) -> bool:
    """Nobody said since when."""
    return stint.since_added or stint.started_on == EVER


def _ended_before(stint: Membership, day: date) -> bool:
    return stint.ended_on is not None and stint.ended_on < day


def _require_order(started_on: date, ended_on: date | None) -> None:
    if ended_on and ended_on < started_on:
        raise BadInput(f"ended_on, {ended_on}, comes before started_on, {started_on}.")
