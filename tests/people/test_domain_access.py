"""Claims about who may do what, as the table a person would draw."""

import re

import pytest

from bot.core.enums import Metric
from bot.core.errors import NotAllowed, NotFound
from bot.people.domain.access import OPERATOR, WORKSPACE, Right, Subject, Viewer, may, require
from tests.tree import ROOT

NORTH, SOUTH = 1, 2
ANA, COACH, LEAD, OTHER_LEAD, BOSS, STRANGER = 10, 11, 12, 13, 14, 15

VIEWERS = {
    "rep": Viewer(ANA),
    "coach": Viewer(COACH, learners={ANA: Metric.WIN_RATE}),
    "manager": Viewer(LEAD, managed_team_ids=frozenset({NORTH})),
    "other manager": Viewer(OTHER_LEAD, managed_team_ids=frozenset({SOUTH})),
    "admin": Viewer(BOSS, is_admin=True),
    "stranger": Viewer(STRANGER),
}

PERSON = Subject(ANA, frozenset({NORTH}))
SHARED = Subject(ANA, frozenset({NORTH}), is_shared=True)
TEAM = Subject(team_ids=frozenset({NORTH}))

TABLE: list[tuple[Right, Subject, set[str]]] = [
    (Right.SEE_SCORECARD, PERSON, {"rep", "manager", "admin"}),
    (Right.SEE_PLACE, PERSON, {"rep"}),
    (Right.SEE_DEBRIEF, PERSON, {"rep", "manager"}),
    (Right.SEE_DEBRIEF, SHARED, {"rep", "coach", "manager"}),
    (Right.EDIT_DEBRIEF, SHARED, {"rep"}),
    (Right.GIVE_FEEDBACK, PERSON, {"manager"}),
    (Right.GIVE_FEEDBACK, SHARED, {"coach", "manager"}),
    (Right.SEE_PIPELINE, PERSON, {"rep", "manager", "admin"}),
    (Right.SEE_PIPELINE, TEAM, {"manager", "admin"}),
    (Right.SEE_RECORD, PERSON, {"rep", "manager"}),
    (Right.SEE_EXCLUSIONS, PERSON, {"rep"}),
    (Right.EXPORT, PERSON, {"rep", "manager", "admin"}),
    (Right.EXPORT, TEAM, {"manager", "admin"}),
    (Right.EXPORT, WORKSPACE, {"admin"}),
    (Right.SEE_RANKING, TEAM, {"manager", "admin"}),
    (Right.SEE_RANKING, WORKSPACE, {"admin"}),
    (Right.SEE_TEAM, TEAM, {"manager", "admin"}),
    (Right.SEE_EFFECT, TEAM, {"manager", "admin"}),
    (Right.SET_TARGETS, PERSON, {"manager", "admin"}),
    (Right.SET_TARGETS, TEAM, {"manager", "admin"}),
    (Right.SET_WEIGHTS, WORKSPACE, {"admin"}),
    (Right.SET_CHECKLIST, TEAM, {"manager", "admin"}),
    (Right.SET_CHECKLIST, WORKSPACE, {"admin"}),
    (Right.SET_TOPICS, TEAM, {"manager", "admin"}),
    (Right.SET_TOPICS, WORKSPACE, {"admin"}),
    (Right.DISPUTE, PERSON, {"rep"}),
    (Right.ANSWER_DISPUTE, PERSON, {"manager", "admin"}),
    (Right.MANAGE_PAIRS, TEAM, {"manager", "admin"}),
    (Right.POST_DIGEST, TEAM, {"manager", "admin"}),
    (Right.CONFIGURE, WORKSPACE, {"admin"}),
    (Right.IMPORT, WORKSPACE, {"admin"}),
    (Right.ERASE, PERSON, {"rep", "admin"}),
    (Right.SEE_DEAD_LETTERS, WORKSPACE, {"admin"}),
    (Right.SEE_AUDIT, WORKSPACE, {"admin"}),
    (Right.MANAGE_ROSTER, PERSON, {"manager", "admin"}),
    (Right.SET_LEAVE, PERSON, {"rep", "manager", "admin"}),
    (Right.NAME_AGENTS, PERSON, {"manager", "admin"}),
]


@pytest.mark.parametrize("action, subject, allowed", TABLE)
def test_exactly_these_may(action: Right, subject: Subject, allowed: set[str]) -> None:
    assert {name for name, viewer in VIEWERS.items() if may(viewer, action, subject)} == allowed


def test_the_table_speaks_of_every_action() -> None:
    assert {action for action, _, _ in TABLE} == set(Right)


@pytest.mark.parametrize("action", Right)
def test_every_refusal_is_a_kind_sentence(action: Right) -> None:
    with pytest.raises((NotAllowed, NotFound), match=r"^[A-Z].*\.$"):
        require(VIEWERS["stranger"], action, PERSON)


def test_what_may_be_done_is_not_refused() -> None:
    require(VIEWERS["rep"], Right.SEE_SCORECARD, PERSON)


def test_a_debrief_that_is_not_shared_sounds_as_if_there_were_none() -> None:
    with pytest.raises(NotFound, match="no such debrief"):
        require(VIEWERS["coach"], Right.SEE_DEBRIEF, PERSON)


def test_a_stranger_hears_that_a_scorecard_is_private() -> None:
    with pytest.raises(NotAllowed):
        require(VIEWERS["stranger"], Right.SEE_SCORECARD, PERSON)


def test_a_manager_leads_a_rep_of_several_teams_through_any_of_them() -> None:
    in_both = Subject(ANA, frozenset({NORTH, SOUTH}))

    assert may(VIEWERS["other manager"], Right.SEE_SCORECARD, in_both)


def test_an_admin_who_leads_the_team_sees_its_debriefs_as_its_manager() -> None:
    both = Viewer(BOSS, is_admin=True, managed_team_ids=frozenset({NORTH}))

    assert may(both, Right.SEE_DEBRIEF, PERSON)


def test_the_operator_has_an_admins_view_and_is_nobody() -> None:
    assert may(OPERATOR, Right.SEE_RANKING, WORKSPACE)
    assert not may(OPERATOR, Right.SEE_DEBRIEF, PERSON)
    assert not may(OPERATOR, Right.SEE_PLACE, WORKSPACE)


def test_coaching_one_person_opens_nobody_else() -> None:
    someone_else = Subject(STRANGER, frozenset({NORTH}), is_shared=True)

    assert not may(VIEWERS["coach"], Right.SEE_DEBRIEF, someone_else)


def test_every_right_of_the_table_is_asked_for_somewhere() -> None:
    """A row that nobody asks promises what nobody keeps."""
    files = [path for room in ("bot", "handlers") for path in (ROOT / room).rglob("*.py")]
    said = " ".join(path.read_text(encoding="utf-8") for path in files if path.name != "access.py")

    assert [action for action in Right if not re.search(rf"\bRight\.{action.name}\b", said)] == []
