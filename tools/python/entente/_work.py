"""How calls of the engine look from outside: progress, warnings, Ctrl-C."""

from __future__ import annotations

import warnings
from typing import Any, Callable, Iterable

from ._errors import Warned

#: What a call of the engine tells while it works: runs done, runs in all, failed, seconds.
Progress = Callable[[int, int, int, float], None]


def warn(told: Iterable[tuple[str, str]], level: int = 3) -> None:
    """Hands warnings of the engine on."""
    for text, help in told:
        warnings.warn(Warned(text + (f" ({help})" if help else "")), stacklevel=level + 1)


class Bar:
    """A progress bar for calls that take long; nothing for those that do not.

    Args:
        wanted: True: by tqdm, in the terminal or the notebook, from the first half second on; False or None: none; or a function that is called
            as progress(done, total, failed, seconds).
    """

    def __init__(self, wanted: bool | Progress | None):
        self._wanted = wanted
        self._bar: Any = None

    @property
    def call(self) -> Progress | None:
        """What the engine is to call, or None."""
        if self._wanted is None or self._wanted is False:
            return None
        return self._show if self._wanted is True else self._wanted

    def _show(self, done: int, total: int, failed: int, seconds: float) -> None:
        if self._bar is None:
            if seconds < 0.5:
                return
            try:
                from tqdm.auto import tqdm
            except ImportError:
                self._wanted = False
                return
            self._bar = tqdm(total=total, unit=" runs", unit_scale=total > 100_000, leave=False)
        self._bar.total = total
        self._bar.update(done - self._bar.n)
        if failed:
            self._bar.set_postfix(failed=failed)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
