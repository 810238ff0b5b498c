"""Runs tick by tick."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, Iterator

from . import _core
from ._errors import Error

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from ._scenario import Scenario


class Row:
    """An agent, or a link between two, in all runs of a session: `row["trust"]` is its field, one value a run, to read and to write into."""

    def __init__(self, session: "Session", kind: str, number: int):
        self._session, self._kind, self._number = session, kind, number

    def __getitem__(self, field: str) -> "NDArray[numpy.float64]":
        return self._session._core.values(self._kind, field)[self._number]

    def __setitem__(self, field: str, values: Any) -> None:
        self._session._core.values(self._kind, field)[self._number] = values

    def __repr__(self) -> str:
        return f"<row {self._number} of {self._kind}>"


class Rows:
    """A kind of agents or links in all runs of a session.

    `rows["trust"]` is a field or derived value of all its rows, an array of rows × runs; `rows["russia", "kabul"]` one link, `rows["russia"]` one agent
    where it is not the name of a field.
    """

    def __init__(self, session: "Session", name: str, layout: dict[str, Any]):
        self._session, self._name, self._layout = session, name, layout

    @property
    def names(self) -> list[Any]:
        """Of its rows: names of agents, pairs of them for links, numbers where agents have no names."""
        if not self._layout["is_link"]:
            return list(self._layout["names"]) or list(range(self._layout["rows"]))
        ends = [self._session._layout[self._layout[end + "_kind"]]["names"] for end in ("source", "target")]
        return [(self._end(ends[0], s), self._end(ends[1], t)) for s, t in zip(self._layout["source"], self._layout["target"])]

    @staticmethod
    def _end(names: list[str], number: int) -> Any:
        return names[number] if names else int(number)

    @property
    def fields(self) -> list[str]:
        """Its fields, which can be written to."""
        return list(self._layout["fields"])

    @property
    def derived(self) -> list[str]:
        """What is derived from them."""
        return list(self._layout["derived"])

    def __len__(self) -> int:
        return self._layout["rows"]

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str) and (self._layout["is_link"] or key in self._layout["fields"] or key in self._layout["derived"]):
            return self._session._core.values(self._name, key)
        if hasattr(key, "__index__"):
            if not 0 <= operator.index(key) < len(self):
                raise IndexError(f"{self._name} has rows 0 to {len(self) - 1}")
            return Row(self._session, self._name, operator.index(key))
        names = list(key) if isinstance(key, tuple) else [key]
        if not all(isinstance(name, str) for name in names):
            raise TypeError(f"{self._name} takes a field, names of a row or its number, not {key!r}")
        return Row(self._session, self._name, _core.row(self._session.scenario._core, self._name, names))

    def __setitem__(self, field: str, values: Any) -> None:
        self._session._core.values(self._name, field)[...] = values

    def __repr__(self) -> str:
        return f"<{len(self)} rows of {self._name}: {', '.join(self.fields + self.derived)}>"


class Session:
    """Runs side by side that stand between two ticks.

        with s.session(runs=64, seed=1) as world:
            link = world["relation"]["russia", "afghanistan"]
            while not world.done:
                link["listed"][link["trust"] > 0.35] = 0
                world.tick()

    Arrays are the state: the same array is filled again by each tick, and what is written to fields counts from the next tick on. A tick refuses
    (`Error`) values outside their field's range, and writing to what is derived or an input; then nothing has happened. Without writing, run k is run
    k of `Scenario.run`. A run that failed is nan from then on. After the session's end its arrays keep their last values and can't be written to.
    A session is for one thread at a time.
    """

    def __init__(self, scenario: "Scenario", runs: int = 1, *, seed: int = 1, first_run: int = 0, threads: int = 0, isa: str = ""):
        self.scenario = scenario
        self._core: _core.Session = _core.Session(scenario._core, runs, seed, first_run, threads, isa)
        self._layout: dict[str, dict[str, Any]] = _core.layout(scenario._core)

    @property
    def runs(self) -> int:
        """How many there are."""
        return self._core.runs

    @property
    def tick_number(self) -> int:
        """Of the tick that comes next."""
        return self._core.tick_number

    @property
    def date(self) -> Any:
        """At whose beginning the runs stand, a numpy.datetime64; undated: ticks gone by."""
        import numpy

        moment = self.scenario._core.moments[self.tick_number]
        if not self.scenario._core.is_dated:
            return int(moment)
        return numpy.datetime64(int(moment), "D") if moment == int(moment) else numpy.datetime64(round(moment * 86_400), "s")

    @property
    def done(self) -> bool:
        """Whether the last tick is over."""
        return self._core.done

    @property
    def failures(self) -> list[dict[str, Any]]:
        """Runs that stopped: run, tick, step, statement, row, message."""
        return self._core.failures

    @property
    def kinds(self) -> list[str]:
        """Kinds of agents and links."""
        return list(self._layout)

    def __getitem__(self, kind: str) -> Rows:
        if kind not in self._layout:
            raise Error(f"the scenario has no kind {kind!r}; it has {', '.join(self._layout)}")
        return Rows(self, kind, self._layout[kind])

    def measure(self, name: str) -> "NDArray[numpy.float64]":
        """A measure as it stands: one value a run; rows × runs where it is by row. A date is the tick in which it came, nan as long as it has not."""
        values = self._core.measure(name)
        return values if self.scenario.measures[name].get("on") else values[0]

    def tick(self, count: int = 1) -> None:
        """Makes so many ticks."""
        for _ in range(count):
            self._core.tick()

    def close(self) -> None:
        """Ends the session."""
        self._core.close()

    def __iter__(self) -> Iterator["Session"]:
        """Steps through all ticks that are left: `for world in s.session(…): …` stands before each of them in turn."""
        while not self.done:
            yield self
            self.tick()

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Session of {self.runs} runs of {self.scenario.title or self.scenario.path!r} at {self.date}>"
