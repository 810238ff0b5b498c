"""A scenario, and what can be done with it."""

from __future__ import annotations

import json
import os
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Mapping, Sequence, overload

from . import _core
from ._errors import Error, Interrupted, Problem, Warned, needed
from ._work import Bar, Progress, dates_of, series_number, warn

if TYPE_CHECKING:
    import pandas

    from ._runs import Runs
    from ._session import Session
    from ._snapshot import Snapshot
    from ._work import Day
    from ._studies import Calibration, Comparison, Condition, Score, Sensitivity, Sweep


@dataclass(frozen=True)
class Parameter:
    """A parameter of a scenario.

    Attributes:
        name: As the scenario calls it.
        value: With which the scenario runs.
        unit: "" where it has none.
        range: Least and greatest value; infinite where there is no bound.
        prior: `normal(0.5, 0.1)`, or "" where it has none.
        about: What it is.
        source: Where the value comes from.
        label: People's words for it; "" where the name will do.
        fitted_to: The last day of the record that was looked at to set the value, or "".
    """

    name: str
    value: float
    unit: str = ""
    range: tuple[float, float] = (float("-inf"), float("inf"))
    prior: str = ""
    about: str = ""
    source: str = ""
    label: str = ""
    fitted_to: str = ""

    def __float__(self) -> float:
        return self.value


@dataclass(frozen=True)
class linspace:
    """So many equally spaced values from `low` to `high`, both included, of something that is varied: `s.sweep(rate=en.linspace(0, 1, 5))`."""

    low: float
    high: float
    count: int

    def __iter__(self) -> Iterator[float]:
        step = (self.high - self.low) / max(self.count - 1, 1)
        return iter([self.low + step * i for i in range(self.count - 1)] + [self.high])

    def __len__(self) -> int:
        return self.count


def number_text(value: Any) -> str:
    """A number that reads back to the same double; a name of a level as it is."""
    if isinstance(value, str):
        return value
    try:
        return repr(float(value))
    except (TypeError, ValueError):
        raise Error(f"a number is needed, not {value!r}", [Problem(f"a number is needed, not {value!r}")]) from None


def vary_text(name: str, how: Any) -> str:
    """What --vary takes: a range, levels or values; None or True: the prior."""
    if how is None or how is True:
        return name
    if isinstance(how, str):
        return f"{name}={how}"
    if isinstance(how, linspace):
        return f"{name}={number_text(how.low)}:{number_text(how.high)}:{how.count}"
    if isinstance(how, tuple):
        if len(how) != 2:
            raise Error(f"{name} takes (low, high), not {len(how)} numbers; values are given as a list")
        return f"{name}={number_text(how[0])}:{number_text(how[1])}"
    if isinstance(how, Iterable):
        how = list(how)
        if not how:
            raise Error(f"{name} is varied over no values: the list is empty")
        return f"{name}={{{', '.join(number_text(value) for value in how)}}}"
    raise Error(f"{name} is varied over (low, high), en.linspace(low, high, n) or a list of values, not {how!r}")


def setting_text(name: str, value: Any) -> str:
    """What --set takes."""
    return f"{name}={number_text(value)}"


