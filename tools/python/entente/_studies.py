"""Studies: many runs for one question, by the command's own hands, in this process.

A study works in a folder: that of `out=`, from which the same call goes on, or one of its own that goes when the study does.
"""

from __future__ import annotations

import difflib
import functools
import json
import numbers
import os
import tempfile
import warnings
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Mapping, Sequence

from . import _core
from ._errors import Error, Interrupted, Problem, Warned, needed
from ._snapshot import Snapshot, date_text
from ._work import Bar, OwnFolder, warn

if TYPE_CHECKING:
    from typing import Self

    import pandas

    from ._scenario import Scenario
    from ._work import Day

EXIT_RUNS_FAILED, EXIT_INTERRUPTED = 3, 130


def scenario_arguments(scenario: "Scenario", with_variant: bool = True) -> list[str]:
    arguments = ["--variant", scenario._core.variant] if with_variant and scenario._core.variant else []
    for setting in scenario._core.settings:
        arguments += ["--set", setting]
    return arguments


@contextmanager
def file_of(scenario: "Scenario", folder: str) -> Iterator[str]:
    """The scenario's file, which is to be what it was when it was read; one that is made for a text."""
    from ._scenario import Scenario as Read

    if scenario._text is None:
        path = scenario.path if os.getcwd() == scenario._place else os.path.join(scenario._place, scenario.path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Warned)  # which were told when it was read first
            again = Read(path)
        if again.hash != scenario.hash:
            raise Error(f"{scenario.path!r}, or a file that it uses, has changed since it was read: read it again with Scenario({scenario.path!r})")
        yield path
        return
    # Beside what it uses, for that is found from where the file lies.
    with ExitStack() as stack:
        try:
            file = stack.enter_context(tempfile.NamedTemporaryFile("w", suffix=".yaml", prefix="text-", dir=scenario._folder, encoding="utf-8"))
            file.write(scenario._text)
            file.flush()
        except OSError as error:
            help = "a study writes the text to a file there for as long as it works: give Scenario another folder, or read the scenario from a file"
            raise Error(f"no file can be written in {scenario._folder!r}: {error.strerror}\nhelp: {help}", [Problem(f"no file can be written in {scenario._folder!r}: {error.strerror}", help=help)]) from error
        yield file.name


def option_arguments(options: Mapping[str, Any], known: Mapping[str, str]) -> list[str]:
    """Options by name as the command has them. What is no option is refused by who calls."""
    arguments: list[str] = []
    for name, value in options.items():
        flag = known[name]
        if type(value).__name__ == "bool_":  # numpy's
            value = bool(value)
        if value is None or value is False:
            continue
        if value is True:
            arguments.append(flag)
        elif isinstance(value, (list, tuple)):
            for one in value:
                arguments += [flag, str(one)]
        else:
            is_real = isinstance(value, numbers.Real) and not isinstance(value, numbers.Integral)
            arguments.append(f"{flag}={float(value)!r}" if is_real else f"{flag}={value}")
    return arguments


#: Options of every study, and the command's names for them.
COMMON = {"seed": "--seed", "threads": "--threads", "lanes": "--lanes", "isa": "--isa"}


