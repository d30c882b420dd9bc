"""Who may do what: one table, and the only place that decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from bot.core.enums import Metric
from bot.core.errors import NotAllowed, NotFound

CYCLE = timedelta(weeks=4)
"""How long a coach and a learner work on a metric, and the coach may see it."""


class Right(StrEnum):
    SEE_SCORECARD = "see_scorecard"
    SEE_PLACE = "see_place"
    SEE_DEBRIEF = "see_debrief"
    EDIT_DEBRIEF = "edit_debrief"
    GIVE_FEEDBACK = "give_feedback"
    SEE_PIPELINE = "see_pipeline"
    SEE_RECORD = "see_record"
    SEE_EXCLUSIONS = "see_exclusions"
    EXPORT = "export"
    SEE_RANKING = "see_ranking"
    SEE_TEAM = "see_team"
    SEE_EFFECT = "see_effect"
    SET_TARGETS = "set_targets"
    SET_WEIGHTS = "set_weights"
    SET_CHECKLIST = "set_checklist"
    SET_TOPICS = "set_topics"
    DISPUTE = "dispute"
    ANSWER_DISPUTE = "answer_dispute"
    MANAGE_PAIRS = "manage_pairs"
    POST_DIGEST = "post_digest"
    CONFIGURE = "configure"
    IMPORT = "import"
    ERASE = "erase"
    SEE_DEAD_LETTERS = "see_dead_letters"
    SEE_AUDIT = "see_audit"
    MANAGE_ROSTER = "manage_roster"
    SET_LEAVE = "set_leave"
    NAME_AGENTS = "name_agents"


class Relation(StrEnum):
    """What a viewer can be to a subject; several at once."""

    SELF = "self"
    COACH_WITH_SHARE = "coach_with_share"
    """The subject's coach, asking about something the subject has shared."""
    MANAGER = "manager"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `learners` are the people this viewer coaches now, each with the metric they work on."""

    person_id: int | None
    is_admin: bool = False
    managed_team_ids: frozenset[int] = frozenset()
    learners: Mapping[int, Metric] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: a person, a team or, with nothing named, the workspace.

    `team_ids` are the person's teams, or the team itself; `is_shared` speaks of the one debrief asked for.
    """

    person_id: int | None = None
    team_ids: frozenset[int] = frozenset()
    is_shared: bool = False


WORKSPACE = Subject()
OPERATOR = Viewer(person_id=None, is_admin=True)
"""Whoever runs the program on its own machine and names nobody: an admin's view."""


@dataclass(frozen=True, slots=True)
class _Rule:
    allowed: frozenset[Relation]
    refusal: str
    hides: bool = False
    """Whether a stranger must not even learn that the thing exists."""


_SELF, _MANAGER, _ADMIN = Relation.SELF, Relation.MANAGER, Relation.ADMIN
_OWN_NUMBERS = "These numbers are for the rep and for those who lead the team."
_NO_SUCH_DEBRIEF = "There is no such debrief, or it has not been shared with you."
_LEADERS = "Only the team's manager or an admin can see this."
_LEADERS_ACT = "Only the team's manager or an admin can do this."
_LEADERS_SET = "Only a manager of theirs or an admin can set targets."
_WEIGHTS = "Weights rank a role across all teams, so an admin sets them. Ask the person who set Cornerman up."
_CHECKLIST = (
    "A line for every team is an admin's to change, one for a team its manager's. Tell them what is missing."
)
_TOPICS = "What every team's debriefs offer is an admin's to change, what one team's do its manager's."
_ADMINS = "Only an admin can do this. Ask the person who set Cornerman up."


def _to(*allowed: Relation, refusal: str, hides: bool = False) -> _Rule:
    return _Rule(frozenset(allowed), refusal, hides)