class Scenario:
    """A scenario file, read and checked; it does not change.

    Args:
        file: Path of the YAML file.
        text: The scenario itself, instead of a file.
        folder: Where a text's `use` and tables are looked for.

    Raises:
        Error: With all that is wrong in `problems`.

    What may be a mistake is warned of as `Warned`, and stays in `problems`.
    """

    def __init__(self, file: str | os.PathLike[str] | None = None, *, text: str | None = None, folder: str | os.PathLike[str] = "."):
        if (file is None) == (text is None):
            raise TypeError("a scenario is read from a file or from a text")
        self._text = text
        self._folder = os.path.abspath(os.fsdecode(folder))
        self._place = os.getcwd()
        if text is None:
            self._core = _core.read_file(os.fsencode(file))  # type: ignore[arg-type]
        else:
            self._core = _core.read_text(text, "a text", self._folder)
        self._resolved: dict[str, Any] | None = None
        for problem in self.problems:
            if problem.severity == "warning":
                warnings.warn(Warned(str(problem)), stacklevel=2)

    @classmethod
    def _of(cls, other: "Scenario", core: Any) -> "Scenario":
        scenario = cls.__new__(cls)
        scenario._text, scenario._folder, scenario._place = other._text, other._folder, other._place
        scenario._core = core
        scenario._resolved = None
        return scenario

    def __reduce__(self) -> Any:
        """For processes that are started anew: the file is read there, and is to be the same."""
        source = self._text if self._text is not None else os.path.join(self._place, self.path)
        return _read_again, (source, self._text is not None, self._folder, self.hash, self._core.variant, list(self._core.settings))

    # What it is

    @property
    def path(self) -> str:
        """Path of its file, as given."""
        return self._core.path

    @property
    def hash(self) -> str:
        """Of the bytes of all its files, 32 hexadecimal digits."""
        return self._core.hash

    @property
    def problems(self) -> list[Problem]:
        """Warnings and notes about its files."""
        return [Problem(**one) for one in self._core.warnings]

    @property
    def resolved(self) -> dict[str, Any]:
        """The whole scenario with variant and values set, as `entente describe --json` has it."""
        if self._resolved is None:
            self._resolved = json.loads(self._core.resolved())
        return self._resolved

    @property
    def title(self) -> str:
        return self.resolved.get("title", "")

    @property
    def about(self) -> str:
        return self.resolved.get("about", "")

    @property
    def parameters(self) -> dict[str, Parameter]:
        """Its parameters by name, with the values that they have here."""
        found = {}
        for name, one in self.resolved["parameters"].items():
            prior = one.get("prior")
            found[name] = Parameter(
                name,
                one["value"],
                one.get("unit", ""),
                tuple(float(bound) for bound in one.get("range", ("-inf", "inf"))),  # type: ignore[arg-type]
                f"{prior['form']}({', '.join(f'{x:g}' for x in prior['arguments'])})" if prior else "",
                one.get("about", ""),
                one.get("source", ""),
                one.get("label", ""),
                one.get("fitted_to", ""),
            )
        return found

    @property
    def measures(self) -> dict[str, dict[str, Any]]:
        """Its measures by name: value (the expression), unit, about, on, per."""
        return self.resolved["measures"]

    @property
    def headline(self) -> list[str]:
        """Names of the measures that it is about, the foremost first: what `headline` says, or the first by its rule."""
        return self._core.headline

    def _headline_order(self) -> list[str]:
        return self._core.headline_order

    @property
    def variants(self) -> list[str]:
        """Names of its variants."""
        return list(self.resolved["variants"])

    @property
    def dates(self) -> "pandas.Index":
        """The moments at which values are taken: the beginning, and the end of each tick. Undated: their numbers.

        A calendar that leaves the years 1678 to 2261, which datetime64[ns] can hold, has pandas.Period for its dates.
        """
        pandas = needed("pandas", "python3-pandas", "Scenario.dates")
        if not self._core.is_dated:
            return pandas.RangeIndex(len(self._core.moments), name="time")
        return dates_of(self._core.moments, self._core.moments).rename("time")

    def describe(self) -> str:
        """The model as a document after the ODD protocol, in Markdown."""
        return self._core.describe()

    # The same with something changed

    def set(self, values: Mapping[str, float | str] | None = None, /, **more: float | str) -> "Scenario":
        """The scenario with values of parameters, or start values such as `{"state[russia].trust": 0.5}`.

        They count after the variant, whichever was named first.

        Raises:
            Error: For an unknown name, with the nearest one; for a value outside the range.
        """
        settings = list(self._core.settings) + [setting_text(name, value) for name, value in {**(values or {}), **more}.items()]
        changed = Scenario._of(self, self._core.changed(self._core.variant, settings))
        warn((text, "") for name in {**(values or {}), **more} if (text := changed._core.timeline_warning(name)))
        return changed

    def variant(self, name: str) -> "Scenario":
        """The scenario as the variant has it; "" as it is written.

        Raises:
            Error: For an unknown one, with the nearest name.
        """
        return Scenario._of(self, self._core.changed(name, list(self._core.settings)))

    # Runs

    @overload
    def run(self, runs: int | None = None, *, seed: int = 1, first_run: int = 0, series: int | str | None = None, events: bool = False,
            posterior: "Calibration | str | os.PathLike[str] | None" = None, until: None = None, threads: int = 0, progress: bool | Progress = True,
            lanes: int = 0, isa: str = "") -> "Runs": ...

    @overload
    def run(self, runs: int | None = None, *, seed: int = 1, first_run: int = 0, series: int | str | None = None, events: bool = False,
            until: "Day", threads: int = 0, progress: bool | Progress = True, lanes: int = 0, isa: str = "") -> "Snapshot": ...

    def run(
        self,
        runs: int | None = None,
        *,
        seed: int = 1,
        first_run: int = 0,
        series: int | str | None = None,
        events: bool = False,
        posterior: "Calibration | str | os.PathLike[str] | None" = None,
        until: "Day | None" = None,
        threads: int = 0,
        progress: bool | Progress = True,
        lanes: int = 0,
        isa: str = "",
    ) -> "Runs | Snapshot":
        """Makes runs, or takes them as far as a day.

        Args:
            runs: How many; `runs` of the scenario where nothing is said.
            seed: Of all random numbers. Run k of a seed is the same whatever else is asked for.
            first_run: Number of the first one; with `runs=1` it repeats one run alone.
            series: Of how many runs series are kept: a number, "all" or "none"; as many as fit in 64 MB where nothing is said.
            events: Whether each event of each run is kept now; `Runs.events` makes the runs once more where it is not.
            posterior: Over whose points the runs are spread, by their weights: what `calibrate` gave, or a table as it writes.
            until: A date (of an undated calendar the number of a tick) at whose beginning to stop: the result is a `Snapshot` that can be gone on from, not `Runs`.
            threads: As many as the machine has where it is 0; any number gives the same bits.
            progress: Whether a bar is shown where it takes long, or a function that is called as progress(done, total, failed, seconds).

        Raises:
            Error: For what can't be made, or does not fit into memory.
            Interrupted: After Ctrl-C, with the runs made by then as `partial`.
        """
        from ._runs import Runs
        from ._snapshot import Snapshot

        options: dict[str, Any] = {"runs": runs, "seed": seed, "first_run": first_run, "threads": threads, "lanes": lanes, "isa": isa, "events": events}
        options["series"] = series_number(series)
        if posterior is not None:
            options["posterior"] = posterior.file("posterior.csv") if hasattr(posterior, "file") else os.fspath(posterior)
        if until is not None:
            return Snapshot._taken(self, until, options, progress)
        return Runs._made(self, options, progress)

    def session(self, runs: int = 1, *, seed: int = 1, first_run: int = 0, threads: int = 0, isa: str = "") -> "Session":
        """Runs to be made tick by tick, with their state to look at and to change: `with s.session(runs=64) as world: …`."""
        from ._session import Session

        return Session(self, runs, seed=seed, first_run=first_run, threads=threads, isa=isa)

    # Studies

    def sweep(self, points: Any = None, *, vary: Mapping[str, Any] | None = None, **options: Any) -> "Sweep":
        """Runs at many points of parameters or start values.

        Args:
            points: A table of points instead of factors: a path, or a pandas.DataFrame with a column for each parameter, and `weight` if they count
                differently.
            vary: Factors by name, where a name is no Python name (`"state[russia].trust"`) or one of the options below.
            **options: Factors as `name=how`: (low, high), `en.linspace(low, high, n)`, a list of values, or None for the prior; and replicates
                (runs of each point), samples, design ("grid", "latin", "sobol"), levels, measures, unpaired, seed, threads, out (a folder, from
                which the same call goes on after Ctrl-C or a crash), progress.

        Raises:
            Error, Interrupted: As `run`; with `out` nothing that was made is lost.
        """
        from ._studies import Sweep

        return Sweep._of(self, points, vary, options)

    def sensitivity(self, *, vary: Mapping[str, Any] | None = None, **options: Any) -> "Sensitivity":
        """Indices of how much each factor matters to each outcome: Sobol's, or by method="morris" elementary effects.

        Args:
            vary, **options: Factors as for `sweep`; and samples (base rows), replicates, method, trajectories, levels, second_order, groups, measures,
                confidence, resamples, allow_failed, seed, threads, out, progress.
        """
        from ._studies import Sensitivity

        return Sensitivity._of(self, vary, options)

    def compare(self, alternatives: Sequence[str | Mapping[str, Any]] | None = None, **options: Any) -> "Comparison":
        """Runs alternatives under the same random numbers.

        Args:
            alternatives: Each the name of a variant or a dict of values, with "variant" for both: `["no_aid", {"aid_rate": 4}]`; all variants of the
                scenario where nothing is said.
            **options: baseline (in the same form), replicates, measures, confidence, unpaired, seed, threads, out, progress.
        """
        from ._studies import Comparison

        return Comparison._of(self, alternatives, options)

    def score(self, *, since: "Day", **options: Any) -> "Score":
        """Holds runs against what is on record, beside forecasts that know nothing but the past.

        Args:
            since: The day from which on what came counts.
            **options: until, rolling ("year"), runs, posterior, resamples, seed, threads, out, progress.
        """
        from ._studies import Score

        return Score._of(self, since, options)

    def calibrate(self, vary: Sequence[str] | Mapping[str, Any] | None = None, **options: Any) -> "Calibration":
        """Fits parameters to what is on record.

        Args:
            vary: Names, which are drawn from their priors, or a dict as `sweep` takes; all parameters with a prior where nothing is said.
            **options: until, method ("abc" or "likelihood"), particles, runs, filter_runs, seed, threads, out, progress.
        """
        from ._studies import Calibration

        return Calibration._of(self, vary, options)

    def condition(self, *, until: "Day", **options: Any) -> "Condition":
        """Takes runs through the record as far as a day, so that what is known has happened in all of them.

        Args:
            until: The last day of the record that counts.
            **options: particles, seed, threads, out, progress.
        """
        from ._studies import Condition

        return Condition._of(self, until, options)

    # Looks

    def __repr__(self) -> str:
        changed = [f"variant={self._core.variant!r}"] if self._core.variant else []
        changed += list(self._core.settings)
        return f"<Scenario {self.title or self.path!r}{''.join(', ' + one for one in changed)}>"

    def _repr_html_(self) -> str:
        from ._show import scenario_html

        return scenario_html(self)


def _read_again(source: str, is_text: bool, folder: str, hash: str, variant: str, settings: list[str]) -> Scenario:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Warned)  # which were told where it was read first
        scenario = Scenario(text=source, folder=folder) if is_text else Scenario(source)
    if scenario.hash != hash:
        raise Error(f"{source!r}, or a file that it uses, has changed since it was read")
    return Scenario._of(scenario, scenario._core.changed(variant, settings))
