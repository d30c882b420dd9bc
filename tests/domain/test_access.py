"""Claims about who may do what, as the table a person would draw."""

import pytest

from bot.domain.access import OPERATOR, WORKSPACE, Action, Subject, Viewer, may, require
from bot.errors import NotAllowed, NotFound
from bot.words import Metric

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
FOCUS = Subject(ANA, frozenset({NORTH}), metric=Metric.WIN_RATE)
OTHER_METRIC = Subject(ANA, frozenset({NORTH}), metric=Metric.CLOSE_RATE)
SHARED = Subject(ANA, frozenset({NORTH}), is_shared=True)
TEAM = Subject(team_ids=frozenset({NORTH}))

TABLE: list[tuple[Action, Subject, set[str]]] = [
    (Action.SEE_SCORECARD, PERSON, {"rep", "manager", "admin"}),
    (Action.SEE_METRIC, FOCUS, {"rep", "coach", "manager", "admin"}),
    (Action.SEE_METRIC, OTHER_METRIC, {"rep", "manager", "admin"}),
    (Action.SEE_METRIC, PERSON, {"rep", "manager", "admin"}),
    (Action.SEE_PLACE, PERSON, {"rep"}),
    (Action.SEE_DEBRIEF, PERSON, {"rep", "manager"}),
    (Action.SEE_DEBRIEF, SHARED, {"rep", "coach", "manager"}),
    (Action.EDIT_DEBRIEF, SHARED, {"rep"}),
    (Action.GIVE_FEEDBACK, PERSON, {"manager"}),
    (Action.GIVE_FEEDBACK, SHARED, {"coach", "manager"}),
    (Action.SEE_PIPELINE, PERSON, {"rep", "manager", "admin"}),
    (Action.SEE_PIPELINE, TEAM, {"manager", "admin"}),
    (Action.SEE_CREDIT, PERSON, {"rep", "manager", "admin"}),
    (Action.SEE_RECORD, PERSON, {"rep", "manager"}),
    (Action.SEE_EXCLUSIONS, PERSON, {"rep"}),
    (Action.EXPORT, PERSON, {"rep", "manager", "admin"}),
    (Action.EXPORT, TEAM, {"manager", "admin"}),
    (Action.EXPORT, WORKSPACE, {"admin"}),
    (Action.SEE_RANKING, TEAM, {"manager", "admin"}),
    (Action.SEE_RANKING, WORKSPACE, {"admin"}),
    (Action.SEE_TEAM, TEAM, {"manager", "admin"}),
    (Action.SEE_EFFECT, TEAM, {"manager", "admin"}),
    (Action.SET_TARGETS, PERSON, {"manager", "admin"}),
    (Action.SET_TARGETS, TEAM, {"manager", "admin"}),
    (Action.DISPUTE, PERSON, {"rep"}),
    (Action.ANSWER_DISPUTE, PERSON, {"manager", "admin"}),
    (Action.MANAGE_PAIRS, TEAM, {"manager", "admin"}),
    (Action.POST_DIGEST, TEAM, {"manager", "admin"}),
    (Action.CONFIGURE, WORKSPACE, {"admin"}),
    (Action.IMPORT, WORKSPACE, {"admin"}),
    (Action.ERASE, PERSON, {"rep", "admin"}),
    (Action.SEE_DEAD_LETTERS, WORKSPACE, {"admin"}),
    (Action.SEE_AUDIT, WORKSPACE, {"admin"}),
    (Action.MANAGE_ROSTER, PERSON, {"manager", "admin"}),
    (Action.SET_LEAVE, PERSON, {"rep", "manager", "admin"}),
    (Action.NAME_AGENTS, PERSON, {"manager", "admin"}),
]


@pytest.mark.parametrize("action, subject, allowed", TABLE)
def test_exactly_these_may(action: Action, subject: Subject, allowed: set[str]) -> None:
    assert {name for name, viewer in VIEWERS.items() if may(viewer, action, subject)} == allowed


def test_the_table_speaks_of_every_action() -> None:
    assert {action for action, _, _ in TABLE} == set(Action)


@pytest.mark.parametrize("action", Action)
def test_every_refusal_is_a_kind_sentence(action: Action) -> None:
    with pytest.raises((NotAllowed, NotFound), match=r"^[A-Z].*\.$"):
        require(VIEWERS["stranger"], action, PERSON)


def test_what_may_be_done_is_not_refused() -> None:
    require(VIEWERS["rep"], Action.SEE_SCORECARD, PERSON)


def test_a_debrief_that_is_not_shared_sounds_as_if_there_were_none() -> None:
    with pytest.raises(NotFound, match="no such debrief"):
        require(VIEWERS["coach"], Action.SEE_DEBRIEF, PERSON)


def test_a_stranger_hears_that_a_scorecard_is_private() -> None:
    with pytest.raises(NotAllowed):
        require(VIEWERS["stranger"], Action.SEE_SCORECARD, PERSON)


def test_a_manager_leads_a_rep_of_several_teams_through_any_of_them() -> None:
    in_both = Subject(ANA, frozenset({NORTH, SOUTH}))

    assert may(VIEWERS["other manager"], Action.SEE_SCORECARD, in_both)


def test_an_admin_who_leads_the_team_sees_its_debriefs_as_its_manager() -> None:
    both = Viewer(BOSS, is_admin=True, managed_team_ids=frozenset({NORTH}))

    assert may(both, Action.SEE_DEBRIEF, PERSON)


def test_the_operator_has_an_admins_view_and_is_nobody() -> None:
    assert may(OPERATOR, Action.SEE_RANKING, WORKSPACE)
    assert not may(OPERATOR, Action.SEE_DEBRIEF, PERSON)
    assert not may(OPERATOR, Action.SEE_PLACE, WORKSPACE)


def test_coaching_one_person_opens_nobody_else() -> None:
    someone_else = Subject(STRANGER, frozenset({NORTH}), metric=Metric.WIN_RATE, is_shared=True)

    assert not may(VIEWERS["coach"], Action.SEE_METRIC, someone_else)
    assert not may(VIEWERS["coach"], Action.SEE_DEBRIEF, someone_else)
