"""What the tests of this room may ask for."""

from tests.cli.shell import shell

__all__ = ["shell"]
