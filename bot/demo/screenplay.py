"""How a played week is told: who does what, and what each person then sees."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from bot.core.errors import CoachError
from bot.demo.season.cast import EAST
from bot.demo.stage import MONDAY, Stage
from bot.sandbox import Member, Message, NotOnScreen, Reply, View, text_of

BLANK = re.compile(r"\((plain_text_input|datepicker)\)")
MENTION = re.compile(r"@U\w+")
LONGEST = 14
"""Lines of a message that are shown; the files hold the rest."""


class Teller:
    """Prints the screenplay, and keeps in `folder` what is to be looked at afterwards."""

    def __init__(self, console: Console, folder: Path, people: Iterable[Member] = ()) -> None:
        """`people` may be mentioned: Slack shows their names, where a message holds their ids."""
        self.console = console
        self.folder = folder
        self._names = {f"@{one.id}": one.name for one in people}

    def heading(self, title: str, at: datetime) -> None:
        self.console.print()
        self.console.rule(f"{at.astimezone(EAST.zone):%A, %d %B, %H:%M} · {title}", align="left")

    def does(self, who: Member | str, what: str) -> None:
        name = who if isinstance(who, str) else who.name
        self.console.print(Text.assemble((name, "bold"), " ", what))

    def sees(self, who: Member | str, shown: Message | View | Reply) -> None:
        """A surface as the person reads it."""
        name = who if isinstance(who, str) else who.name
        text = BLANK.sub("____", reads(shown)).replace("*", "")
        text = MENTION.sub(lambda one: self._names.get(one[0], one[0]), text)
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > LONGEST + 1:  # a line in place of one line would save nothing
            lines[LONGEST:] = [f"… and {len(lines) - LONGEST} lines more"]
        body = Text("\n".join(lines))
        self.console.print(Padding(Panel(body, title=name, title_align="left"), (0, 0, 0, 2)))

    def hears(self, who: Member, words: str) -> Message:
        """The newest direct message that says so, once it is there."""
        said = who.waits_for(lambda one: [message for message in one.dm if words in text_of(message)])[-1]
        self.sees(who, said)
        return said

    def asks(self, who: Member, line: str) -> Reply:
        """Types a slash command, and reads the answer."""
        reply = who.commands(line)
        if reply.error:
            raise NotOnScreen(f"{line} was not answered ({reply.error})")
        self.sees(who, reply)
        return reply

    def keeps(self, name: str, content: str | bytes) -> None:
        """A file of the demo's folder."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        self.does("→", f"{path} ({path.stat().st_size:,} bytes)")


@dataclass(frozen=True, slots=True)
class Scene:
    """`day` counts from the Monday on which the demo begins, `at` is the time on the wall of East."""

    day: int
    at: time
    title: str
    play: Callable[[Stage, Teller], None]

    @property
    def moment(self) -> datetime:
        return datetime.combine(MONDAY + timedelta(days=self.day), self.at, EAST.zone)


def perform(scene: Scene, stage: Stage, teller: Teller) -> None:
    """Moves the clock to the scene and plays it; raises CoachError with the scene's title if a step did not happen."""
    stage.move_to(scene.moment)
    teller.heading(scene.title, stage.clock())
    try:
        scene.play(stage, teller)
        stage.settle()
    except (NotOnScreen, CoachError) as error:
        raise CoachError(f"“{scene.title}” did not happen: {error}") from error


def reads(shown: Message | View | Reply) -> str:
    return (text_of(shown.blocks) or shown.text) if isinstance(shown, Reply) else text_of(shown)
