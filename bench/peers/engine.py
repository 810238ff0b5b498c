"""The engine's side: `entente run` on one core, and what its results tell."""

from __future__ import annotations

import dataclasses
import json
import os
import pathlib
import subprocess
import tempfile

import numpy as np
import pandas as pd

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENES = ROOT / "tests" / "scenes"
ONE_THREAD = {name: "1" for name in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"]}


class Failed(Exception):
    """A command that should have run did not."""


def on_one_core(command: list[str | os.PathLike], core: int) -> str:
    """What the command prints, run on that core alone, its libraries on one thread."""
    done = subprocess.run(["taskset", "--cpu-list", str(core), *map(str, command)], capture_output=True, text=True, env=os.environ | ONE_THREAD)
    if done.returncode != 0:
        raise Failed(f"exit code {done.returncode} from {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def scene(name: str, replace: list[tuple[str, str]], more: str = "") -> str:
    """The text of tests/scenes/NAME.yaml with each first text, which must stand in it, replaced by the second, and `more` at its end."""
    text = (SCENES / f"{name}.yaml").read_text()
    for old, new in replace:
        if old not in text:
            raise Failed(f"the scene '{name}' has no '{old}'")
        text = text.replace(old, new, 1)
    return text + more


def written_scene(entente: pathlib.Path, name: str, count: int, folder: pathlib.Path, more: str = "") -> pathlib.Path:
    """The file of a scene of that size with all that it uses, and `more` at its end: written into the folder by the program beside the command."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([entente.parent / "write_scene", name, str(count), folder], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(f"{done.stderr}(build the target 'benchmarks')")
    file = folder / f"{name}.yaml"
    file.write_text(file.read_text() + more)
    return file


@dataclasses.dataclass
class Moments:
    """What is known of a measure whose single values are not kept."""

    n: int
    mean: float
    sd: float


@dataclasses.dataclass
class EngineRuns:
    seconds: float  # `cost.seconds` of the manifest, for the runs alone: loading, compiling, summaries and writing results are left out
    runs: int
    ticks: int
    row_updates: int
    samples: dict[str, np.ndarray]  # a value a run; dates are ticks, NaN = never
    dates: set[str]  # which of them are dates
    panels: dict[str, Moments]

    @property
    def rows(self) -> float:
        """Row updates in one tick of one run."""
        return self.row_updates / self.runs / self.ticks


def run(entente: pathlib.Path, scenario: pathlib.Path | str, runs: int, core: int, seed: int = 1) -> EngineRuns:
    """`scenario` is a file, or the text of one."""
    with tempfile.TemporaryDirectory() as folder:
        file = scenario
        if isinstance(scenario, str):
            file = pathlib.Path(folder, "scene.yaml")
            file.write_text(scenario)
        out = pathlib.Path(folder, "results")
        on_one_core([entente, "run", file, "--runs", str(runs), "--seed", str(seed), "--threads", "1", "--out", out, "--quiet"], core)
        return read(out)


def read(folder: pathlib.Path) -> EngineRuns:
    manifest = json.loads((folder / "manifest.json").read_text())
    summary = json.loads((folder / "summary.json").read_text())
    if manifest["runs_failed"]:
        raise Failed(f"{manifest['runs_failed']} runs failed in {folder}")
    measures = summary["measures"]
    dates = {name for name, measure in measures.items() if measure["form"] == "date"}
    table = pd.read_csv(folder / "runs.csv").drop(columns=["run", "replicate", "status"])
    tick_of = {date: tick for tick, date in enumerate(summary["time"])}
    samples = {name: (table[name].map(tick_of) if name in dates else table[name]).to_numpy(dtype=float) for name in table}
    panels = {f"{name} {row}": Moments(told["n"], told["mean"], told["sd"])
              for name, measure in measures.items() if measure["form"] == "panel" for row, told in measure["rows"].items()}
    cost = manifest["cost"]
    return EngineRuns(cost["seconds"], manifest["runs_made"], len(summary["time"]), cost["row_updates"], samples, dates, panels)
