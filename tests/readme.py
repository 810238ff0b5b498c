"""What the README tells a reader to type works as it stands.

Usage: readme.py <folder of the command>
"""

import csv
import os
import pathlib
import re
import subprocess
import sys
import tempfile

readme = (pathlib.Path(__file__).parent.parent / "README.md").read_text()
scenario = re.search(r"```yaml\n(.*?)```", readme, re.S)[1]
scripts = re.findall(r"```sh\n(.*?)```", readme, re.S)
first = next(s for s in scripts if "entente run rivals.yaml " in s)
studies = next(s for s in scripts if "entente sweep " in s)
path = f"{sys.argv[1]}:/usr/bin:{os.environ['PATH']}"


def type_in(folder, script):
    typed = re.sub(r"^export PATH=.*\n", "", script)
    done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", typed], cwd=folder, env={**os.environ, "PATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, f"exit code {done.returncode} from\n{typed}\n{done.stdout}{done.stderr}"
    return done.stdout


with tempfile.TemporaryDirectory() as folder:
    pathlib.Path(folder, "rivals.yaml").write_text(scenario)
    shown = type_in(folder, first)
    for word in ["Two rivals arm", "entente_arms", "overtaken"]:
        assert word in shown, f"no '{word}' in\n{shown}"

    module = pathlib.Path(sys.argv[1]).parent / "python"  # not there under the sanitizers
    if next(module.glob("entente/_core*.so"), None):
        program = re.search(r"```python\n(.*?)```", readme, re.S)[1].replace("build/release/python", str(module))
        done = subprocess.run(["/usr/bin/python3", "-c", program], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        for word in ["overtaken: ", " of 1000 runs of 'Two rivals arm'", "reaction"]:
            assert word in done.stdout, f"no '{word}' in\n{done.stdout}"

    shown = type_in(folder, studies)
    for word in ["grid of 4 × 3", "overtaken_came", "Saltelli's design", "noise", "reaction=0.6", "Paired"]:
        assert word in shown, f"no '{word}' in\n{shown}"
    points = list(csv.DictReader(pathlib.Path(folder, "results", "sweep", "points.csv").open()))
    means = [float(point["entente_arms"]) for point in points if point["bloc[entente].arms"] == "130"]
    assert len(means) == 4 and means == sorted(means), "the more they answer each other, the more they arm"
