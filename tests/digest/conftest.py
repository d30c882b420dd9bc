"""What the tests of this room may ask for."""

from tests.support.digest_floor import floor

__all__ = ["floor"]
