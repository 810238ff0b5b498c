"""The page for those who come from NetLogo or Mesa shows the scenario as it is, and what it says to type works.

Usage: netlogo-and-mesa.py <folder of the command>
"""

import ast
import csv
import pathlib
import re
import subprocess
import sys
import tempfile

classics = pathlib.Path(__file__).parents[3] / "scenarios/classics"
page = (classics / "netlogo-and-mesa.md").read_text()
block = {language: re.search(rf"```{language}\n(.*?)```", page, re.S)[1] for language in ["yaml", "sh", "netlogo", "python"]}
text = (classics / "voter-town.yaml").read_text()
assert block["yaml"] == re.sub(r"\A# yaml-language-server: .*\n", "", text), "the page's block is not voter-town.yaml"
ast.parse(block["python"])
assert block["netlogo"].count("[") == block["netlogo"].count("]")
for linked in re.findall(r"\]\(([^)#]+)\)", page):
    assert (classics / linked).exists(), f"the page names {linked}, which is not there"

with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "voter-town.yaml").write_text(block["yaml"])
    typed = block["sh"].replace("--replicates 200", "--replicates 30").replace("entente run voter-town.yaml", "entente run voter-town.yaml --runs 30")
    typed = re.sub(r"^entente ", f"{sys.argv[1]}/entente ", typed, flags=re.M)
    done = subprocess.run(["bash", "-e", "-c", typed], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, f"exit code {done.returncode} from\n{typed}\n{done.stdout}{done.stderr}"
    for word in ["A hundred neighbours", "agreed", "grid of 3"]:
        assert word in done.stdout, f"no '{word}' in\n{done.stdout}"
    points = list(csv.DictReader(pathlib.Path(folder, "results", "town", "points.csv").open()))
    assert [round(float(point["first_yes"]), 12) for point in points] == [0.2, 0.3, 0.4], points
