"""Into the new role: a coach's first month, a manager's Monday, a manager's first ninety days."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlmodel import select

from bot.coaching.domain import new_roles
from bot.coaching.domain.new_roles import Because, Pick, three
from bot.core.enums import DealStatus, Metric, Role
from bot.people.domain.someone import Someone
from bot.sandbox import Member, text_of
from storage.tables import CoachingSession, Person
from tests.debriefs.test_conversation_losses import person
from tests.support.builders import Builder
from tests.support.office import Office
from tests.support.roster import leaves

TUESDAY = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def met(office: Office, coach: str, learner: str, day: date, rating: int | None = None) -> None:
    with office.db.begin() as session:
        people = dict(session.exec(select(Person.name, Person.id)).all())
        session.add(
            CoachingSession(
                workspace_id=office.workspace_id,
                session_key=f"{coach} {learner} {day}",
                coach_id=people[coach],
                learner_id=people[learner],
                metric=Metric.WIN_RATE,
                held_on=day,
                minutes=30,
                commitment="Ask who signs",
                due_on=day + timedelta(weeks=1),
                rating=rating,
            )
        )


def told(somebody: Member, words: str) -> list[str]:
    return [text for message in somebody.dm if words in (text := text_of(message))]


def test_a_new_coach_hears_after_each_meeting_once_for_four_weeks(
    office: Office, ana: Member, bo: Member, cy: Member
) -> None:
    met(office, "Cy", "Ana", date(2026, 6, 1))
    met(office, "Cy", "Ana", date(2026, 6, 8))
    for week in range(6):
        met(office, "Bo", "Ana", TUESDAY.date() + timedelta(weeks=week), rating=5 if week else 2)
        office.at(TUESDAY + timedelta(weeks=week, hours=2))
        office.later(hours=1)
        office.later(days=1)

    heard = told(bo, "Your first month as a coach")
    assert [f"week {n}" in text for n, text in enumerate(heard, start=1)] == [True] * 4
    assert "told in sum, from 3 ratings on; 1 so far." in heard[0]
    assert "Of 3 meetings that were rated, your learners called 2 a good deal or very helpful." in heard[2]
    assert "*A coach to ask:* Cy, who held 2 sessions in a year." in heard[0]
    assert len({text.split("practice:*")[1].split("\n")[0] for text in heard}) == 4, "a practice a week"
    assert told(cy, "Your first month") == [], "who has coached before is not new"


def test_it_waits_for_the_coachs_hours_and_is_turned_off_where_it_appears(
    office: Office, ana: Member, bo: Member
) -> None:
    met(office, "Bo", "Ana", TUESDAY.date())
    office.at(TUESDAY.replace(hour=20))
    assert told(bo, "Your first month") == []
    office.at(TUESDAY + timedelta(days=1))
    bo.clicks("Stop these messages")
    bo.waits_for("You do not get this any more: once a week in your first month as a coach")

    met(office, "Bo", "Ana", TUESDAY.date() + timedelta(weeks=1))
    office.at(TUESDAY + timedelta(weeks=1, hours=2))

    assert len(told(bo, "Your first month")) == 1


def stuck(office: Office, ae: str, company: str, amount: int) -> None:
    id = person(office, ae)
    with office.db.begin() as session:
        Builder(session, office.workspace_id).deal(
            id,
            office.clock() - timedelta(days=90),
            company=company,
            amount=Decimal(amount),
            currency="USD",
            expected_close=date(2026, 10, 1),
        )


def test_a_manager_reads_three_people_as_the_week_begins_and_others_next(
    office: Office, ana: Member, bo: Member, cy: Member, mia: Member, east: int
) -> None:
    office.hires("Nia", Role.SDR, east, started_on=date(2026, 11, 16))
    office.hires("Max", Role.AE, east)
    for ae, amount in (("Bo", 40_000), ("Cy", 30_000), ("Max", 20_000)):
        stuck(office, ae, f"{ae}'s deal", amount)
    office.at(MONDAY - timedelta(days=1))
    office.at(MONDAY.replace(hour=5))
    assert told(mia, "Fifteen minutes each") == []

    office.at(MONDAY)
    office.later(hours=2)
    office.at(MONDAY + timedelta(days=1))

    [first] = told(mia, "Fifteen minutes each for 3 of your people this week")
    assert "*Nia*: in their first four weeks.\n→ sit in on one call" in first
    assert "*Bo*: *Bo's deal* · $40,000.00 · open for" in first and "*Cy*" in first
    assert "Max" not in first
    office.at(MONDAY + timedelta(weeks=1))
    second = told(mia, "Fifteen minutes each")[1]
    assert "*Max*" in second, "others come next"
    mia.clicks("Stop these messages")
    mia.waits_for("You do not get this any more: as the week begins")
    office.at(MONDAY + timedelta(weeks=2))
    assert len(told(mia, "Fifteen minutes each")) == 2


def test_nobody_to_speak_of_is_no_message_and_a_day_off_puts_it_to_tuesday(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    office.at(MONDAY)
    assert told(mia, "Fifteen minutes") == []
    stuck(office, "Bo", "Acme", 9)
    mia.commands("/scorecard away 2026-11-30")

    office.at(MONDAY + timedelta(weeks=1))
    assert told(mia, "Fifteen minutes") == []
    office.at(MONDAY + timedelta(weeks=1, days=1))

    [one] = told(mia, "Fifteen minutes for one of your people")
    assert "which date do you two write down today?" in one


def test_what_an_ae_left_for_later_is_left(office: Office, bo: Member, mia: Member) -> None:
    stuck(office, "Bo", "Acme", 9)
    office.at(MONDAY.replace(hour=8, minute=59) - timedelta(days=4))
    bo.commands("/scorecard stuck")
    bo.clicks("Leave it this week")
    office.at(MONDAY - timedelta(days=3))
    assert told(mia, "Fifteen minutes") == []


def test_a_deal_is_not_called_stuck_while_no_news_of_deals_comes(
    office: Office, bo: Member, mia: Member
) -> None:
    stuck(office, "Bo", "Acme", 9)
    with office.db.begin() as session:
        for n in range(40):
            opened = MONDAY - timedelta(days=14 + n)
            Builder(session, office.workspace_id).deal(
                person(office, "Bo"), opened, status=DealStatus.LOST, closed_at=opened
            )

    office.at(MONDAY)

    assert told(mia, "Fifteen minutes") == []
    with office.db.begin() as session:
        Builder(session, office.workspace_id).deal(person(office, "Bo"), MONDAY + timedelta(days=4))
    office.at(MONDAY + timedelta(weeks=1))
    assert len(told(mia, "Fifteen minutes for one of your people")) == 1, "news comes again"


def test_who_no_longer_leads_hears_nothing(office: Office, bo: Member, mia: Member) -> None:
    stuck(office, "Bo", "Acme", 9)
    leaves(office, "Mia", date(2026, 11, 20))

    office.at(MONDAY)

    assert told(mia, "Fifteen minutes") == []


def pick(id: int, because: Because) -> Pick:
    return Pick(Someone(id, f"Rep {id}", None, True), because)


def test_three_are_chosen_turn_about_and_those_of_last_week_only_for_want_of_others() -> None:
    found = {
        Because.STUCK: [pick(1, Because.STUCK), pick(2, Because.STUCK), pick(3, Because.STUCK)],
        Because.BEHIND: [pick(1, Because.BEHIND), pick(4, Because.BEHIND)],
    }

    assert [one.person.id for one in three(found, lately=())] == [1, 4, 2]
    assert [one.person.id for one in three(found, lately={1})] == [2, 4, 3]
    assert [one.person.id for one in three(found, lately={1, 2, 3, 4})] == [1, 4, 2]
    assert three({}, lately=()) == []


def test_a_month_is_told_of_once_a_week_after_a_meeting() -> None:
    first = date(2026, 11, 3)

    def due(latest: int, last: int | None, today: int) -> bool:
        days = [None if n is None else first + timedelta(days=n) for n in (latest, last, today)]
        assert days[0] and days[2]
        return new_roles.is_due(first, days[0], days[1], days[2])

    assert due(0, None, 0) and due(7, 1, 8)
    assert not due(0, 0, 9), "nobody has met since"
    assert not due(7, 3, 7), "within a week of the last one"
    assert not due(28, 21, 28), "the month is over"


def test_a_new_manager_reads_their_own_teams_first_ninety_days(
    office: Office, ana: Member, bo: Member, cy: Member, east: int
) -> None:
    zoe = office.hires("Zoe", Role.MANAGER, east, started_on=date(2026, 11, 2))
    office.hires("Nia", Role.SDR, east, started_on=date(2026, 11, 10))
    met(office, "Cy", "Ana", date(2026, 10, 12))
    stuck(office, "Bo", "Acme", 9)

    page = zoe.commands("/scorecard ninety").says

    assert "Today is day 15." in page
    assert "• *Stuck deals*: 1 of 1 open." in page
    assert "Bo (never coached)" in page and "Ana (35 days)" in page
    assert page.index("Bo (never coached)") < page.index("Ana (35 days)")
    assert "with your coaches: Bo, Cy" in page
    assert "The numbers of who is in the first four weeks: Nia." in page
    assert "Only the team's manager" in ana.commands("/scorecard ninety").text
