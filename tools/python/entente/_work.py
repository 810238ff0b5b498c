"""How calls of the engine look from outside: progress, warnings, Ctrl-C."""

from __future__ import annotations

import importlib.util
import operator
import os
import shutil
import sys
import tempfile
import time
import warnings
import weakref
from typing import TYPE_CHECKING, Any, Callable, Iterable, Sequence, Union

from ._errors import Error, Problem, Warned, needed

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


def series_number(series: Any) -> int:
    """Of how many runs series are kept, as the engine has it: -1 as many as fit."""
    named = {None: -1, "all": 2**62, "none": 0}
    if series is None or isinstance(series, str):
        if series in named:
            return named[series]
    elif not isinstance(series, float) and hasattr(series, "__index__") and operator.index(series) >= 0:
        return min(operator.index(series), 2**62)
    text = f'series are kept of a number of runs, "all" or "none", not {series!r}'
    raise Error(text, [Problem(text)])


#: Days since 1970-01-01 that pandas's datetime64[ns] can hold whole: 1677-09-22 to 2262-04-11.
NANOSECOND_DAYS = (-106_751.0, 106_751.0)


def fit_nanoseconds(days: Sequence[float]) -> bool:
    """Whether these days, the first of them and the last, can be datetime64[ns]."""
    return NANOSECOND_DAYS[0] <= days[0] and days[-1] <= NANOSECOND_DAYS[1]


def dates_of(days: Any, calendar: Sequence[float]) -> Any:
    """Days since 1970-01-01 as a pandas.DatetimeIndex, nan as NaT; as a pandas.PeriodIndex where the calendar leaves what that can hold."""
    pandas = needed("pandas", "python3-pandas", "a table of dates")
    import numpy

    days = numpy.asarray(days, dtype=float).ravel()
    if fit_nanoseconds(calendar):
        return pandas.DatetimeIndex(pandas.to_datetime(days, unit="D"))
    is_whole = all(day == int(day) for day in calendar)
    known = ~numpy.isnan(days)
    ordinals = numpy.full(days.shape, pandas.NaT.value, dtype=numpy.int64)
    ordinals[known] = numpy.round(days[known] * (1 if is_whole else 86_400)).astype(numpy.int64)
    return pandas.PeriodIndex(pandas.arrays.PeriodArray(ordinals, dtype=pandas.PeriodDtype("D" if is_whole else "S")))


class OwnFolder:
    """A folder for files of ours, which goes when this does, or at the end of the process that made it."""

    def __init__(self) -> None:
        self.name = tempfile.mkdtemp(prefix="entente-")
        weakref.finalize(self, OwnFolder._remove, self.name, os.getpid())

    @staticmethod
    def _remove(folder: str, made_by: int) -> None:
        if os.getpid() == made_by:
            shutil.rmtree(folder, ignore_errors=True)


class PageBar:
    """A bar in a notebook that has no widgets: a line of HTML that is shown anew, and taken away at the end."""

    def __init__(self, total: int):
        from IPython.display import display

        self.total: int = total
        self.n: float = 0
        self._failed = 0
        self._began = time.monotonic()
        self._handle = display(self, display_id=True)

    def _repr_html_(self) -> str:
        rate = self.n / max(time.monotonic() - self._began, 1e-3)
        left = f", {(self.total - self.n) / rate:,.0f} s left" if self.n and self.n < self.total else ""
        failed = f", {self._failed:,} failed" if self._failed else ""
        return f'<progress value="{self.n}" max="{self.total}"></progress> {self.n:,} of {self.total:,} runs{left}{failed}'

    def refresh(self) -> None:
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

    #: The engine is to tell the share of the work that is done, too, which moves within runs.
    takes_share = True

    def __init__(self, wanted: bool | Progress | None):
        self._wanted = wanted
        self._bar: Any = None

    @property
    def call(self) -> Callable[..., None] | None:
        """What the engine is to call, or None."""
        if self._wanted is None or self._wanted is False:
            return None
        return self if self._wanted is True else self._wanted

    def __call__(self, done: int, total: int, failed: int, seconds: float, share: float | None = None) -> None:
        if self._bar is None:
            if seconds < 0.5:
                return
            self._bar = _new_bar(total)
            if self._bar is None:
                self._wanted = False
                return
        self._bar.total = total
        moved = done if share is None else share * total
        self._bar.n = round(moved, 1) if total < 100 and moved != int(moved) else int(moved)  # of few runs, parts of them are shown
        self._bar.refresh()
        if failed:
            self._bar.set_postfix(failed=failed)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()
