"""Coaching sessions that were held, and what came of their commitments."""

from bot.coaching.domain.sessions import MINUTES, RATINGS, due_on
from bot.core.enums import Metric
from bot.core.errors import BadInput
from bot.imports.kinds.kind import Column, Entry, Kind, Party, Task
from bot.tabular import cells
from storage.tables import CoachingSession

_USUAL_MINUTES = 30


def _complete(_: Task, entry: Entry) -> None:
    session = entry.merged
    if session["coach_id"] == session["learner_id"]:
        raise BadInput("The coach and the learner are the same person.")
    if entry.stored is None or not entry.given.get("due_on", session["due_on"]):
        session["due_on"] = due_on(session["held_on"], entry.given.get("due_on"))
    if session["due_on"] < session["held_on"]:
        raise BadInput("The commitment is due before the session was held.")


KIND = Kind(
    table=CoachingSession,
    key=("session_key",),
    parties=(Party("coach", "coach_id"), Party("learner", "learner_id")),
    columns=(
        Column("session_id", "session_key", cells.key, required=True),
        Column("metric", "metric", cells.word(Metric), required=True),
        Column("held_on", "held_on", cells.day, required=True),
        Column(
            "minutes",
            "minutes",
            cells.whole(MINUTES[0], MINUTES[-1]),
            blank=_USUAL_MINUTES,
            decisive=True,
        ),
        Column("commitment", "commitment", cells.text, blank=""),
        Column("due_on", "due_on", cells.day, decisive=True),
        Column("kept", "kept", cells.yes_no),
        Column("rating", "rating", cells.whole(RATINGS[0], RATINGS[-1])),
        Column("confirmed", "confirmed", cells.yes_no, blank=False),
    ),
    complete=_complete,
)
