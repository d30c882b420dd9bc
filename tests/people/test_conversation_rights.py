"""Every button, form and command, carrying an id that is none of the person's business.

The walk is over all that is registered: a new button or form is walked the day it is added.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

import pytest
from sqlmodel import Session, select

from bot.app import LISTENER_THREADS
from bot.blocks.ids import Action, Input, View
from bot.core.coaching_enums import Helped
from bot.core.enums import Metric, Role, Unasked
from bot.sandbox import Member
from bot.scorecards.domain.drilldown import FigureId
from handlers.slash_words import SCORECARD
from storage.database import Database
from storage.tables import Membership, Workspace
from tests.people import forging
from tests.people.forging import World
from tests.support.office import Office

ELSEWHERE, WEST = 9001, 7001
MENUS = {
    Action.WHY: "static_select",
    Action.SETUP_TARGETS: "static_select",
    Action.STEP_MOVED: "datepicker",
    Action.PAIR_HELPED: "static_select",
}
IN_MODALS = {
    Action.ADD_AGENT,
    Action.ADD_CRITERION,
    Action.RETIRE_CRITERION,
    Action.CHECKLIST_ON,
    Action.CHECKLIST_BACK,
    Action.DEBRIEF_MORE,
    Action.DISPUTE,
    Action.MAP_AGENT,
    Action.LOSS_REASON_NEW,
    Action.LOSS_REASON_OFF,
    Action.LEAD_TEST,
    Action.CHANGE_TOPICS,
}
CHOSEN: Mapping[View, Mapping[str, str]] = {
    View.DEBRIEF: {Input.OUTCOME: "advanced"},
    View.LOG_CALL: {Input.OUTCOME: "advanced"},
    View.CRITERION: {Input.KIND: "yes_no"},
    View.NEW_DEAL: {Input.STATUS: "open"},
    View.DEAL: {Input.STATUS: "open"},
    View.ANSWER_DISPUTE: {Input.VERDICT: "answered"},
    View.ROSTER: {Input.ROLE: "SDR"},
    View.SETUP_PEOPLE: {Input.ROLE: "SDR"},
    View.SETUP_ROLES: {Input.ROLE: forging.ABSENT},
    View.DIGEST_PLAN: {Input.DAY: "1", Input.ZONE: "UTC"},
    View.IMPORT: {Input.IMPORT_KIND: "calls"},
    View.SETUP_COSTS: {Input.PAID_BY: "money"},
    View.TEAM_GOAL: {Input.KIND: "qualified_rate"},
    View.STUCK_WHY: {Input.CAUSE: "silence"},
    View.STUCK_DATE: {Input.CAUSE: "silence"},
}
"""What is chosen in menus that hold words, not ids."""


def value_of(name: Action | View, number: int) -> str:
    """The id that such a button or form carries."""
    figure = str(
        FigureId(number, Metric.CALLS_PER_DAY, *(forging.WHEN.date(), forging.WHEN.date().replace(day=20)))
    )
    return {
        Action.WHY: figure,
        Action.DISPUTE: figure,
        View.DISPUTE: figure,
        Action.SETUP_TARGETS: Role.SDR.value,
        Action.PAIR_HELPED: next(iter(Helped)).value,
        Action.HEAR_LESS: Unasked.NEXT_STEPS.value,
        Action.HEAR_AGAIN: Unasked.NEXT_STEPS.value,
        View.ROLE_TARGETS: Role.SDR.value,
        View.WEIGHTS: Role.SDR.value,
        View.DIGEST_PLAN: f"{number}.0",
        View.SETUP_COSTS: "0.0",
        View.ASKING_RULES: "0.0",
    }.get(name, str(number))


@pytest.fixture
def ada(office: Office, east: int) -> Member:
    return office.hires("Ada", Role.AM, east, is_admin=True)


@pytest.fixture
def elsewhere(db: Database, office: Office) -> World:
    """Another company in the same installation."""
    with db.begin() as session:
        other = _workspace(session)
    return World(db, other, ELSEWHERE, "SECRETELSEWHERE")


@pytest.fixture
def west(db: Database, office: Office) -> World:
    """Another team of the same company."""
    return World(db, office.workspace_id, WEST, "SECRETWEST")


def _workspace(session: Session) -> int:
    row = Workspace(name="Elsewhere", slack_team_id="T0ELSEWHERE")
    session.add(row)
    session.flush()
    return row.id


@dataclass
class Walk:
    """What went wrong, by button or form, and every text that came up on the way."""

    broken: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def walk(
    office: Office,
    person: Member,
    number: int,
    *,
    chosen: Mapping[View, Mapping[str, str]] = CHOSEN,
    then: Callable[[str], None] = lambda _name: None,
) -> Walk:
    """Presses and sends everything, about that number; forms are closed after each, and `then` looks at what it did."""
    done = Walk()
    for action in Action:
        kind, in_modal = MENUS.get(action, "button"), action in IN_MODALS
        with _watched(office, done, action):
            forging.button(
                person, office, action, value_of(action, number), about=number, kind=kind, in_modal=in_modal
            )
        then(action)
    for view in sorted(set(View) - {View.SAID}):
        with _watched(office, done, view):
            forging.form(person, office, view, value_of(view, number), number, chosen.get(view, {}))
        then(view)
    return done


@contextmanager
def _watched(office: Office, done: Walk, name: str) -> Iterator[None]:
    yield
    _wait(office)
    new = set(forging.told(office)) - done.seen
    done.seen |= new
    done.broken += [f"{name}: {text}" for text in new if "broke on our side" in text]
    for person in office.sandbox.workspace.people.values():
        person.modals = []


def _wait(office: Office) -> None:
    """Until nobody works any more on what follows an answer: all threads meet."""
    meeting = threading.Barrier(LISTENER_THREADS)
    pool = office.corner.slack.listener_runner.listener_executor
    for met in [pool.submit(meeting.wait, 10) for _thread in range(LISTENER_THREADS)]:
        met.result()


@pytest.mark.parametrize("who", ["ana", "mia", "ada"])
def test_an_id_of_another_company_is_one_that_does_not_exist(
    office: Office, elsewhere: World, request: pytest.FixtureRequest, who: str
) -> None:
    person = request.getfixturevalue(who)
    before = elsewhere.rows(office.db)

    done = walk(office, person, ELSEWHERE)

    assert done.broken == []
    assert elsewhere.rows(office.db) == before
    assert [text for text in done.seen if elsewhere.secret in text] == []


@pytest.mark.parametrize("who", ["ana", "mia"])
def test_an_id_of_another_team_is_refused(
    office: Office, west: World, request: pytest.FixtureRequest, who: str
) -> None:
    person = request.getfixturevalue(who)
    before = west.rows(office.db)

    done = walk(office, person, WEST)

    assert done.broken == []
    assert west.rows(office.db) == before
    assert [text for text in done.seen if west.secret in text] == []


def test_who_leads_the_team_gets_through(office: Office, west: World) -> None:
    """Else the walks would prove nothing."""
    wim = office.hires("Wim", Role.MANAGER, WEST)
    before = west.rows(office.db)

    done = walk(office, wim, WEST)

    assert west.rows(office.db) != before
    assert any(west.secret in text for text in done.seen)


@pytest.mark.parametrize("who", ["ana", "mia"])
def test_no_command_tells_or_changes_what_is_another_teams(
    office: Office, west: World, request: pytest.FixtureRequest, who: str
) -> None:
    person = request.getfixturevalue(who)
    before, done = west.rows(office.db), Walk()
    lines = [
        f"/scorecard {verb} {whom}"
        for verb in ("", *sorted(SCORECARD.known))
        for whom in (f"<@U{WEST}>", f"West {WEST}", "")
    ]
    others = [
        f"/coach now <@U{WEST}>",
        f"/coach stories <@U{WEST}>",
        "/handoff",
        f"/handoff <@U{WEST}>",
        "/debrief",
    ]

    for line in lines + others:
        with _watched(office, done, line):
            person.commands(line)
    with _watched(office, done, "home"):
        person.opens_home()
        office.corner.outbox.send_all()

    assert done.broken == []
    assert west.rows(office.db) == before
    assert [text for text in done.seen if west.secret in text] == []


def test_a_card_that_was_drawn_before_is_of_no_use_to_who_leads_the_team_no_more(
    office: Office, ana: Member, mia: Member
) -> None:
    card = mia.commands("/scorecard @Ana").message
    with office.db.begin() as session:
        for held in session.exec(select(Membership).where(Membership.role == Role.MANAGER)):
            held.started_on, held.ended_on = date(2026, 1, 1), date(2026, 11, 1)

    mia.clicks("This month", card)

    mia.waits_for("for the rep and for those who lead")
