"""The gallery shows every scenario that is shipped, and figures that are those of the runs.

Usage: gallery.py <the command>
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

root = pathlib.Path(__file__).resolve().parents[1] / "scenarios"
page = (root / "README.md").read_text()
gallery = page[page.index("## Gallery") : page.index("## In an editor")]

links = set(re.findall(r"\]\(([^)]+\.yaml)\)", gallery))
shipped = {str(file.relative_to(root)) for file in root.rglob("*.yaml")}
assert links == shipped, f"not in the gallery: {sorted(shipped - links)}; not shipped: {sorted(links - shipped)}"


def measures_of(scenario, folder):
    command = [sys.argv[1], "run", root / scenario, "--json", "--no-report", "--out", folder]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)["measures"]


def percent(measure):
    low, high = measure["interval"]
    return rf"{100 * measure['share']:.0f} %", rf"({100 * low:.0f}–{100 * high:.0f} %)"


def mean(measure, digits, per=1):
    half = 1.96 * measure["standard_error"]
    return f"{measure['mean'] / per:.{digits}f}", f"{(measure['mean'] - half) / per:.{digits}f}–{(measure['mean'] + half) / per:.{digits}f}"


with tempfile.TemporaryDirectory() as folder:
    kabul = measures_of("moscow-kabul.yaml", f"{folder}/kabul")
    wanted = {"moscow-kabul.yaml": [*percent(kabul["recognised"]), *percent(kabul["delisted"]), *percent(kabul["ambassadors"])]}
    world = measures_of("conflict-world.yaml", f"{folder}/world")["conflicts_yearly"]
    wanted["conflict-world.yaml"] = [*mean(world, 1)[1:], *(f"{world['quantiles'][q]:.0f}" for q in ("0.05", "0.95"))]
    wanted["classics/kydd-trust.yaml"] = percent(measures_of("classics/kydd-trust.yaml", f"{folder}/kydd")["willing"])
    wanted["classics/hawkes.yaml"] = mean(measures_of("classics/hawkes.yaml", f"{folder}/hawkes")["attacks"], 1, per=4)
    for scenario, figures in wanted.items():
        entry = next(block for block in re.split(r"\n(?=- |\|)", gallery) if f"({scenario})" in block)
        entry = " ".join(entry.split())
        for figure in figures:
            assert figure in entry, f"the gallery says of {scenario}: {entry}\nand the runs give {figures}"
print(f"{len(links)} scenarios shown")
