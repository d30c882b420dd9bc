"""Buttons, menus and forms: what a person does with what the bot has put before them, and whom and what they mean by a
name.
"""

from dataclasses import replace
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.courier import Kind
from bot.sandbox.people import forms, screen
from bot.sandbox.people.answers import Reply, Submission, after_submission, error_of
from bot.sandbox.people.onlooker import Onlooker
from bot.sandbox.people.screen import BUTTONS, MENUS, Control, Surface
from bot.sandbox.people.values import NotOnScreen, entered, option_named
from bot.sandbox.state import Channel, File, Json, Message, View, Workspace
from bot.sandbox.wire import file_json, view_json

LOADED_BY_APP = frozenset({"external_select", "multi_external_select"})


class Actor(Onlooker):
    """Acts on messages, the Home tab and modals; what is pressed goes to the bot as Slack would send it."""

    def clicks(self, button: str, message: Message | None = None, beside: str = "") -> Reply:
        """Presses the newest visible button with this text (or action id); `beside`: with this text next to it."""
        return self.presses(self._control(BUTTONS, button, message, beside))

    def presses(self, control: Control) -> Reply:
        """The button itself, wherever it stands."""
        given: Json = {
            name: control.element[name]
            for name in ("text", "value", "style", "url")
            if name in control.element
        }
        return self._acts(control, given)

    def chooses(self, menu: str, option: Any, message: Message | None = None, beside: str = "") -> Reply:
        """Sets a menu, picker or box found by label, placeholder or action id; in a form nothing is sent yet."""
        return self.sets(self._control(MENUS, menu, message, beside), option)

    def sets(self, control: Control, option: Any) -> Reply:
        """The menu, picker or box itself, wherever it stands."""
        control = self._loaded(control, option)
        with self._workspace.lock:
            given = self._enters(control, meant(self._workspace, self.id, control.element, option))
            self._workspace.changed()
        silent = control.block["type"] == "input" and not forms.tells_at_once(control)
        return Reply() if silent else self._acts(control, {k: v for k, v in given.items() if k != "type"})

    def _enters(self, control: Control, option: Any) -> Json:
        if control.element["type"] == "overflow":
            return {"selected_option": option_named(control.element, str(option))}
        if isinstance(control.surface, View):
            return forms.enter(control.surface, control, option)
        state = entered(control.element, option)
        values = control.surface.entered.setdefault(self.id, {})
        values.setdefault(control.block["block_id"], {})[control.element["action_id"]] = state
        return state

    def _control(self, kinds: frozenset[str], name: str, message: Message | None, beside: str) -> Control:
        """Waits a little: what a person means to press may be on its way."""
        found: list[Control] = []

        def true() -> bool:
            surfaces = [message] if message else screen.in_front(self._workspace, self.person)
            if control := screen.find(list(surfaces), kinds, name, beside):
                found[:] = [control]
            return bool(found)

        if not self._workspace.wait_until(true, self._sandbox.patience):
            raise NotOnScreen(
                f"{self.name} finds no {name!r}{f' beside {beside!r}' if beside else ''} in:\n{self.sees()}"
            )
        return found[0]

    def _acts(self, control: Control, given: Json) -> Reply:
        """Sends a `block_actions` payload for this element."""
        element, app = control.element, self._sandbox.app
        action = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": control.block["block_id"],
            "action_ts": self._new_ts(),
            **given,
        }
        with self._workspace.lock:
            payload = payloads.interaction("block_actions", app, self.person) | self._where(control.surface)
        delivery = self._sandbox.courier.deliver(
            Kind.INTERACTION, element["action_id"], payload | {"actions": [action]}
        )
        return Reply(error=error_of(delivery))

    def _where(self, surface: Surface) -> Json:
        if isinstance(surface, View):
            modal = surface.id if surface.body["type"] == "modal" else None
            trigger = self._sandbox.tickets.trigger(self.id, modal)
            return payloads.in_view(surface, self._sandbox.app) | {"trigger_id": trigger}
        channel = self._workspace.channels[surface.channel]
        return payloads.in_message(surface, channel, self.person, self._sandbox.url) | self._rights(
            channel, surface
        )

    def submits(self, **values: Any) -> Submission:
        """Fills the open modal (keys: block id, action id or label) and presses its button."""
        view = self._form(list(values))
        for name, value in values.items():
            self._fills(view, name, value)
        return self.sends(view)

    def sends(self, view: View) -> Submission:
        """Presses the button of this modal, filled in as it is."""
        with self._workspace.lock:
            if said := forms.complaints(view):
                return Submission(said, view, closed=False)
            payload = self._about(view, "view_submission")
            payload |= {"trigger_id": self._sandbox.tickets.trigger(self.id, view.id), "response_urls": []}
        delivery = self._sandbox.courier.deliver(Kind.INTERACTION, view.callback_id, payload)
        with self._workspace.lock:
            submission = after_submission(self._workspace, self.person, view, delivery)
            self._workspace.changed()
        return submission

    def enters(self, **values: Any) -> None:
        """Fills the open modal (keys: block id, action id or label) and presses nothing."""
        view = self._form(list(values))
        for name, value in values.items():
            self._fills(view, name, value)

    def _fills(self, view: View, name: str, value: Any) -> None:
        with self._workspace.lock:
            control = forms.input_named(view, name)
        if control is None:
            raise NotOnScreen(f"the form no longer has {name!r}; {self.name} sees:\n{self.sees()}")
        self.fills(view, control, value)

    def fills(self, view: View, control: Control, value: Any) -> None:
        """Enters it in the modal; the app hears of a change only where its input asks so."""
        control = self._loaded(control, value)
        with self._workspace.lock:
            before = forms.held(view, control)
            given = forms.enter(view, control, meant(self._workspace, self.id, control.element, value))
        if given != before and forms.tells_at_once(control):
            self._acts(control, {name: value for name, value in given.items() if name != "type"})

    def _loaded(self, control: Control, typed: Any) -> Control:
        """A menu whose options the app supplies while one types (`block_suggestion`), with the options it gave."""
        if control.element["type"] not in LOADED_BY_APP:
            return control
        asked = {
            "action_id": control.element["action_id"],
            "block_id": control.block["block_id"],
            "value": str(typed),
        }
        with self._workspace.lock:
            payload = payloads.interaction("block_suggestion", self._sandbox.app, self.person)
            payload |= self._where(control.surface) | asked
        delivery = self._sandbox.courier.deliver(Kind.INTERACTION, control.element["action_id"], payload)
        given = {
            name: delivery.answer[name] for name in ("options", "option_groups") if name in delivery.answer
        }
        return replace(control, element=control.element | given)

    def _about(self, view: View, kind: str) -> Json:
        app = self._sandbox.app
        return payloads.interaction(kind, app, self.person) | {"view": view_json(view, app)}

    def _form(self, names: list[str]) -> View:
        """The modal on top, once it has all these inputs: the first one shown may only say "loading"."""

        def true() -> bool:
            top = self.person.modals[-1] if self.person.modals else None
            return (
                top is not None
                and "submit" in top.body
                and all(forms.input_named(top, name) for name in names)
            )

        if not self._workspace.wait_until(true, self._sandbox.patience):
            raise NotOnScreen(
                f"{self.name} cannot submit {', '.join(names) or 'a form'}; sees:\n{self.sees()}"
            )
        return self.person.modals[-1]

    def closes(self, everything: bool = False) -> View | None:
        """Closes the modal on top, or all of them; gives the one then on top."""
        with self._workspace.lock:
            if not self.person.modals:
                raise NotOnScreen(f"{self.name} has no modal open; sees:\n{self.sees()}")
            closed = list(self.person.modals) if everything else self.person.modals[-1:]
            self.person.modals = self.person.modals[: -len(closed)]
            self._workspace.changed()
        for view in reversed(closed):
            if view.body.get("notify_on_close"):
                payload = self._about(view, "view_closed") | {"is_cleared": everything}
                payload["view"] |= {"state": {"values": {}}}  # Slack does not say what was entered
                self._sandbox.courier.deliver(Kind.INTERACTION, view.callback_id, payload)
        return self.modal

    def _new_ts(self) -> str:
        with self._workspace.lock:
            return self._workspace.ts()

    def _rights(self, channel: Channel, message: Message | None = None) -> Json:
        """A fresh trigger id and response URL."""
        key = self._sandbox.tickets.response(self.id, channel.id, message.ts if message else None)
        trigger = self._sandbox.tickets.trigger(self.id)
        return {"trigger_id": trigger, "response_url": f"{self._sandbox.url}/response/{key}"}


