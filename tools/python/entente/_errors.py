"""What goes wrong, as exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or may be, and where.

    Attributes:
        text: What is wrong, with the value that was found.
        severity: "error", "warning" or "note".
        file: Path of the file; None where it is in no file, as a wrong argument.
        line: From 1; 0 for a file as a whole.
        column: From 1; 0 where there is none.
        help: What to try; "" where nobody knows.
    """

    text: str
    severity: str = "error"
    file: str | None = None
    line: int = 0
    column: int = 0
    help: str = ""

    def __str__(self) -> str:
        place = "" if self.file is None else f"{self.file}:{self.line}:{self.column}: "
        return f"{place}{self.severity}: {self.text}" + (f"\nhelp: {self.help}" if self.help else "")


class Error(Exception):
    """A mistake or a misfortune: a scenario with errors, a wrong argument, an unreadable file, a full disk.

    Attributes:
        problems: All that is wrong, as `Problem`s: of a scenario every error of its files at once.
        code: What the command would have exited with: 2 wrong usage or a scenario with errors, 3 runs failed.
    """

    def __init__(self, text: str, problems: Sequence[Problem | dict[str, Any]] = (), code: int = 2):
        super().__init__(text)
        self.problems: list[Problem] = [p if isinstance(p, Problem) else Problem(**p) for p in problems] or [Problem(text)]
        self.code = code


class Interrupted(KeyboardInterrupt):
    """Ctrl-C, with what was there by then.

    Attributes:
        partial: The runs that were made before; None where there is nothing yet. Of a study with `out=` the folder keeps what was made, and the
            same call goes on from there.
    """

    def __init__(self, text: str, partial: Any = None):
        super().__init__(text)
        self.partial = partial


class Warned(UserWarning):
    """What may be a mistake and stops nothing."""


def needed(module: str, package: str, purpose: str) -> Any:
    """Imports what is needed for one thing only, or says so."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as missing:
        raise ImportError(f"{purpose} needs {module}, which is not installed: on Debian, apt install {package}") from missing


for _type in (Problem, Error, Interrupted, Warned):
    _type.__module__ = "entente"  # as messages call them
