"""What is done on the page, done as that person does it; each verb returns the sentence to show, mostly none."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData, UploadFile

from bot.sandbox.page.screen import Eyes
from bot.sandbox.people import forms, screen
from bot.sandbox.people.actor import LOADED_BY_APP
from bot.sandbox.people.member import Member
from bot.sandbox.people.screen import BUTTONS, MENUS, Control
from bot.sandbox.people.values import KINDS, NotOnScreen
from bot.sandbox.state import Json

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

GONE = "That is no longer there."
TROUBLE = {
    "operation_timeout": "The bot did not answer within three seconds.",
    "dispatch_failed": "The bot could not be reached, or broke.",
    "invalid_command_response": "The bot answered with something Slack cannot show.",
}


def key_of(control: Control) -> str:
    """The name of its field: unique within the surface."""
    return f"{control.block['block_id']}/{control.element['action_id']}"


class Acting:
    """The verbs wait for the bot: never on the server's own thread."""

    def __init__(self, sandbox: "Sandbox", eyes: Eyes) -> None:
        self._sandbox = sandbox
        self._eyes = eyes
        self._verbs: dict[str, Callable[[Member, FormData], str]] = {
            "say": self._say,
            "upload": self._upload,
            "press": self._press,
            "set": self._set,
            "submit": self._submit,
            "close": self._close,
            "home": self._home,
            "shortcut": self._shortcut,
            "control": self._control,
        }

    def does(self, verb: str, asked: FormData) -> str:
        """Who is not here, and what cannot be done, is gone like a button that was."""
        person = self._sandbox.workspace.people.get(_text(asked, "as"))
        act = self._verbs.get(verb)
        if person is None or act is None:
            return GONE
        try:
            return act(Member(self._sandbox, person), asked)
        except NotOnScreen:
            return GONE

    def _say(self, member: Member, asked: FormData) -> str:
        text, thread = _text(asked, "text").strip(), _text(asked, "thread")
        channel = self._sandbox.workspace.channels.get(_text(asked, "at")) or member.dm_channel
        if not text:
            return ""
        if not text.startswith("/"):
            member.says(channel, text, thread or None)
            return ""
        if thread:
            return "Slash commands do not work in threads."
        reply = member.commands(text, channel)
        return reply.text if reply.error == "not_a_command" else _trouble(reply.error)

    def _upload(self, member: Member, asked: FormData) -> str:
        """To the bot, wherever one is."""
        file = asked.get("file")
        if not isinstance(file, UploadFile):
            return GONE
        member.uploads(file.file.read(), file.filename or "file")
        return ""

    def _press(self, member: Member, asked: FormData) -> str:
        return _trouble(member.presses(self._found(member, asked, BUTTONS)).error)

    def _set(self, member: Member, asked: FormData) -> str:
        control = self._found(member, asked, MENUS)
        return _trouble(member.sets(control, _value(member, control.element, asked.getlist("value"))).error)

    def _found(self, member: Member, asked: FormData, kinds: frozenset[str]) -> Control:
        with self._sandbox.workspace.lock:
            surface = self._eyes.surface(member.person, _text(asked, "on"))
            there = screen.controls(surface, kinds) if surface else ()
            for control in there:
                if key_of(control) == _text(asked, "key"):
                    return control
        raise NotOnScreen(GONE)

    def _submit(self, member: Member, asked: FormData) -> str:
        view = member.modal
        if view is None or view.id != _text(asked, "on"):
            raise NotOnScreen(GONE)
        for control in forms.inputs(view):
            if control.element["type"] in LOADED_BY_APP:
                continue  # not drawn
            member.fills(view, control, _value(member, control.element, asked.getlist(key_of(control))))
        submission = member.sends(view)
        with self._sandbox.workspace.lock:
            self._eyes.complaints[view.id] = submission.errors
            self._sandbox.workspace.changed()
        return TROUBLE.get(submission.error, submission.error)

    def _close(self, member: Member, asked: FormData) -> str:
        member.closes(everything=_text(asked, "everything") == "yes")
        return ""

    def _home(self, member: Member, _: FormData) -> str:
        member.opens_home(wait=0)
        return ""

    def _shortcut(self, member: Member, asked: FormData) -> str:
        return _trouble(member.shortcut(_text(asked, "callback_id")).error)

    def _control(self, _: Member, asked: FormData) -> str:
        controls = dict(enumerate(self._sandbox.controls))
        control = controls.get(int(_text(asked, "number")))
        if control is None:
            return GONE
        return control.press({name: _text(asked, f"ask.{name}") for name in control.asks})


def _text(asked: FormData, name: str) -> str:
    return str(asked.get(name, ""))


def _trouble(error: str) -> str:
    return TROUBLE.get(error, error)


def _value(member: Member, element: Json, values: list[Any]) -> Any:
    """What the browser sends for this element, as `Member` takes it."""
    given = [str(value) for value in values if value]
    if element["type"] in KINDS and KINDS[element["type"]].many:
        return given
    if not given:
        return None
    if element["type"] == "datetimepicker":
        return datetime.fromisoformat(given[0]).replace(tzinfo=ZoneInfo(member.person.tz))
    return given[0]
