#!/usr/bin/env python3
"""Sweeps Kabul and Moscow over two parameters, and tabulates how often recognition comes.

  sweep.py OUT [REPLICATES]
"""

import json
import pathlib
import subprocess
import sys

import pandas as pd

SCENARIO = pathlib.Path(__file__).resolve().parents[1] / "moscow-kabul.yaml"


def sweep(out: pathlib.Path, replicates: int) -> dict:
    command = ["entente", "sweep", SCENARIO, "--vary", "weight_aid=0:10:5", "--vary", "forgetting=0.1:0.9:3",
               "--replicates", replicates, "--out", out, "--json"]
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 3):  # 3: some runs failed, the others are kept
        sys.exit(done.returncode)
    return json.loads(done.stdout)


def main() -> None:
    out = pathlib.Path(sys.argv[1])
    summary = sweep(out, int(sys.argv[2]) if len(sys.argv) > 2 else 200)
    print(f"{summary['runs']} runs, digest {summary['digest']}")

    runs = pd.read_csv(out / "runs.csv", parse_dates=["recognised"])
    sound = runs[runs.status == "ok"]
    came = sound.assign(came=sound.recognised.notna()).pivot_table(index="weight_aid", columns="forgetting", values="came")
    print("share of runs in which Russia recognised")
    print(came.round(3).to_string())


if __name__ == "__main__":
    main()