class Study:
    """What a study found.

    Attributes:
        folder: Where its tables are.
        warnings: What was told beside the results.
    """

    #: Tables by name; others in the folder can be had by `table`.
    _command = ""
    _options: Mapping[str, str] = {}

    def __init__(self, scenario: "Scenario", folder: str, kept: Any, failed: list[str]):
        self._scenario, self.folder, self._kept = scenario, folder, kept
        self._failed = failed

    @classmethod
    def _carried_out(cls, scenario: "Scenario", arguments: Sequence[str], options: Mapping[str, Any], *, with_variant: bool = True) -> "Self":
        options = dict(options)
        progress = options.pop("progress", True)
        out = options.pop("out", None)
        known = {**COMMON, **cls._options}
        for name in options:
            if name not in known:
                raise TypeError(f"{cls._command} takes no option {name!r}; it takes {', '.join(sorted([*known, 'out', 'progress']))}")
        kept = None if out is not None else OwnFolder()
        folder = os.path.abspath(os.fsdecode(out)) if kept is None else kept.name
        given = list(arguments) + option_arguments(options, known)
        with file_of(scenario, folder) as file, Bar(progress) as bar:
            line = [cls._command, file, *scenario_arguments(scenario, with_variant), *given, "--out", folder, "--quiet", "--no-report"]
            code, warned, errors = _core.command(line, bar.call)
        warn(warned, 4)
        failed = [text for text, help in errors]
        if code == EXIT_INTERRUPTED:
            there = os.path.exists(os.path.join(folder, "summary.json"))
            if out is None:
                raise Interrupted(f"interrupted: with out= a folder keeps what {cls._command} has made by then")
            raise Interrupted("; ".join(failed) or "interrupted", cls(scenario, folder, kept, failed) if there else None)
        if not os.path.exists(os.path.join(folder, "summary.json")):
            raise Error("; ".join(failed) or f"{cls._command} ended with code {code} and left no results", code=code)
        return cls(scenario, folder, kept, failed)

    @functools.cached_property
    def summary(self) -> dict[str, Any]:
        """summary.json: all that was found."""
        return json.loads((Path(self.folder) / "summary.json").read_text(encoding="utf-8"))

    @property
    def digest(self) -> str:
        """Over every value of every run, as the command prints it."""
        return self.summary["digest"]

    @property
    def failures(self) -> list[str]:
        """What went wrong in some of its runs."""
        return self._failed

    @property
    def tables(self) -> list[str]:
        """Names of its tables."""
        return sorted(path.stem for path in Path(self.folder).glob("*.csv"))

    def file(self, name: str) -> str:
        """Path of one of its files."""
        return os.path.join(self.folder, name)

    def table(self, name: str) -> "pandas.DataFrame":
        """One of its tables, with dates as dates."""
        pandas = needed("pandas", "python3-pandas", "a table")
        if name not in self.tables:
            raise Error(f"this study has no table {name!r}; it has {', '.join(self.tables)}")
        frame = pandas.read_csv(self.file(name + ".csv"), dtype={"cameo": "string"}, float_precision="round_trip")
        for column in frame.columns:
            if frame[column].dtype == object and column not in ("row", "source", "target"):
                known = frame[column].dropna()
                if len(known) and known.astype(str).str.fullmatch(r"\d{4}-\d\d-\d\d").all():
                    fits = known.min() >= "1677-09-22" and known.max() <= "2262-04-11"
                    frame[column] = pandas.to_datetime(frame[column]) if fits else pandas.PeriodIndex(frame[column], freq="D")
        return frame

    def report(self, file: str | os.PathLike[str]) -> None:
        """Writes the report, one web page that needs nothing else."""
        if self._scenario._text is not None:
            raise Error("a report reads the scenario again, and this one is a text: write it to a file first")
        code, _, errors = _core.command(["report", self.folder, "--out", os.fspath(file)], None)
        if code not in (0, EXIT_RUNS_FAILED):
            raise Error("; ".join(text for text, _ in errors), code=code)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._scenario.title or self._scenario.path!r}: {', '.join(self.tables)}>"

    def _repr_html_(self) -> str:
        from ._show import study_html

        return study_html(self)


def factors(scenario: "Scenario", names: Mapping[str, str], vary: Mapping[str, Any] | Sequence[str] | None, options: dict[str, Any]) -> list[str]:
    """Takes the factors out of the options, and gives them as --vary."""
    from ._scenario import vary_text

    own = {"out", "progress", *COMMON, *names}
    found: dict[str, Any] = dict(vary) if isinstance(vary, Mapping) else {name: None for name in vary or ()}
    for name in [name for name in options if name not in own]:
        if name.isidentifier() and name not in scenario.parameters:
            near = difflib.get_close_matches(name, [*own, *scenario.parameters], 1)
            raise Error(f"{name!r} is neither a parameter nor an option" + (f"; did you mean {near[0]!r}?" if near else f"; options are {', '.join(sorted(own))}"))
        found[name] = options.pop(name)
    return [part for name, how in found.items() for part in ("--vary", vary_text(name, how))]


