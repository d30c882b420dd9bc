"""`python -m handlers` writes `docs/commands.md` from the table of slash words."""

from pathlib import Path

from bot.blocks.slash import page
from handlers.slash_words import COMMANDS

Path("docs/commands.md").write_text(page(COMMANDS), encoding="utf-8")
