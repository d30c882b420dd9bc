"""One adapter under atheris: whatever comes, signed as the source signs, is read or refused with its two errors."""

import json
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import atheris

from tests.calls.sources.every_source.oddities import STRANGE, changed, places
from tests.calls.sources.signatures import PUBLIC, SECRET, packed, signed

with atheris.instrument_imports(include=["bot.calls.sources"]):  # so nothing above may import the bot
    from bot.calls.sources import SOURCES, BadSignature, Delivery, Unreadable

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def main(source: str, good: Any, limits: list[str]) -> None:
    adapter = SOURCES[source]

    def read(data: bytes) -> None:
        body = made(source, good, atheris.FuzzedDataProvider(data))
        headers = {name.lower(): text for name, text in signed(source, body, NOW).items()}
        delivery = Delivery(headers, body, NOW, f"{PUBLIC}/calls/{source}")
        with suppress(BadSignature, Unreadable):
            adapter.verify(delivery, SECRET)
            if adapter.reply(delivery, SECRET) is None and adapter.parse(delivery):
                adapter.kept(delivery, SECRET)

    atheris.Setup([sys.argv[0], *limits], read)
    atheris.Fuzz()


def made(source: str, good: Any, data: Any) -> bytes:
    """Noise, or a good body with up to four of its values changed."""
    noise: bytes = data.ConsumeBytes(data.ConsumeIntInRange(0, 400)) if data.ConsumeBool() else b""
    said = good
    for _ in range(data.ConsumeIntInRange(0, 4)):
        said = changed(said, data.PickValueInList(places(said) or [()]), odd(data))
    with suppress(AssertionError, AttributeError, TypeError, ValueError):
        return noise or packed(source, said)
    return noise


def odd(data: Any) -> Any:
    match data.ConsumeIntInRange(0, 3):
        case 0:
            return data.PickValueInList(list(STRANGE))
        case 1:
            return data.ConsumeInt(8)
        case 2:
            return data.ConsumeFloat()
    return data.ConsumeUnicode(30)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(Path(sys.argv[2]).read_text(encoding="utf-8")), sys.argv[3:])