class PointStudy(Study):
    """A study of one scenario at many points."""

    @property
    def points(self) -> "pandas.DataFrame":
        """A row for each point: what was varied, and of each outcome mean, standard error and quantiles, or share and interval."""
        return self.table("points")

    @property
    def runs(self) -> "pandas.DataFrame":
        """A row for each run."""
        return self.table("runs")

    @property
    def rows(self) -> "pandas.DataFrame":
        """A row for each run and row of a kind."""
        return self.table("rows")

    @property
    def design(self) -> "pandas.DataFrame":
        """The points themselves."""
        return self.table("design")


class Sweep(PointStudy):
    """Runs at many points."""

    _command = "sweep"
    _options = {"replicates": "--replicates", "samples": "--samples", "levels": "--levels", "design": "--design", "measures": "--measure", "unpaired": "--unpaired",
                "fail_fast": "--fail-fast"}

    @classmethod
    def _of(cls, scenario: "Scenario", points: Any, vary: Any, options: dict[str, Any]) -> "Sweep":
        if isinstance(points, Mapping):
            raise TypeError("sweep takes a table of points first; factors go by name, sweep(name=…), or into vary={…}")
        if points is None:
            return cls._carried_out(scenario, factors(scenario, cls._options, vary, options), options)
        if not hasattr(points, "to_csv"):
            return cls._carried_out(scenario, ["--points", os.fspath(points)], options)
        with tempfile.TemporaryDirectory(prefix="entente-") as folder:
            table = os.path.join(folder, "points.csv")
            points.to_csv(table, index=False, float_format=lambda x: repr(float(x)))
            return cls._carried_out(scenario, ["--points", table], options)


class Sensitivity(PointStudy):
    """How much each factor matters."""

    _command = "sensitivity"
    _options = {"replicates": "--replicates", "samples": "--samples", "method": "--method", "trajectories": "--trajectories", "levels": "--levels",
                "second_order": "--second-order", "groups": "--group", "measures": "--measure", "confidence": "--confidence", "resamples": "--resamples",
                "allow_failed": "--allow-failed", "scramble": "--scramble", "unpaired": "--unpaired", "fail_fast": "--fail-fast"}

    @classmethod
    def _of(cls, scenario: "Scenario", vary: Any, options: dict[str, Any]) -> "Sensitivity":
        return cls._carried_out(scenario, factors(scenario, cls._options, vary, options), options)

    @property
    def indices(self) -> "pandas.DataFrame":
        """A row for each outcome and factor: first-order and total indices with intervals, or Morris's mu* and sigma."""
        return self.table("indices")


class Comparison(Study):
    """Alternatives under the same random numbers."""

    _command = "compare"
    _options = {"replicates": "--replicates", "measures": "--measure", "confidence": "--confidence", "unpaired": "--unpaired", "fail_fast": "--fail-fast"}

    @classmethod
    def _of(cls, scenario: "Scenario", alternatives: Any, options: dict[str, Any]) -> "Comparison":
        baseline = options.pop("baseline", None)
        if scenario._core.variant:
            if baseline is not None:
                raise Error(f"the scenario is the variant {scenario._core.variant!r} already: compare the scenario as written, with baseline=")
            baseline = scenario._core.variant
        arguments = [] if baseline is None else ["--baseline", cls._text(baseline)]
        if alternatives is not None and not isinstance(alternatives, Iterable):
            raise TypeError(f"alternatives are names of variants or dicts of values, not {alternatives!r}")
        for one in [alternatives] if isinstance(alternatives, (str, Mapping)) else alternatives or ():
            arguments += ["--with", cls._text(one)]
        return cls._carried_out(scenario, arguments, options, with_variant=False)

    @staticmethod
    def _text(alternative: str | Mapping[str, Any]) -> str:
        from ._scenario import setting_text

        if isinstance(alternative, str):
            return alternative
        values = dict(alternative)
        variant = values.pop("variant", None)
        return ",".join(([variant] if variant else []) + [setting_text(name, value) for name, value in values.items()])

    @property
    def differences(self) -> "pandas.DataFrame":
        """A row for each outcome and alternative: its difference from the baseline, run by run, with interval."""
        return self.table("differences")

    @property
    def runs(self) -> "pandas.DataFrame":
        """A row for each run of each alternative."""
        return self.table("runs")


