"""What a file from outside is called while it lies in a folder of ours."""

import re
from pathlib import Path

_ODD = re.compile(r"[/\\<>\x00-\x1f\x7f]")
_END = 28
"""Characters that are kept at either end of a long name: four bytes each, a folder takes 255 and we add some."""


def kept_as(name: str) -> str:
    """As its sender calls it, since sentences about the file do too; but it leads nowhere, and fits into any folder."""
    clean = _ODD.sub("_", name.encode("utf-8", "replace").decode()).strip()
    if len(clean) > 2 * _END:
        clean = f"{clean[:_END]}…{clean[-_END:]}"
    return clean if Path(clean).stem.strip(".") else f"file{Path(clean).suffix}"
