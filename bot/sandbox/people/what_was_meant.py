"""What a person means by a name: people, channels and files, where an input wants ids."""

from typing import Any

from bot.sandbox.people.values import NotOnScreen
from bot.sandbox.state import File, Json, Workspace
from bot.sandbox.wire import file_json


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