class Score(Study):
    """Runs held against the record."""

    _command = "score"
    _options = {"until": "--until", "rolling": "--rolling", "runs": "--runs", "resamples": "--resamples", "unpaired": "--unpaired", "fail_fast": "--fail-fast"}

    @classmethod
    def _of(cls, scenario: "Scenario", since: "Day", options: dict[str, Any]) -> "Score":
        arguments = ["--since", date_text(since)]
        if (posterior := options.pop("posterior", None)) is not None:
            arguments += ["--posterior", posterior.file("posterior.csv") if hasattr(posterior, "file") else os.fspath(posterior)]
        if options.get("until") is not None:
            options["until"] = date_text(options["until"])
        return cls._carried_out(scenario, arguments, options)

    @property
    def scores(self) -> "pandas.DataFrame":
        """Pooled scores, beside those of each baseline, with skill and intervals."""
        return self.table("scores")

    @property
    def items(self) -> "pandas.DataFrame":
        """What was scored: a row for each thing on record."""
        return self.table("items")

    @property
    def reliability(self) -> "pandas.DataFrame":
        """Forecasts by how likely they called what came."""
        return self.table("reliability")


class Calibration(Study):
    """Parameters fitted to the record."""

    _command = "calibrate"
    _options = {"until": "--until", "method": "--method", "particles": "--particles", "runs": "--runs", "filter_runs": "--filter-runs"}

    @classmethod
    def _of(cls, scenario: "Scenario", vary: Any, options: dict[str, Any]) -> "Calibration":
        if options.get("until") is not None:
            options["until"] = date_text(options["until"])
        return cls._carried_out(scenario, factors(scenario, cls._options, vary, options), options)

    @property
    def posterior(self) -> "pandas.DataFrame":
        """A row for each particle: its parameters and its weight."""
        return self.table("posterior")

    @property
    def record(self) -> "pandas.DataFrame":
        """What is on record, beside what runs at the prior and at the posterior give."""
        return self.table("record")


class Condition(Study):
    """Runs in which what is on record has happened."""

    _command = "condition"
    _options = {"particles": "--particles"}

    @classmethod
    def _of(cls, scenario: "Scenario", until: "Day", options: dict[str, Any]) -> "Condition":
        return cls._carried_out(scenario, ["--until", date_text(until)], options)

    @property
    def log_likelihood(self) -> float:
        """Of the record, over all that runs may do."""
        return self.summary["log_likelihood"]

    @property
    def filtered(self) -> "pandas.DataFrame":
        """What was measured, given the record up to each moment."""
        return self.table("filtered")

    @property
    def record(self) -> "pandas.DataFrame":
        """What is on record, and the chance that it had."""
        return self.table("record")

    @functools.cached_property
    def state(self) -> Snapshot:
        """The runs at the end of the record, all alike likely, to be gone on from."""
        snapshot = Snapshot(self.file("state.snap"), self._scenario if self._scenario._text is None else self._scenario)
        snapshot._kept = self._kept
        return snapshot

    def branch(self, values: Mapping[str, float | str] | None = None, /, *, variant: str = "", **more: float | str) -> Snapshot:
        """The state at the record's end, from which other values of parameters, or a variant, count."""
        return self.state.branch(values, variant=variant, **more)

    def run(self, runs: int | None = None, **options: Any) -> Any:
        """Runs that go on from the record's end; as `Snapshot.run`."""
        return self.state.run(runs, **options)
