"""What a person gets back for what they did."""

from dataclasses import dataclass, field

from bot.sandbox.api.call import SlackError
from bot.sandbox.api.views import change_view, checked_view, push_view
from bot.sandbox.courier import Delivery
from bot.sandbox.people.forms import inputs
from bot.sandbox.people.text import text_of
from bot.sandbox.responses import say_to
from bot.sandbox.state import Channel, Json, Message, Person, View, Workspace

TROUBLE = "We had some trouble connecting. Try again?"


@dataclass(frozen=True, slots=True)
class Reply:
    """What stands on the screen after a command, a click or a choice.

    `text` and `blocks` are what came with the acknowledgement (`message` is that message); what the bot says later is
    among the person's messages. `error` is "" or what Slack shows: `operation_timeout` (no answer within 3 s),
    `dispatch_failed`, `not_a_command` or `invalid_command_response`.
    """

    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    error: str = ""
    message: Message | None = None

    @property
    def says(self) -> str:
        """The acknowledgement as the person reads it."""
        return text_of(self.message)


@dataclass(frozen=True, slots=True)
class Submission:
    """What became of a form: `errors` by block id; the modal now on top, if any; whether all are closed."""

    errors: dict[str, str]
    view: View | None
    closed: bool
    error: str = ""
    """`operation_timeout`, `dispatch_failed`, or why the answer could not be shown."""


def error_of(delivery: Delivery) -> str:
    """What the person sees of a failed delivery; nobody listening looks like a refusal."""
    return "dispatch_failed" if delivery.error in ("connection_failed", "nobody_listens") else delivery.error


def reply_to_command(workspace: Workspace, channel: Channel, person: Person, delivery: Delivery) -> Reply:
    """Shows the acknowledgement's body. The lock must be held."""
    if delivery.error:
        return Reply(error=error_of(delivery))
    if not delivery.answer:
        return Reply()
    try:
        message = say_to(workspace, channel.id, person.id, delivery.answer)
    except SlackError:
        return Reply(error="invalid_command_response")
    return Reply(message.text, message.blocks, message=message)


def after_submission(workspace: Workspace, person: Person, view: View, delivery: Delivery) -> Submission:
    """Does what the acknowledgement of a `view_submission` asks for. The lock must be held."""
    errors, error = {}, error_of(delivery)
    if not error:
        try:
            errors = _obey(workspace, person, view, delivery.answer)
        except SlackError as refused:
            error = f"{TROUBLE} ({refused.code}: {refused.extra.get('errors', '')})"
    top = person.modals[-1] if person.modals else None
    return Submission(errors, top, closed=top is None, error=error)


def _obey(workspace: Workspace, person: Person, view: View, answer: Json) -> dict[str, str]:
    match answer.get("response_action"):
        case None:
            person.modals = [modal for modal in person.modals if modal is not view]
        case "clear":
            person.modals = []
        case "update":
            change_view(workspace, view, checked_view(answer.get("view")))
        case "push":
            push_view(workspace, person, checked_view(answer.get("view")))
        case "errors":
            return _known_errors(view, answer.get("errors") or {})
        case unknown:
            raise SlackError(f"unknown response_action {unknown}")
    return {}


def _known_errors(view: View, errors: dict[str, str]) -> dict[str, str]:
    known = {control.block["block_id"] for control in inputs(view) if control.block["type"] == "input"}
    if not errors or not errors.keys() <= known:
        raise SlackError("errors must name input blocks of the view", errors=sorted(errors.keys() - known))
    return errors
