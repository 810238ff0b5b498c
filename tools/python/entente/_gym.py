"""What environments are made of: acts, observations and rewards by name, and lanes that go on together."""

from __future__ import annotations

import difflib
import json
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Mapping, Sequence

from . import _core, _spaces
from ._errors import Error

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from ._scenario import Scenario
    from ._session import Session

_PLACE = re.compile(r"\s*(\w+)\s*(?:\[([^\]]*)\]\s*)?\.\s*(\w+)\s*")
_AGENT = re.compile(r"\s*(\w+)\s*\[([^\]]+)\]\s*")


@dataclass(frozen=True)
class Place:
    """A field or derived value of a row, or of all rows of a kind (`row` is None)."""

    name: str  # as the user spelled it
    kind: str
    row: int | None
    field: str

    def values(self, session: "Session") -> "NDArray[numpy.float64]":
        """Rows × runs, or one value a run: an array that each tick fills again."""
        values = session[self.kind]._session._core.values(self.kind, self.field)
        return values if self.row is None else values[self.row]


@dataclass(frozen=True)
class Act:
    """A field that is written: between bounds, or one of some values."""

    place: Place
    low: float
    high: float
    choices: tuple[float, ...] | None

    @property
    def bounds(self) -> tuple[float, float]:
        return (0, len(self.choices) - 1) if self.choices is not None else (self.low, self.high)


@dataclass(frozen=True)
class Measured:
    """A measure, and whether it is a series, a scalar or a date."""

    name: str
    form: str

    def values(self, session: "Session") -> "NDArray[numpy.float64]":
        """As it stands: a date as 0 or 1, a value over time that is not there yet as 0."""
        import numpy

        values = session.measure(self.name)
        if self.form == "date":
            return numpy.where(numpy.isnan(values), 0.0, 1.0)
        return values if self.form == "series" else numpy.where(numpy.isfinite(values), values, 0.0)


