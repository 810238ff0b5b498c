"""Runs and what they left."""

from __future__ import annotations

import functools
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Sequence

from . import _core
from ._errors import Error, Interrupted, needed
from ._work import Bar, Progress, dates_of, fit_nanoseconds, warn

if TYPE_CHECKING:
    import numpy
    import pandas
    import xarray
    from numpy.typing import NDArray

    from ._scenario import Scenario


@dataclass(frozen=True)
class Came:
    """How often and when something comes.

    Attributes:
        name: The measure; with its row where it is by row.
        share: Of the runs in which it comes by the end; from the Kaplan-Meier curve where some failed.
        low, high: 95 % interval of the share, Wilson's where no run failed.
        came: In how many runs it came.
        runs: How many were watched.
        median: The moment by which it had come in half of all runs; None where it had not.
    """

    name: str
    share: float
    low: float
    high: float
    came: int
    runs: int
    median: Any
    _steps: Sequence[tuple[float, float, float, float, int, int]] = field(repr=False)
    _runs: "Runs" = field(repr=False)

    @property
    def curve(self) -> "pandas.DataFrame":
        """Share that it had come in by each moment (Kaplan-Meier), with 95 % bounds, how many were waiting and how many came."""
        pandas = needed("pandas", "python3-pandas", "Came.curve")
        columns = list(zip(*self._steps)) or [()] * 6
        frame = pandas.DataFrame(dict(zip(("share", "low", "high", "at_risk", "came"), columns[1:])))
        frame.index = self._runs._moments(columns[0])
        frame.index.name = "time"
        return frame

    def __str__(self) -> str:
        if not self.runs:
            return f"{self.name}: of no runs"
        return f"{self.name}: {self.share:.1%} of runs ({self.low:.1%} to {self.high:.1%}; {self.came} of {self.runs})"

    def _repr_html_(self) -> str:
        from ._show import came_html

        return came_html(self)


