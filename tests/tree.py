"""Where the tree begins."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