class Spec:
    """Who acts, on what, for what: checked against the scenario."""

    def __init__(self, scenario: "Scenario", agent: str | None, acts: Sequence[str], observes: Sequence[str], reward: str, bounds: Mapping[str, Any], ends: str | None):
        for what, names in (("acts", acts), ("observes", observes)):
            if isinstance(names, str) or not names:
                raise Error(f"{what} is a list of at least one name, not {names!r}")
        if unknown := [name for name in bounds if name not in acts]:
            raise Error(f"bounds are of acts, and {unknown[0]!r} is none of them{_near(unknown[0], list(acts))}")
        self.given = scenario
        self._agent = self._row_of(scenario, agent) if agent is not None else None
        self.scenario, (reward_name, ends_name) = with_measures(scenario, {"reward": reward, "ends": ends})
        with self.scenario.session(1) as session:
            self.acts = [self._act(name, bounds.get(name)) for name in acts]
            self.seen = [self._seen(name, session) for name in observes]
            self.reward = self._measured(reward_name, session, "a reward")
            self.ends = self._measured(ends_name, session, "an end") if ends_name else None
            for place in [one.place for one in self.acts] + [one for one in self.seen if isinstance(one, Place)]:
                place.values(session)
            self._widths = [1 if values.ndim == 1 else len(values) for values in (one.values(session) for one in self.seen)]
        self.described = f"{', '.join(acts)} → {reward}"
        self.date_type = "datetime64[D]" if scenario._core.is_dated else "int64"

    # Names

    @staticmethod
    def _row_of(scenario: "Scenario", agent: str) -> tuple[str, int]:
        found = _AGENT.fullmatch(agent)
        if not found:
            raise Error(f"an agent is named by its kind and name, as government[russia], not {agent!r}")
        return found[1], row_number(scenario, found[1], found[2])

    def _place(self, name: str) -> Place | None:
        """None for what is no field of the agent and not spelled in full."""
        if found := _PLACE.fullmatch(name):
            kind, row, field = found.groups()
            place = Place(name, kind, None if row is None else row_number(self.given, kind, row), field)
            fields = [*self._fields(kind), *self._derived(kind)]
            if field not in fields:
                raise Error(f"{kind} has no field {field!r}{_near(field, fields)}")
            return place
        if self._agent is not None and name in [*self._fields(self._agent[0]), *self._derived(self._agent[0])]:
            return Place(name, *self._agent, name)
        return None

    def _kind(self, kind: str) -> Mapping[str, Any]:
        kinds = {**self.given.resolved["agents"], **self.given.resolved["links"]}
        if kind not in kinds:
            raise Error(f"the scenario has no kind {kind!r}{_near(kind, list(kinds))}")
        return kinds[kind]

    def _fields(self, kind: str) -> Mapping[str, Any]:
        return self._kind(kind).get("fields", {})

    def _derived(self, kind: str) -> Mapping[str, Any]:
        return self._kind(kind).get("derived", {})

    def _unknown(self, name: str, what: str, measures: Sequence[str]) -> Error:
        of_agent = [*self._fields(self._agent[0]), *self._derived(self._agent[0])] if self._agent else []
        whose = f"no field of {self._agent[0]}" if self._agent else "spelled in full, as relation[a, b].trust,"
        return Error(f"{what} {name!r} is {whose if self._agent else 'not ' + whose}{' and no measure' if measures else ''}{_near(name, [*of_agent, *measures])}")

    # Acts

    def _act(self, name: str, given: Any) -> Act:
        place = self._place(name)
        if place is None:
            raise self._unknown(name, "the act", [])
        if place.row is None:
            raise Error(f"the act {name!r} is of all rows of {place.kind}: name one, as {place.kind}[…].{place.field}")
        if place.field not in self._fields(place.kind):
            raise Error(f"the act {name!r} is derived, which is worked out from the fields: act on what it is made of")
        field = self._fields(place.kind)[place.field]
        low, high = (float(bound) for bound in field.get("range", ("-inf", "inf")))
        levels = [one if isinstance(one, str) else one["name"] for one in field.get("levels", ())]
        if isinstance(given, tuple):
            return Act(place, *self._within(name, given, low, high), None)
        if given is not None or levels:
            values = range(len(levels)) if given is None else [self._choice(name, one, levels, low, high) for one in given]
            if len(values) < 2:
                raise Error(f"the act {name!r} chooses among at least two values, not {list(values)}")
            return Act(place, low, high, tuple(float(value) for value in values))
        if not (low > float("-inf") and high < float("inf")):
            raise Error(f"the act {name!r} has no bounds of its own ({low:g} to {high:g}): give them, as bounds={{{name!r}: (0, 10)}}")
        return Act(place, low, high, None)

    @staticmethod
    def _within(name: str, given: tuple[Any, ...], low: float, high: float) -> tuple[float, float]:
        if len(given) != 2 or not float("-inf") < float(given[0]) < float(given[1]) < float("inf"):
            raise Error(f"bounds of {name!r} are (low, high), two finite numbers in order, or a list of values, not {given!r}")
        if given[0] < low or given[1] > high:
            raise Error(f"bounds of {name!r} are {given[0]:g} to {given[1]:g}, and the field is between {low:g} and {high:g}")
        return float(given[0]), float(given[1])

    @staticmethod
    def _choice(name: str, value: Any, levels: list[str], low: float, high: float) -> float:
        if isinstance(value, str):
            if value not in levels:
                raise Error(f"{name!r} has no level {value!r}{_near(value, levels)}")
            return levels.index(value)
        if not low <= float(value) <= high or levels and float(value) != int(value):
            raise Error(f"{name!r} can't be {value:g}: it is {'a level, a whole number' if levels else 'a number'} between {low:g} and {high:g}")
        return float(value)

    def action_space(self) -> Any:
        if all(act.choices is not None for act in self.acts):
            return _spaces.choice([len(act.choices or ()) for act in self.acts])
        low, high = zip(*(act.bounds for act in self.acts))
        return _spaces.box(low, high)

    def values(self, actions: Any, lanes: int) -> "NDArray[numpy.float64]":
        """What is written: acts × lanes."""
        import numpy

        wanted = numpy.asarray(actions)
        single = len(self.acts) == 1 and self.acts[0].choices is not None
        shape = (lanes,) if single else (lanes, len(self.acts))
        if wanted.dtype.kind not in "fiub" or wanted.shape != shape:
            raise Error(f"actions are an array of numbers of shape {shape}, {'a choice for each lane' if single else 'lanes × acts'}, not of {wanted.dtype} of shape {wanted.shape}")
        wanted = wanted.reshape(lanes, len(self.acts)).T.astype(float)
        choosing = all(act.choices is not None for act in self.acts)
        return numpy.array([self._written(act, one, choosing) for act, one in zip(self.acts, wanted)])

    @staticmethod
    def _written(act: Act, wanted: "NDArray[numpy.float64]", choosing: bool) -> "NDArray[numpy.float64]":
        import numpy

        low, high = act.bounds
        number = numpy.rint(wanted) if act.choices is not None and not choosing else wanted
        wrong = ~((wanted >= low) & (wanted <= high)) | ((number != numpy.rint(number)) if act.choices is not None else False)
        if wrong.any():
            lane = int(wrong.argmax())
            what = f"and is the number of a choice, 0 to {high:g}" if act.choices is not None else f"and is between {low:g} and {high:g}; numpy.clip keeps actions there"
            raise Error(f"the action on {act.place.name!r} in lane {lane} is {wanted[lane]:g}, {what}")
        return wanted if act.choices is None else numpy.asarray(act.choices)[number.astype(int)]

    # Observations and rewards

    def _seen(self, name: str, session: "Session") -> "Place | Measured":
        place = self._place(name)
        if place is not None:
            return place
        if name not in self.given.measures:
            raise self._unknown(name, "the observation", list(self.given.measures))
        return Measured(name, session._core.form(name))

    def _measured(self, name: str, session: "Session", what: str) -> Measured:
        form = session._core.form(name)
        if form == "yearly":
            raise Error(f"{what} is a value of each tick, and {name!r} is one a year: write the expression without `per: year`")
        if self.scenario.measures[name].get("on"):
            raise Error(f"{what} is one value, and {name!r} has one for each row: write the expression of one of them")
        return Measured(name, form)

    def observed_bounds(self) -> tuple[list[float], list[float]]:
        low, high = [], []
        for one, width in zip(self.seen, self._widths):
            bounds = ("-inf", "inf")
            if isinstance(one, Measured):
                bounds = (0, 1) if one.form == "date" else bounds  # type: ignore[assignment]
            elif one.field in self._fields(one.kind):
                bounds = self._fields(one.kind)[one.field].get("range", bounds)
            low += [float(bounds[0])] * width
            high += [float(bounds[1])] * width
        return low, high

    def observed(self, session: "Session") -> "NDArray[numpy.float64]":
        """Runs × observes."""
        import numpy

        return numpy.concatenate([numpy.atleast_2d(one.values(session)) for one in self.seen]).T.copy()


