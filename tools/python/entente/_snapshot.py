"""Runs that stand at a date, to be gone on from."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any, Mapping, overload

from . import _core
from ._errors import Error, Interrupted
from ._work import Bar, OwnFolder, Progress, series_number, warn

if TYPE_CHECKING:
    from ._runs import Runs
    from ._scenario import Scenario
    from ._work import Day


class Snapshot:
    """The state of runs at the beginning of a tick.

    Args:
        file: As `save`, `entente run --snapshot` or `entente condition` wrote it.
        scenario: Of which it was taken; read from where it was then, where nothing is said.

    Going on unchanged gives the bits of runs that never stopped. `branch` changes parameters, or takes a variant's, from this date on.
    """

    def __init__(self, file: str | os.PathLike[str], scenario: "Scenario | None" = None):
        from ._scenario import Scenario

        self._file = os.path.abspath(os.fsdecode(file))
        self._facts: dict[str, Any] = _core.snapshot_facts(self._file)
        self._written = scenario if scenario is not None else Scenario(self._facts["scenario"])
        if self._written.hash != self._facts["scenario_hash"]:
            raise Error(f"{self._written.path!r} is not, or no longer, the scenario of which {self._file!r} was taken")
        self._changes = Scenario._of(self._written, self._written._core.changed("", []))
        self._kept: OwnFolder | None = None

    @classmethod
    def _taken(cls, scenario: "Scenario", until: "Day", options: dict[str, Any], progress: bool | Progress) -> "Snapshot":
        folder = OwnFolder()
        file = os.path.join(folder.name, "state.snap")
        with Bar(progress) as bar:
            whole, told = _core.stop(scenario._core, bar.call, until=date_text(until), snapshot=file, **options)
        warn(told)
        if not whole:
            raise Interrupted("interrupted before all runs were there: no snapshot was taken")
        snapshot = cls(file, scenario)
        snapshot._kept = folder
        return snapshot

    @property
    def date(self) -> str:
        """At whose beginning the runs stand, `2023-07-03`; `tick 12` of an undated calendar."""
        return self._facts["when"]

    @property
    def tick(self) -> int:
        """Number of the tick at whose beginning the runs stand."""
        return self._facts["tick"]

    @property
    def runs(self) -> int:
        """How many there are."""
        return self._facts["runs"]

    def save(self, file: str | os.PathLike[str]) -> None:
        """Writes it to a file, for `Snapshot(file)` and `entente run --from`. One that stands there is replaced."""
        shutil.copyfile(self._file, os.fspath(file) + ".part")
        os.replace(os.fspath(file) + ".part", file)

    def branch(self, values: Mapping[str, float | str] | None = None, /, *, variant: str = "", **more: float | str) -> "Snapshot":
        """The same state, from which the runs go on with other values of parameters or another variant."""
        from ._scenario import Scenario, setting_text

        branch = Snapshot.__new__(Snapshot)
        branch._file, branch._facts, branch._written, branch._kept = self._file, self._facts, self._written, self._kept
        settings = list(self._changes._core.settings) + [setting_text(name, value) for name, value in {**(values or {}), **more}.items()]
        branch._changes = Scenario._of(self._written, self._written._core.changed(variant or self._changes._core.variant, settings))
        return branch

    @overload
    def run(self, runs: int | None = None, *, first_run: int | None = None, series: int | str | None = None, events: bool = False, threads: int = 0,
            progress: bool | Progress = True, until: None = None) -> "Runs": ...

    @overload
    def run(self, runs: int | None = None, *, first_run: int | None = None, series: int | str | None = None, events: bool = False, threads: int = 0,
            progress: bool | Progress = True, until: "Day") -> "Snapshot": ...

    def run(self, runs: int | None = None, *, first_run: int | None = None, series: int | str | None = None, events: bool = False, threads: int = 0,
            progress: bool | Progress = True, until: "Day | None" = None) -> "Runs | Snapshot":
        """Makes the runs go on to the calendar's end: all of the snapshot, or `runs` of them from `first_run` on. As `Scenario.run`.

        Events are there where the runs before the snapshot were made with `events=True`.
        """
        from ._runs import Runs

        options: dict[str, Any] = {"runs": runs, "first_run": first_run, "threads": threads, "events": events, "from_snapshot": self._file}
        options["series"] = series_number(series)
        if until is not None:
            return Snapshot._taken(self._changes, until, options, progress)
        return Runs._made(self._changes, options, progress, keeps=self)

    def __repr__(self) -> str:
        return f"<Snapshot of {self.runs} runs of {self._written.title or self._written.path!r} at {self.date}>"


def date_text(day: "Day") -> str:
    """A day as the engine reads it: a text, a date, a pandas.Timestamp or Period, numpy.datetime64, or the number of a tick."""
    if isinstance(day, str):
        return day
    if hasattr(day, "isoformat"):
        return day.isoformat()[:10]
    if hasattr(day, "freqstr"):
        period: Any = day  # pandas writes years before 1000 with fewer digits
        return f"{period.year:04}-{period.month:02}-{period.day:02}"
    return str(day)[:10]
