"""`python -m bot` is the `cornerman` command."""

from bot.cli import main

main()
