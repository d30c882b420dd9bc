"""The question whether one would coach: asked kindly, once a quarter at most."""

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.words import Words
from bot.coaching.domain.plans import Choices
from bot.coaching.views.preferences import chosen
from bot.core.enums import Role
from bot.core.i18n import gettext as _
from bot.people.views.names import roles_label, short_name


def to_the_best(invitation_id: int, role: Role) -> Words:
    """Without a place: the channel may call the same weeks too close, and nobody asked."""
    why = _("Your last 13 weeks show that your team's {role} can learn from you.").format(
        role=roles_label(role)
    )
    return _invitation(why, invitation_id)


def proposed(invitation_id: int, by: str) -> Words:
    return _invitation(
        _("{name} thinks you would make a good coach.").format(name=short_name(by)), invitation_id
    )


def proposal_sent(person: str) -> str:
    """What the manager reads who proposed somebody."""
    return _("I have asked {name}. The answer is theirs; a yes shows in `/scorecard pairs`.").format(
        name=short_name(person)
    )


def accepted(choices: Choices) -> str:
    return (
        _("Thank you. From the next pairs on you are found a learner for whom you matter.")
        + "\n"
        + chosen(choices)
    )


def declined() -> str:
    return _("Understood; nobody is told. `/coach on` is there whenever you like.")


def _invitation(why: str, invitation_id: int) -> Words:
    asked_for = _(
        "Would you coach one colleague, half an hour a week for four weeks? You choose how many and on what, the time "
        "is credited, and a no is fine: nobody is told, and I do not ask again this quarter."
    )
    text = f"{why} {asked_for}"
    blocks: list[Block] = [
        kit.section(text),
        kit.buttons(
            kit.button(_("I would like to"), Action.COACH_YES, invitation_id, style="primary"),
            kit.button(_("Not now"), Action.COACH_NO, invitation_id),
        ),
    ]
    return Words(text, blocks)