class Runs:
    """Runs of a scenario, in memory, or some of them (`where`). They do not change.

    Runs are numbered from `first_run` on; what is missing is nan, and NaT for a date that never came.
    """

    def __init__(self, core: Any, scenario: "Scenario", places: "NDArray[numpy.int64] | None" = None, keeps: Any = None):
        import numpy

        self._core = core
        self._scenario = scenario
        self._facts: dict[str, Any] = core.facts
        self._measures: list[dict[str, Any]] = core.measures
        self._all = places is None
        self._places = numpy.arange(self._facts["runs"]) if places is None else places
        self._keeps = keeps  # what the runs lean on, as the file of a snapshot

    @classmethod
    def _made(cls, scenario: "Scenario", options: dict[str, Any], progress: bool | Progress, keeps: Any = None) -> "Runs":
        with Bar(progress) as bar:
            core, told = _core.run(scenario._core, bar.call, **options)
        warn(told)
        made = cls(core, scenario, keeps=keeps)
        if not core.is_whole:
            raise Interrupted(f"interrupted: {len(made)} runs were made", made if len(made) else None)
        return made

    # What they are

    def __len__(self) -> int:
        return len(self._places)

    @property
    def scenario(self) -> "Scenario":
        return self._scenario

    @property
    def numbers(self) -> "NDArray[numpy.int64]":
        """Numbers of the runs."""
        return self._facts["first_run"] + self._places

    @property
    def seed(self) -> int:
        """Of all random numbers."""
        return self._facts["seed"]

    @property
    def digest(self) -> str:
        """Over every value of every run: 32 hexadecimal digits, those that `entente run` prints."""
        return self._facts["digest"]

    @property
    def seconds(self) -> float:
        """That the runs took, by the clock."""
        return self._facts["seconds"]

    @property
    def failures(self) -> list[dict[str, Any]]:
        """Runs that stopped: run, tick, step, statement, row, message."""
        numbers = set(self.numbers.tolist())
        return [one for one in self._core.failures if one["run"] in numbers]

    @property
    def summary(self) -> dict[str, Any]:
        """What `entente run` writes as summary.json: of each measure means with standard errors, quantiles, shares and curves. Of all runs."""
        return json.loads(self._core.summary_json())

    # Tables and arrays

    def _moments(self, ticks: Any) -> Any:
        """Ticks as the days on which they begin; undated as they are."""
        pandas = needed("pandas", "python3-pandas", "a table of dates")
        import numpy

        ticks = numpy.asarray(ticks, dtype=float).ravel()
        if not self._scenario._core.is_dated:
            return pandas.Index(ticks)
        return dates_of(self._days(ticks), self._scenario._core.moments)

    def _days(self, ticks: Any) -> Any:
        """Ticks as days since 1970-01-01, nan as nan."""
        import numpy

        days = numpy.asarray(self._scenario._core.moments)
        known = ~numpy.isnan(ticks)
        out = numpy.full(ticks.shape, numpy.nan)
        out[known] = days[ticks[known].astype(int)]
        return out

    def _is_date(self, number: int) -> bool:
        return self._measures[number]["form"] == "date" and self._scenario._core.is_dated

    def _final(self, number: int) -> Any:
        """Final values of a measure, runs × rows; dates as ticks."""
        values = self._core.final(number)
        return values if self._all else values[self._places]

    def _values(self, number: int) -> Any:
        """Final values of a measure, runs × rows; dates as datetime64, or as days after the calendar's start where it leaves what that can hold."""
        import numpy

        values = self._final(number)
        if not self._is_date(number):
            return values
        moments = self._scenario._core.moments
        if not fit_nanoseconds(moments):
            return self._days(values) - moments[0]
        return numpy.asarray(self._moments(values)).astype("datetime64[ns]").reshape(values.shape)

    def _column(self, number: int) -> Any:
        """The same as a column of a table, a value for each run and row."""
        values = self._final(number)
        return self._moments(values) if self._is_date(number) else values.ravel()

    def _times(self) -> Any:
        """The moments as a coordinate."""
        moments = self._scenario._core.moments
        if not self._scenario._core.is_dated or fit_nanoseconds(moments):
            return self._scenario.dates
        cftime = needed("cftime", "python3-cftime", "Runs.ds of a calendar that leaves the years 1678 to 2261")
        return cftime.num2date(moments, "days since 1970-01-01", "proleptic_gregorian", only_use_cftime_datetimes=True)

    @functools.cached_property
    def ds(self) -> "xarray.Dataset":
        """All that was measured, as in series.nc: dimensions run, time, year and a kind of rows, with units and what each measure is.

        A series is over (run, time), a scalar or date over (run), a yearly measure over (run, year), each with its rows last. Where the series of some
        runs only were kept, their dimension is `series_run`. Dates are datetime64[ns]; where the calendar leaves the years 1678 to 2261, which that can
        hold, `time` is of cftime and a date is in days after the calendar's start.
        """
        xarray = needed("xarray", "python3-xarray", "Runs.ds")
        import numpy

        kept = self._places < self._facts["series_runs"]
        partial = not kept.all()
        coordinates: dict[str, Any] = {"run": ("run", self.numbers, {"long_name": "number of the run"})}
        variables: dict[str, Any] = {}
        for number, measure in enumerate(self._measures):
            dimensions, values = self._variable(number, measure, kept)
            if values is None:
                continue
            if dimensions[0] == "series_run" and not partial:
                dimensions = ["run", *dimensions[1:]]
            elif dimensions[0] == "series_run":
                coordinates["series_run"] = ("series_run", self.numbers[kept], {"long_name": "number of the run"})
            if "time" in dimensions:
                coordinates["time"] = ("time", self._times(), {"long_name": "beginning of the day" if self._scenario._core.is_dated else "ticks gone by"})
            if "year" in dimensions:
                coordinates["year"] = ("year", numpy.asarray(self._facts["years"]), {"long_name": "calendar year"})
            if measure["kind"]:
                along = measure["coordinate"]
                coordinates[along] = (along, numpy.asarray(measure["rows"], dtype=object))
                if measure["sources"]:
                    coordinates[along + "_source"] = (along, numpy.asarray(measure["sources"], dtype=object))
                    coordinates[along + "_target"] = (along, numpy.asarray(measure["targets"], dtype=object))
            variables[measure["variable"]] = (dimensions, values, self._attributes(measure))
        facts = self._facts
        about = {"title": facts["title"], "source": f"Entente {_core.version()}", "scenario": facts["scenario"], "scenario_hash": facts["scenario_hash"],
                 "variant": facts["variant"], "seed": facts["seed"], "digest": facts["digest"], "runs_made": facts["runs"]}
        return xarray.Dataset(variables, coordinates, about)

    def _variable(self, number: int, measure: dict[str, Any], kept: Any) -> tuple[list[str], Any]:
        rows = [measure["coordinate"]] if measure["kind"] else []
        if measure["form"] == "series":
            if not measure["has_series"]:
                return [], None
            values = self._core.series(number)
            values, dimensions = (values if self._all else values[self._places[kept]]), ["series_run", "time"]
        elif measure["form"] == "yearly":
            values = self._core.yearly(number)
            values, dimensions = (values if self._all else values[self._places]), ["run", "year"]
        else:
            values, dimensions = self._values(number), ["run"]
        return dimensions + rows, values if rows else values[..., 0]

    def _attributes(self, measure: dict[str, Any]) -> dict[str, Any]:
        found = {"long_name": measure["about"] or measure["label"] or measure["name"], "expression": measure["expression"]}
        moments = self._scenario._core.moments
        if not (measure["form"] == "date" and self._scenario._core.is_dated):
            found["units"] = measure["units"]
        elif not fit_nanoseconds(moments):  # or else its values say it
            import numpy

            found["units"] = f"days after {numpy.datetime64(int(moments[0]), 'D')}"
        if measure["levels"]:
            found["flag_values"] = list(range(len(measure["levels"])))
            found["flag_meanings"] = " ".join(measure["levels"])
        return found

    @functools.cached_property
    def runs(self) -> "pandas.DataFrame":
        """A row for each run, as in runs.csv: status, what a posterior gave it, and each measure of the world; a yearly one as NAME and NAME[2022]."""
        pandas = needed("pandas", "python3-pandas", "Runs.runs")
        failed = {one["run"] for one in self.failures}
        columns: dict[str, Any] = {"status": ["failed" if run in failed else "ok" for run in self.numbers.tolist()]}
        for name, values in self._core.labels.items():
            columns[name] = [values[place] for place in self._places]
        for number, measure in enumerate(self._measures):
            if measure["kind"]:
                continue
            columns[measure["column"]] = self._column(number)
            if measure["form"] == "yearly":
                yearly = self._core.yearly(number)[self._places, :, 0]
                columns.update({f"{measure['name']}[{year}]": yearly[:, y] for y, year in enumerate(self._facts["years"])})
        return pandas.DataFrame(columns, index=pandas.Index(self.numbers, name="run"))

    @functools.cached_property
    def rows(self) -> "pandas.DataFrame":
        """A row for each run and row of a kind, as in rows.csv: measures by row, indexed by run, kind and row, and for links source and target."""
        pandas = needed("pandas", "python3-pandas", "Runs.rows")
        import numpy

        frames = []
        for kind in dict.fromkeys(one["kind"] for one in self._measures if one["kind"]):
            of_kind = [(number, one) for number, one in enumerate(self._measures) if one["kind"] == kind]
            first = of_kind[0][1]
            width = len(first["rows"])
            columns: dict[str, Any] = {"run": numpy.repeat(self.numbers, width), "kind": kind, "row": first["rows"] * len(self)}
            if first["sources"]:
                columns |= {"source": first["sources"] * len(self), "target": first["targets"] * len(self)}
            for number, measure in of_kind:
                columns[measure["column"]] = self._column(number)
                if measure["form"] == "yearly":
                    yearly = self._core.yearly(number)[self._places]
                    columns.update({f"{measure['name']}[{year}]": yearly[:, y].ravel() for y, year in enumerate(self._facts["years"])})
            frames.append(pandas.DataFrame(columns))
        if not frames:
            return pandas.DataFrame(columns=["run", "kind", "row"]).set_index(["run", "kind", "row"])
        return pandas.concat(frames, ignore_index=True).set_index(["run", "kind", "row"])

    @functools.cached_property
    def events(self) -> "pandas.DataFrame":
        """Every event of every run, as in events.csv: run, tick, date, event, on, count, cameo, goldstein, cause ("drawn", "timeline" or "conditioned")
        and chance: of what was drawn, that it had then; of a `count` how many were expected. Without `events=True` the runs are made once
        more for it; those of a snapshot can't be, unless it was taken with `events=True`."""
        pandas = needed("pandas", "python3-pandas", "Runs.events")
        import numpy

        log = self._core.events()
        keep = numpy.ones(len(log["run"]), dtype=bool) if self._all else numpy.isin(log["run"], self.numbers)
        event, row, tick = log["event"][keep], log["row"][keep], log["tick"][keep]
        columns: dict[str, Any] = {"run": log["run"][keep], "tick": tick}
        if self._scenario._core.is_dated:
            columns["date"] = self._moments(tick)
        columns["event"] = pandas.Categorical.from_codes(event, log["names"]) if log["names"] else []
        # By numbers: there may be millions.
        firsts = numpy.cumsum([0] + [len(names) for names in log["rows"]])
        columns["on"] = numpy.array([name for names in log["rows"] for name in names], dtype=object)[firsts[event] + row]
        columns["count"] = log["count"][keep]
        columns["cameo"] = pandas.array([code or pandas.NA for code in log["cameo"]], dtype="string").take(event)
        columns["goldstein"] = numpy.array([numpy.nan if one is None else one for one in log["goldstein"]], dtype=float)[event]
        columns["cause"] = pandas.Categorical.from_codes(log["cause"][keep], log["causes"])
        columns["chance"] = log["chance"][keep]
        return pandas.DataFrame(columns)

    # Questions

    def _number(self, measure: str, form: str = "") -> int:
        names = [one["name"] for one in self._measures if not form or one["form"] == form]
        if measure not in names:
            import difflib

            near = difflib.get_close_matches(measure, names, 1)
            what = f"no measure of these runs is {'a ' + form + ' ' if form else ''}called {measure!r}"
            raise Error(what + (f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(names) or 'none'}"))
        return next(number for number, one in enumerate(self._measures) if one["name"] == measure)

    def came(self, measure: str, row: str | None = None) -> Came:
        """How often and when a date comes.

        Args:
            measure: A measure `first(…)`.
            row: Of one by row: which row, `"russia -> afghanistan"`.
        """
        number = self._number(measure, "date")
        rows = self._measures[number]["rows"]
        if self._measures[number]["kind"]:
            if row not in rows:
                raise Error(f"{measure!r} has rows: name one of them, as in came({measure!r}, {rows[0]!r})" if rows else f"{measure!r} has no rows")
        elif row is not None:
            raise Error(f"{measure!r} is of the world and has no rows")
        one = self._core.coming(number, rows.index(row) if row is not None else 0, self._places.tolist())
        median = None if one["median"] is None else self._moments([one["median"]])[0]
        return Came(f"{measure}[{row}]" if row else measure, one["share"], one["low"], one["high"], one["came"], one["of"], median, one["curve"], self)

    def where(self, which: Any) -> "Runs":
        """The runs that went that way: `r.where(r.ds.recognised.notnull())`, `r.where(r.runs.visits > 3)`.

        Args:
            which: True or False for each of these runs, in their order: an array, a pandas.Series or an xarray.DataArray over run.

        Raises:
            Error: For other values, another number of them, and a Series or DataArray of other runs or in another order.
        """
        import numpy

        labels = getattr(which, "index", None) if hasattr(which, "iloc") else getattr(which, "coords", {}).get("run")
        if labels is not None and labels.name == "run" and not numpy.array_equal(numpy.asarray(labels), self.numbers):
            raise Error("`where` takes True or False for each run in the order of these runs, and this is of other runs or in another order: sort it by its run")
        mask = numpy.asarray(which)
        if mask.dtype != bool or mask.shape != (len(self),):
            raise Error(f"`where` takes True or False for each of {len(self)} runs, not an array of {mask.dtype} of shape {mask.shape}")
        return Runs(self._core, self._scenario, self._places[mask], self._keeps)

    # Files

    def _whole(self, what: str) -> None:
        if not self._all:
            raise Error(f"{what} is of all runs, and these are some of them")

    def save(self, folder: str | os.PathLike[str], *, events: bool = False) -> None:
        """Writes what `entente run` does: runs.csv, rows.csv, series.nc, summary.json, manifest.json, and events.csv where it is wanted.

        Raises:
            Error: For a folder with other results, which is left as it is.
        """
        self._whole("a folder of results")
        self._core.save(os.fspath(folder), events)

    def report(self, file: str | os.PathLike[str]) -> None:
        """Writes the report, one web page that needs nothing else."""
        self._whole("a report")
        self._core.report(os.fspath(file))

    def __str__(self) -> str:
        return self._core.summary_text(100) if self._all else repr(self)

    def __repr__(self) -> str:
        title = self._facts["title"] or self._facts["scenario"]
        some = "" if self._all else f" of {self._facts['runs']}"
        return f"<{len(self)}{some} runs of {title!r}, seed {self.seed}" + (f", {len(self.failures)} failed>" if self.failures else ">")

    def _repr_html_(self) -> str:
        from ._show import runs_html

        return runs_html(self)
