"""views.*: modals opened, pushed and changed, Home tabs published."""

from typing import Any

from bot.sandbox.api.call import Call, Method, SlackError
from bot.sandbox.blockkit.blocks import is_too_large, problems_in_view
from bot.sandbox.people.values import initial_values, with_ids
from bot.sandbox.state import Installation, Json, Person, View, Workspace
from bot.sandbox.tickets import Trigger
from bot.sandbox.wire import hash_of, view_json

MOST_MODALS = 3


def checked_view(body: Any) -> Json:
    """The view as it was sent, if Slack would take it."""
    if not isinstance(body, dict):
        raise SlackError("invalid_arguments")
    if is_too_large(body):
        raise SlackError("view_too_large")
    if problems := problems_in_view(body):
        raise SlackError.with_messages("invalid_arguments", problems)
    return body


def new_view(workspace: Workspace, owner: Person, body: Json) -> View:
    """A view for this person, not yet shown."""
    external_id = body.get("external_id")
    if external_id and external_id in {view.body.get("external_id") for view in workspace.views()}:
        raise SlackError("duplicate_external_id")
    ts = workspace.ts()
    body = {**body, "blocks": with_ids(body["blocks"], workspace.new_id)}
    values = initial_values(body["blocks"])
    return View(workspace.new_id("V"), owner.id, body, hash_of(body, ts), ts, values)


def push_view(workspace: Workspace, owner: Person, body: Json) -> View:
    """A view on top of the person's open ones."""
    if len(owner.modals) >= MOST_MODALS:
        raise SlackError("push_limit_reached")
    view = new_view(workspace, owner, body)
    if owner.modals:
        view.root_id, view.previous_id = owner.modals[0].id, owner.modals[-1].id
    owner.modals.append(view)
    return view


def change_view(workspace: Workspace, view: View, body: Json) -> None:
    """The same view with other content; what was entered stays where block and action ids stay."""
    view.shown_at = workspace.ts()
    view.body = {**body, "blocks": with_ids(body["blocks"], workspace.new_id)}
    view.hash = hash_of(view.body, view.shown_at)
    view.values = initial_values(view.blocks, view.values)


def _body(call: Call, kind: str) -> Json:
    body = checked_view(call.json("view"))
    if body["type"] != kind:
        raise SlackError.with_messages(
            "invalid_arguments", [f"[ERROR] must be a {kind} [json-pointer:/view/type]"]
        )
    return body


def _trigger(call: Call) -> Trigger:
    trigger = call.tickets.exchange(call.needed("trigger_id"))
    if isinstance(trigger, str):
        raise SlackError(trigger)
    return trigger


def _shown(view: View, app: Installation) -> Json:
    return {"view": view_json(view, app)}


def open_(call: Call) -> Json:
    body = _body(call, "modal")
    person = call.workspace.people[_trigger(call).person]
    view = new_view(call.workspace, person, body)
    person.modals = [view]
    return _shown(view, call.app)


def push(call: Call) -> Json:
    body, trigger = _body(call, "modal"), _trigger(call)
    person = call.workspace.people[trigger.person]
    if trigger.view is None or not person.modals:
        raise SlackError("invalid_trigger_id")
    return _shown(push_view(call.workspace, person, body), call.app)


def update(call: Call) -> Json:
    view = _named(call)
    body = checked_view(call.json("view"))
    if body["type"] != view.body["type"]:
        raise SlackError("invalid_arguments")
    _fresh(call, view)
    change_view(call.workspace, view, body)
    return _shown(view, call.app)


def _named(call: Call) -> View:
    view_id, external_id = call.text("view_id"), call.text("external_id")
    for view in call.workspace.views():
        if (view_id and view.id == view_id) or (external_id and view.body.get("external_id") == external_id):
            return view
    raise SlackError("not_found")


def _fresh(call: Call, view: View | None) -> None:
    if call.text("hash") and (view is None or call.text("hash") != view.hash):
        raise SlackError("hash_conflict")


def publish(call: Call) -> Json:
    person = call.person("user_id")
    body = _body(call, "home")
    _fresh(call, person.home)
    if person.home is None:
        person.home = new_view(call.workspace, person, body)
    else:
        change_view(call.workspace, person.home, body)
    return _shown(person.home, call.app)


METHODS = {
    "views.open": Method(open_),
    "views.push": Method(push),
    "views.update": Method(update),
    "views.publish": Method(publish),
}
