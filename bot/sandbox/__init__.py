"""A stand-in Slack workspace on loopback, over the real wire: for `cornerman demo` and for the tests."""

from bot.sandbox.courier import Delivery, Kind
from bot.sandbox.installation import Tokens
from bot.sandbox.page.controls import Control, Progress, TourStep
from bot.sandbox.people.answers import Reply, Submission
from bot.sandbox.people.member import Member
from bot.sandbox.people.text import text_of
from bot.sandbox.people.values import NotOnScreen
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Channel, File, Message, Team, View

__all__ = [
    "Channel",
    "Control",
    "Delivery",
    "File",
    "Kind",
    "Member",
    "Message",
    "NotOnScreen",
    "Progress",
    "Reply",
    "Sandbox",
    "Submission",
    "Team",
    "Tokens",
    "TourStep",
    "View",
    "text_of",
]
