"""What people type after `/scorecard` is read as they mean it."""

import pytest

from bot.core.enums import Role
from bot.scorecards.domain.command import Asked, read

VERBS = ("team", "top", "help")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", Asked()),
        ("  13w ", Asked(period="13w")),
        ("last week", Asked(period="last week")),
        ("<@U012AB|ana>", Asked(slack_user="U012AB")),
        ("<@W012AB> 2026-Q4", Asked(slack_user="W012AB", period="2026-Q4")),
        ("team", Asked(verb="team")),
        ("TEAM East Side month", Asked(verb="team", rest="East Side", period="month")),
        ("team SDR", Asked(verb="team", rest="SDR")),
        ("top", Asked(verb="top")),
        ("top sdrs last quarter", Asked(verb="top", role=Role.SDR, period="last quarter")),
        ("top 2026-10-01..2026-11-01", Asked(verb="top", period="2026-10-01..2026-11-01")),
        ("this week", Asked(period="this week")),
        ("the last 13 weeks", Asked(period="the last 13 weeks")),
        ("team East this month", Asked(verb="team", rest="East", period="this month")),
        ("team May", Asked(verb="team", rest="May")),
        ("top May", Asked(verb="top", period="May")),
        ("help", Asked(verb="help")),
        ("blah blah", Asked(rest="blah blah")),
        ("2026-99", Asked(period="2026-99")),
        (
            "team East 2026-11-10..2026-11-01",
            Asked(verb="team", rest="East", period="2026-11-10..2026-11-01"),
        ),
    ],
)
def test_words_are_read_as_they_are_meant(text: str, meant: Asked) -> None:
    assert read(text, VERBS) == meant
