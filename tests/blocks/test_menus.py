"""Zones and languages are offered in menus that Slack can show."""

from zoneinfo import ZoneInfo

import pytest
from babel import Locale

from bot.blocks import menus


@pytest.mark.parametrize("standing", ["Europe/Berlin", "UTC", "US/Pacific"])
def test_every_zone_offered_exists_and_the_standing_one_is_chosen(standing: str) -> None:
    menu = menus.zones(standing).to_dict()
    groups = menu["option_groups"]
    offered = [option["value"] for group in groups for option in group["options"]]

    assert menu["initial_option"]["value"] == standing
    assert offered.count(standing) == 1
    assert all(len(group["options"]) <= 100 for group in groups)
    assert all(ZoneInfo(zone) for zone in offered)
    assert {"America/New_York", "Asia/Kolkata", "Europe/London", "Australia/Sydney"} <= set(offered)


@pytest.mark.parametrize("standing", ["en-US", "is-IS"])
def test_every_language_offered_is_known_and_the_standing_one_is_chosen(standing: str) -> None:
    menu = menus.languages(standing).to_dict()
    offered = [option["value"] for option in menu["options"]]

    assert menu["initial_option"]["value"] == standing
    assert offered.count(standing) == 1
    assert all(Locale.parse(code, sep="-") for code in offered)
