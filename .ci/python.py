"""Says whether the Python that runs this will do: Python 3.11 or newer, and, where a command is named, of its version.

`make` runs it with whatever Python it finds, so it keeps to what every Python 3 understands.
"""

import subprocess
import sys

NEEDED = (3, 11)


def what_is_wrong(ours, asked):
    """A sentence, or nothing: our version, and the one of the command that was asked for by name (None: any)."""
    if ours < NEEDED:
        told = f"Cornerman needs Python {dotted(NEEDED)} or newer, this is {dotted(ours)}."
        return f"{told} Where a newer one is installed: make install PYTHON=python3.12"
    if asked is not None and asked != ours:
        return f"This is Python {dotted(ours)}, and {dotted(asked)} was asked for."
    return None


def dotted(version):
    """As people write it."""
    return f"{version[0]}.{version[1]}"


def version_of(command):
    """The version of another Python."""
    told = subprocess.check_output([command, "-c", "import sys; print(*sys.version_info[:2])"])  # noqa: S603  named by who runs make
    major, minor = told.decode().split()
    return int(major), int(minor)


if __name__ == "__main__":
    sys.exit(what_is_wrong(sys.version_info[:2], version_of(sys.argv[1]) if sys.argv[1:] else None))