_TABLE: Mapping[Right, _Rule] = MappingProxyType(
    {
        Right.SEE_SCORECARD: _to(_SELF, _MANAGER, _ADMIN, refusal=_OWN_NUMBERS),
        Right.SEE_PLACE: _to(_SELF, refusal="A place in the ranking is told to the rep alone."),
        Right.SEE_DEBRIEF: _to(
            _SELF, Relation.COACH_WITH_SHARE, _MANAGER, refusal=_NO_SUCH_DEBRIEF, hides=True
        ),
        Right.EDIT_DEBRIEF: _to(_SELF, refusal="Only the rep who wrote a debrief can change it."),
        Right.GIVE_FEEDBACK: _to(Relation.COACH_WITH_SHARE, _MANAGER, refusal=_NO_SUCH_DEBRIEF, hides=True),
        Right.SEE_PIPELINE: _to(_SELF, _MANAGER, _ADMIN, refusal=_OWN_NUMBERS),
        Right.SEE_RECORD: _to(_SELF, _MANAGER, refusal="This record is for the coach and the manager."),
        Right.SEE_EXCLUSIONS: _to(_SELF, refusal="There is no such list.", hides=True),
        Right.EXPORT: _to(
            _SELF, _MANAGER, _ADMIN, refusal="You can export your own numbers, or those of a team you lead."
        ),
        Right.SEE_RANKING: _to(_MANAGER, _ADMIN, refusal=_LEADERS),
        Right.SEE_TEAM: _to(_MANAGER, _ADMIN, refusal=_LEADERS),
        Right.SEE_EFFECT: _to(_MANAGER, _ADMIN, refusal=_LEADERS),
        Right.SET_TARGETS: _to(_MANAGER, _ADMIN, refusal=_LEADERS_SET),
        Right.SET_WEIGHTS: _to(_ADMIN, refusal=_WEIGHTS),
        Right.SET_CHECKLIST: _to(_MANAGER, _ADMIN, refusal=_CHECKLIST),
        Right.SET_TOPICS: _to(_MANAGER, _ADMIN, refusal=_TOPICS),
        Right.DISPUTE: _to(_SELF, refusal="Only the rep whose figure it is can say that it is wrong."),
        Right.ANSWER_DISPUTE: _to(_MANAGER, _ADMIN, refusal=_LEADERS_ACT),
        Right.MANAGE_PAIRS: _to(_MANAGER, _ADMIN, refusal=_LEADERS_ACT),
        Right.POST_DIGEST: _to(_MANAGER, _ADMIN, refusal=_LEADERS_ACT),
        Right.CONFIGURE: _to(_ADMIN, refusal=_ADMINS),
        Right.IMPORT: _to(_ADMIN, refusal=_ADMINS),
        Right.ERASE: _to(_SELF, _ADMIN, refusal=_ADMINS),
        Right.SEE_DEAD_LETTERS: _to(_ADMIN, refusal=_ADMINS),
        Right.SEE_AUDIT: _to(_ADMIN, refusal=_ADMINS),
        Right.MANAGE_ROSTER: _to(_MANAGER, _ADMIN, refusal=_LEADERS_ACT),
        Right.SET_LEAVE: _to(
            _SELF, _MANAGER, _ADMIN, refusal="Days off are said by the person, their manager or an admin."
        ),
        Right.NAME_AGENTS: _to(
            _MANAGER, _ADMIN, refusal="Only their manager or an admin can say whose calls these are."
        ),
    }
)


def may(viewer: Viewer, right: Right, subject: Subject = WORKSPACE) -> bool:
    return not _TABLE[right].allowed.isdisjoint(relations(viewer, subject))


def require(viewer: Viewer, right: Right, subject: Subject = WORKSPACE) -> None:
    """Raises NotAllowed, or NotFound where the thing's very existence is private, unless the viewer may."""
    if may(viewer, right, subject):
        return
    rule = _TABLE[right]
    raise NotFound(rule.refusal) if rule.hides else NotAllowed(rule.refusal)


def relations(viewer: Viewer, subject: Subject) -> frozenset[Relation]:
    """All that the viewer is to the subject."""
    held = {
        Relation.SELF: subject.person_id is not None and subject.person_id == viewer.person_id,
        Relation.COACH_WITH_SHARE: subject.person_id in viewer.learners and subject.is_shared,
        Relation.MANAGER: not viewer.managed_team_ids.isdisjoint(subject.team_ids),
        Relation.ADMIN: viewer.is_admin,
    }
    return frozenset(relation for relation, is_so in held.items() if is_so)
