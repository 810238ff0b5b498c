"""What all peers share: their command line, and what they tell of a measurement."""

from __future__ import annotations

import argparse
import dataclasses
import json
import pathlib
from collections.abc import Callable
from typing import Any

import numpy as np


@dataclasses.dataclass
class Measured:
    """What came of a peer's runs, and how long they took: from making the first array of state to the last value recorded. Importing,
    reading the command line and building a graph are left out, as loading and compiling are for the engine."""

    seconds: float
    runs: int
    ticks: int
    outcomes: dict[str, np.ndarray]  # one value a run, under the names of the engine's runs.csv; dates are ticks, NaN = never


def settings(pairs: list[str], parameters: Any) -> Any:
    """`parameters` (a dataclass) with each NAME=VALUE in place."""
    changed = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        if name not in {field.name for field in dataclasses.fields(parameters)}:
            raise SystemExit(f"no parameter is called '{name}'")
        changed[name] = float(value)
    return dataclasses.replace(parameters, **changed)


def main(about: str | None, parameters: Any, simulate: Callable[..., Measured], *, runs: int, count: int | None = None,
         scene: bool = False) -> None:
    """The command line of a peer: `simulate(parameters, runs, seed)`, with `count` where the world has a size, or `scene` where it stands in a
    file."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=runs, help=f"how many runs ({runs})")
    parser.add_argument("--seed", type=int, default=1, help="seed of the draws (1)")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="give a parameter another value; may be repeated")
    parser.add_argument("--outcomes", metavar="FILE", help="write what came of each run to this file (.npz)")
    if count is not None:
        parser.add_argument("--count", type=int, default=count, help=f"how many agents ({count})")
    if scene:
        parser.add_argument("--scene", type=pathlib.Path, required=True, metavar="FILE", help="the scenario, with its members")
    asked = parser.parse_args()
    size = ({} if count is None else {"count": asked.count}) | ({"scene": asked.scene} if scene else {})
    measured = simulate(settings(asked.set, parameters), asked.runs, asked.seed, **size)
    if asked.outcomes:
        np.savez(asked.outcomes, **measured.outcomes)
    print(json.dumps({"seconds": measured.seconds, "runs": measured.runs, "ticks": measured.ticks}))
