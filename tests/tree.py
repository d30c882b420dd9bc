"""Where the tree begins, and where data lies that is too large for it: tests that need it are skipped without."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
