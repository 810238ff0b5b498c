"""How calls of the engine look from outside: progress, warnings, Ctrl-C."""

from __future__ import annotations

import importlib.util
import sys
import time
import warnings
from typing import TYPE_CHECKING, Any, Callable, Iterable, Union

from ._errors import Warned

if TYPE_CHECKING:
    import datetime

    import numpy

    #: A day: "2023-12-31", a date, a pandas.Timestamp; of an undated calendar the number of a tick.
    Day = Union[str, int, datetime.date, numpy.datetime64]

#: What a call of the engine tells while it works: runs done, runs in all, failed, seconds.
Progress = Callable[[int, int, int, float], None]


def warn(told: Iterable[tuple[str, str]], level: int = 3) -> None:
    """Hands warnings of the engine on."""
    for text, help in told:
        warnings.warn(Warned(text + (f" ({help})" if help else "")), stacklevel=level + 1)


class PageBar:
    """A bar in a notebook that has no widgets: a line of HTML that is shown anew, and taken away at the end."""

    def __init__(self, total: int):
        from IPython.display import display

        self.total, self.n, self._failed = total, 0, 0
        self._began = time.monotonic()
        self._handle = display(self, display_id=True)

    def _repr_html_(self) -> str:
        rate = self.n / max(time.monotonic() - self._began, 1e-3)
        left = f", {(self.total - self.n) / rate:,.0f} s left" if self.n and self.n < self.total else ""
        failed = f", {self._failed:,} failed" if self._failed else ""
        return f'<progress value="{self.n}" max="{self.total}"></progress> {self.n:,} of {self.total:,} runs{left}{failed}'

    def update(self, more: int) -> None:
        self.n += more
        self._handle.update(self)

    def set_postfix(self, failed: int) -> None:
        self._failed = failed

    def close(self) -> None:
        self._handle.update({"text/plain": "", "text/html": ""}, raw=True)


def _new_bar(total: int) -> Any:
    """Widgets in a notebook that has them, a line of HTML in one that has not, text elsewhere; None without tqdm."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if getattr(shell, "kernel", None) is not None and importlib.util.find_spec("ipywidgets") is None:
        return PageBar(total)
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return None
    return tqdm(total=total, unit=" runs", unit_scale=total > 100_000, leave=False)


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
            self._bar = _new_bar(total)
            if self._bar is None:
                self._wanted = False
                return
        self._bar.total = total
        self._bar.update(done - self._bar.n)
        if failed:
            self._bar.set_postfix(failed=failed)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
