"""Those who lead, and the form in which they set targets."""

from bot.sandbox import Member


def form(person: Member) -> str:
    """The form that has come up, as Slack has it."""
    person.waits_for("Counts from")
    return str(person.modal.body) if person.modal else ""
