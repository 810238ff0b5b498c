#!/usr/bin/env python3
"""Sweeps Kabul and Moscow over two parameters, and tabulates how often recognition comes.

  sweep.py OUT [REPLICATES]
"""

import pathlib
import sys

import entente as en

SCENARIO = pathlib.Path(__file__).resolve().parents[1] / "moscow-kabul.yaml"


def main() -> None:
    out = pathlib.Path(sys.argv[1])
    replicates = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    swept = en.Scenario(SCENARIO).sweep(weight_aid=en.linspace(0, 10, 5), forgetting=en.linspace(0.1, 0.9, 3), replicates=replicates, out=out)
    print(f"{swept.summary['runs']} runs, digest {swept.digest}")

    sound = swept.runs[swept.runs.status == "ok"]
    came = sound.assign(came=sound.recognised.notna()).pivot_table(index="weight_aid", columns="forgetting", values="came")
    print("share of runs in which Russia recognised")
    print(came.round(3).to_string())


if __name__ == "__main__":
    main()
