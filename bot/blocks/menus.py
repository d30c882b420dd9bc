"""Time zones and languages to choose from, in menus that Slack can show: a hundred options in a group at most."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby

from babel import Locale
from slack_sdk.models.blocks import Option, OptionGroup, StaticSelectElement
from slack_sdk.models.blocks.basic_components import PlainTextObject

from bot.blocks import kit

LANGUAGES = (
    "cs-CZ", "da-DK", "de-AT", "de-CH", "de-DE", "el-GR", "en-AU", "en-CA", "en-GB", "en-IE", "en-IN", "en-US", "es-ES",
    "es-MX", "fi-FI", "fr-CA", "fr-CH", "fr-FR", "he-IL", "hu-HU", "id-ID", "it-IT", "ja-JP", "ko-KR", "nb-NO", "nl-BE",
    "nl-NL", "pl-PL", "pt-BR", "pt-PT", "ro-RO", "ru-RU", "sv-SE", "th-TH", "tr-TR", "uk-UA", "vi-VN", "zh-CN", "zh-TW",
)  # fmt: skip
_MOST = 100


def zones(standing: str) -> StaticSelectElement:
    """Every zone that has had rules of its own; `standing` is the one that is chosen, listed or not."""
    chosen = kit.option(_shown(standing), standing)
    regions = list(_regions())
    if not any(standing == option.value for _region, own in regions for option in own):
        regions.insert(0, ("…", [chosen]))
    groups = [OptionGroup(label=PlainTextObject(text=region), options=own) for region, own in regions]
    return StaticSelectElement(option_groups=groups, initial_option=chosen)


def languages(standing: str) -> StaticSelectElement:
    """`standing`, such as `de-DE`, is the one that is chosen, listed or not."""
    offered = sorted({*LANGUAGES, standing}, key=_language)
    options = [kit.option(_language(one), one) for one in offered]
    return StaticSelectElement(options=options, initial_option=options[offered.index(standing)])


def _language(code: str) -> str:
    name = Locale.parse(code, sep="-").get_display_name() or code
    return name[0].upper() + name[1:]


@cache
def _regions() -> Sequence[tuple[str, Sequence[Option]]]:
    return [
        (region, [kit.option(_shown(zone), zone) for zone in part])
        for region, names in groupby(sorted(_names()), key=lambda name: name.split("/")[0])
        for part in _parts(list(names))
    ]


def _parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    return (names[at : at + _MOST] for at in range(0, len(names), _MOST))


def _names() -> Iterator[str]:
    """The third column of the time zone database's own list."""
    lines = (files("tzdata") / "zoneinfo" / "zone1970.tab").read_text(encoding="utf-8").splitlines()
    yield from (line.split("\t")[2] for line in lines if line and not line.startswith("#"))
    yield "UTC"


def _shown(zone: str) -> str:
    return zone.replace("_", " ")
