"""One workspace's records as one transaction sees them at one moment: what every question and change is given."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Books:
    """`now` is aware; whatever is asked, noted or said through these books happens then."""

    session: Session
    workspace_id: int
    now: datetime

    def at(self, moment: datetime) -> "Books":
        """The same records at another moment."""
        return replace(self, now=moment)

    def of(self, workspace_id: int) -> "Books":
        """Another workspace's, in the same transaction."""
        return replace(self, workspace_id=workspace_id)
