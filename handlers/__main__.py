"""`python -m handlers` writes the pages that are made from tables: `docs/commands.md`, `docs/figures.md`."""

from pathlib import Path

from bot.blocks import slash
from bot.scorecards.views import figures_page
from handlers.slash_words import COMMANDS

MADE = {"docs/commands.md": slash.page(COMMANDS), "docs/figures.md": figures_page.page()}

if __name__ == "__main__":
    for name, text in MADE.items():
        Path(name).write_text(text, encoding="utf-8")
