"""The weekly digest, from the rows of the database: who is named, with what, and in whose language."""

from datetime import timedelta

from bot.blocks.reader import reader
from bot.core.enums import DealStatus, Metric, OutboxKind, PairingStatus, Role
from bot.digest import jobs
from bot.digest.views import channel as views
from storage.books import Books
from storage.tables import Pairing, Person, Team
from tests.digest.composed import DUE, NOON, WEEK, Office, a_full_team, office

__all__ = ["office"]
MONDAY = WEEK + timedelta(weeks=1)


def test_the_top_is_named_with_its_certainty_beside_the_weeks_facts(office: Office) -> None:
    a_full_team(office)

    digest = office.compose()

    [top] = digest.tops
    [likely] = top.named
    assert likely.person.name == "Ana"
    assert likely.probability > 0.9
    assert (top.too_close, top.too_few) == (False, False)
    text = office.text(digest)
    assert "*Top SDR*: *Ana*, in qualifying leads (63 of 66)" in text and "sure" in text
    assert "Ana: 5 of 6 leads qualified" in text


def test_nobody_can_be_found_to_be_last(office: Office) -> None:
    a_full_team(office)

    text = office.text()

    assert "0 of 6" not in text
    assert "• Ben" not in text
    assert text.count("leads qualified") <= 2


def test_who_is_not_named_in_public_leaves_no_gap(office: Office) -> None:
    a_full_team(office, named_publicly=False)

    digest = office.compose()

    assert "Ana" not in office.text(digest)
    assert [line.place.place for line in digest.own_lines if line.person.name == "Ana" and line.place] == [1]
    assert "Ana" not in str(views.channel(digest, reader(None, digest.week.zone)).blocks)


def test_with_equals_it_is_too_close_to_call(office: Office) -> None:
    for n in range(5):
        office.sdr(f"Rep {n}", 15, 30, lately=(1, 2))

    [top] = office.compose().tops

    assert top.named == ()
    assert top.too_close


def test_two_of_a_role_are_told_together(office: Office) -> None:
    office.sdr("Ana", 58, 60, lately=(5, 6))
    office.sdr("Ben", 4, 60, lately=(2, 6))

    digest = office.compose()

    assert digest.tops[0].too_few
    assert "Our SDRs: 7 of 12 leads qualified" in office.text(digest)
    assert "Ana" not in office.text(digest)


def test_the_channel_hears_of_a_pair_once_both_agreed_and_no_figure_of_theirs(office: Office) -> None:
    a_full_team(office)
    ana, ben = office.ids["Ana"], office.ids["Ben"]
    pair = office.build.pairing(office.team, ana, ben, MONDAY, metric=Metric.QUALIFIED_RATE)
    assert {one.learner.name: one.coach.name for one in office.compose().plan.pairs} == {"Ben": "Ana"}
    assert "with *Ben*" not in office.text()

    office.session.get_one(Pairing, pair).status = PairingStatus.ACCEPTED

    line = next(line for line in office.text().splitlines() if "with *Ben*" in line)
    assert line == "• *Ana* with *Ben* on Qualified leads"


def test_the_most_improved_is_named_over_all_roles(office: Office) -> None:
    middles = [office.sdr(f"Middle {n}", 0, 0) for n in range(6)]
    rose = office.sdr("Rosa", 0, 0)
    for weeks in range(13):
        for rep in (*middles, rose):
            good = (4 if weeks < 4 else 1) if rep == rose else 2
            for n in range(4):
                office.lead(rep, NOON - timedelta(weeks=weeks), qualified=n < good)

    digest = office.compose()

    assert digest.most_improved is not None
    assert digest.most_improved.name == "Rosa"
    assert "Most improved in the last four weeks: *Rosa*" in office.text(digest)
    office.session.get_one(Person, rose).named_publicly = False
    hidden = office.compose()
    assert hidden.most_improved is None or hidden.most_improved.name != "Rosa"


def test_a_channel_whose_manager_chose_nothing_reads_dates_as_most_of_its_people_do(office: Office) -> None:
    a_full_team(office)
    for name, locale in (("Ana", "de-DE"), ("Ben", "en-GB"), ("Middle 0", "en-GB")):
        office.session.get_one(Person, office.ids[name]).locale = locale

    assert "East: week of 9 Nov 2026" in office.text()
    office.session.get_one(Team, office.team).locale = "de-DE"
    assert "East: week of 9 Nov 2026" in office.text()


def test_the_channel_reads_dates_and_numbers_in_the_teams_language(office: Office) -> None:
    a_full_team(office)
    office.session.get_one(Team, office.team).locale = "de-DE"

    jobs.post(Books(office.session, office.compose().workspace_id, DUE), office.compose())

    [posted] = office.messages(OutboxKind.DIGEST)
    assert "9 Nov 2026" in posted.text


def test_a_won_deal_is_a_fact_of_an_ae(office: Office) -> None:
    closer = office.build.rep("Cleo", Role.AE, office.team)
    office.build.deal(closer, NOON - timedelta(days=30), status=DealStatus.WON, closed_at=NOON)

    assert "Cleo: 1 of 1 deal won" in office.text()