class Band:
    """Lanes next to each other that began together: runs of one session."""

    def __init__(self, spec: Spec, lanes: "NDArray[numpy.int64]", seed: int, first_run: int, threads: int):
        import numpy

        self._spec, self.lanes, self._first = spec, lanes, first_run
        self.session = spec.scenario.session(len(lanes), seed=seed, first_run=first_run, threads=threads)
        self._alive = numpy.ones(len(lanes), dtype=bool)
        self._failed = numpy.zeros(len(lanes), dtype=bool)
        self._fields = [act.place.values(self.session) for act in spec.acts]
        self.observed = spec.observed(self.session)
        self._stood = spec.reward.values(self.session)
        self.is_new = True

    @property
    def is_alive(self) -> bool:
        return bool(self._alive.any())

    def drop(self, mask: "NDArray[numpy.bool_]") -> None:
        """Lanes that go on elsewhere."""
        self._alive &= ~mask[self.lanes]
        self.is_new = False
        if not self.is_alive:
            self.close()

    def close(self) -> None:
        self.session.close()

    def put(self, values: Any, into: Any) -> None:
        """Writes a value a run to where its lane is."""
        into[self.lanes[self._alive]] = values[self._alive]

    def step(self, values: Any, ticks: int, rewards: Any, terminations: Any, truncations: Any, failures: dict[int, str]) -> None:
        import numpy

        self.is_new = False
        gained = numpy.zeros(len(self.lanes))
        for _ in range(ticks):
            if self.session.done:
                break
            for field, wanted in zip(self._fields, values):
                field[:] = wanted[self.lanes]
            self.session.tick()
            gained += self._gained()
        self._look_for_failures(failures)
        seen = self._spec.observed(self.session)
        self.observed = numpy.where(self._failed[:, None], self.observed, seen)
        ended = self._failed.copy()
        if self._spec.ends is not None:
            now = self._spec.ends.values(self.session)
            ended |= ~numpy.isnan(now) & (now != 0)
        self.put(numpy.where(self._failed, 0.0, gained), rewards)
        self.put(ended, terminations)
        self.put(~ended & self.session.done, truncations)

    def _gained(self) -> Any:
        now = self._spec.reward.values(self.session)
        before, self._stood = self._stood, now
        return now if self._spec.reward.form == "series" else now - before

    def _look_for_failures(self, failures: dict[int, str]) -> None:
        for one in self.session.failures:
            run = one["run"] - self._first
            if not self._failed[run] and self._alive[run]:
                self._failed[run] = True
                failures[int(self.lanes[run])] = f"run {one['run']} failed in tick {one['tick']}, step {one['step']}: {one['message']}"


def _near(name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, 1)
    return f"; did you mean {near[0]!r}?" if near else f"; there are {', '.join(names)}" if names and len(names) <= 20 else ""


def row_number(scenario: "Scenario", kind: str, names: str) -> int:
    """Of `russia, afghanistan` or `17`."""
    parts = [one.strip() for one in names.split(",")]
    layout = _core.layout(scenario._core)
    if kind in layout and len(parts) == 1 and parts[0].isdigit() and not layout[kind]["is_link"]:
        if int(parts[0]) >= layout[kind]["rows"]:
            raise Error(f"{kind} has rows 0 to {layout[kind]['rows'] - 1}, not {parts[0]}")
        return int(parts[0])
    return _core.row(scenario._core, kind, parts)


def with_measures(scenario: "Scenario", expressions: Mapping[str, str | None]) -> tuple["Scenario", list[str]]:
    """The scenario with a measure more for each expression that is none of its measures, and the names of all."""
    from ._scenario import Scenario
    from ._studies import file_of

    names: list[str] = []
    added: dict[str, Any] = {}
    for name, expression in expressions.items():
        if expression is None or expression in scenario.measures:
            names.append(expression or "")
            continue
        while name in scenario.measures:
            name += "_"
        names.append(name)
        added[name] = {"value": expression}
    if not added:
        return scenario, names
    with file_of(scenario, "") as file:
        text = f"entente: 1\nuse: [{json.dumps(os.path.basename(file))}]\nmeasures:\n" + "".join(f"  {name}: {json.dumps(one)}\n" for name, one in added.items())
        core = _core.read_text(text, "reward or ends", os.path.dirname(file) or ".")
    return Scenario._of(scenario, core.changed(scenario._core.variant, list(scenario._core.settings))), names
