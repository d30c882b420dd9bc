"""A stand-in Slack workspace on loopback, over the real wire: for `cornerman demo` and for the tests."""

from bot.sandbox.answers import Reply, Submission
from bot.sandbox.courier import Delivery, Kind
from bot.sandbox.installing import Tokens
from bot.sandbox.member import Member
from bot.sandbox.page.controls import Control
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.state import Channel, File, Message, Team, View
from bot.sandbox.text import text_of
from bot.sandbox.values import NotOnScreen

__all__ = [
    "Channel",
    "Control",
    "Delivery",
    "File",
    "Kind",
    "Member",
    "Message",
    "NotOnScreen",
    "Reply",
    "Sandbox",
    "Submission",
    "Team",
    "Tokens",
    "View",
    "text_of",
]
