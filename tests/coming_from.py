"""The page for those who come from NetLogo or Mesa: its scenario runs, and does what the page says; its Python can be read.

Usage: coming_from.py <the command>
"""

import ast
import csv
import math
import pathlib
import re
import subprocess
import sys
import tempfile

folder = pathlib.Path(__file__).parent.parent / "scenarios" / "classics"
page = (folder / "netlogo-and-mesa.md").read_text()


def block(language):
    return re.search(rf"```{language}\n(.*?)```", page, re.S)[1]


for target in re.findall(r"\]\(([^)]+)\)", page):
    assert (folder / target).is_file(), f"the page leads to '{target}', which is not there"
ast.parse(block("python"))

with tempfile.TemporaryDirectory() as here:
    pathlib.Path(here, "town.yaml").write_text(block("yaml"))
    for line in block("sh").splitlines():
        done = subprocess.run([sys.argv[1], *line.split()[1:]], cwd=here, capture_output=True, text=True)
        assert done.returncode == 0, f"exit code {done.returncode} from {line}\n{done.stdout}{done.stderr}"
    warned = subprocess.run([sys.argv[1], "check", "town.yaml"], cwd=here, capture_output=True, text=True)
    assert warned.returncode == 0, warned.stdout + warned.stderr

    susceptible, ill = 0.98, 0.02  # the means of the page's two steps, for a town without end
    for _ in range(200):
        new = susceptible * (1 - math.exp(-0.4 * ill))
        susceptible, ill = susceptible - new, ill * math.exp(-0.2) + new
    runs = next(pathlib.Path(here, "results").glob("town*/runs.csv"))
    reached = [float(row["reached"]) for row in csv.DictReader(runs.open())]
    mean = sum(reached) / len(reached)
    error = (sum((x - mean) ** 2 for x in reached) / (len(reached) - 1) / len(reached)) ** 0.5
    print(f"reached {mean:.3f}, standard error {error:.3f}")
    assert len(reached) == 100
    assert abs(mean - (1 - susceptible)) < 3 * error + 0.02, f"{mean} of the town fell ill"