def meant(workspace: Workspace, person: str, element: Json, value: Any) -> Any:
    """The value with names turned into ids, and (name, content) pairs into uploaded files. The lock must be held."""
    known = _known(workspace, element["type"])
    if known is not None and value is not None:
        several = isinstance(value, list | tuple | set)
        return [_id(known, one) for one in value] if several else _id(known, value)
    if element["type"] == "file_input":
        return [_uploaded(workspace, person, *named) for named in value]
    return value


def _known(workspace: Workspace, kind: str) -> dict[str, str] | None:
    """Names and ids of what this kind of input offers; None where it offers neither people nor channels."""
    people = {name: p.id for p in workspace.people.values() for name in (p.id, p.username, p.name)}
    channels = {name: c.id for c in workspace.channels.values() for name in (c.id, c.name, f"#{c.name}")}
    if "users_select" in kind:
        return people
    if "channels_select" in kind:
        return channels
    return people | channels if "conversations_select" in kind else None


def _id(known: dict[str, str], value: Any) -> str:
    name = str(getattr(value, "id", value))
    if name not in known:
        raise NotOnScreen(f"nobody and nothing here is called {name!r}")
    return known[name]


def _uploaded(workspace: Workspace, person: str, name: str, content: bytes) -> Json:
    file = File(workspace.new_id("F"), name, name, person, len(content), content, complete=True)
    workspace.files[file.id] = file
    return file_json(file, workspace.url)
