"""What the README tells a reader to type works as it stands.

Usage: readme.py <folder of the command>
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

readme = (pathlib.Path(__file__).parent.parent / "README.md").read_text()
scenario = re.search(r"```yaml\n(.*?)```", readme, re.S)[1]
scripts = re.findall(r"```sh\n(.*?)```", readme, re.S)
first = next(s for s in scripts if "entente run rivals.yaml " in s and "for " not in s)
matters = next(s for s in scripts if s.startswith("entente sensitivity "))
sweep = next(s for s in scripts if s.startswith("for "))
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

    rows = [[float(x) for x in line.split()] for line in type_in(folder, sweep).splitlines()]
    print(rows)
    means = [mean for _, mean, _ in rows]
    assert len(rows) == 4 and means == sorted(means), "the more they answer each other, the more they arm"

    shown = type_in(folder, matters)
    for word in ["entente_arms", "reaction", "fatigue", "noise"]:
        assert word in shown, f"no '{word}' in\n{shown}"
