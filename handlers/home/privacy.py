"""The Home tab's last section: one's data."""

from datetime import datetime

from slack_sdk.models.blocks import Block

from bot.services.members import Member
from bot.views import privacy as views
from storage.database import Session


def mine(_session: Session, _workspace_id: int, _person: Member, _now: datetime) -> list[Block]:
    return views.mine()
