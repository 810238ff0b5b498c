"""The example scripts work, and the three languages see the same results.

Usage: scripts.py <folder of the command>
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

scripts = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "scripts"
module = pathlib.Path(sys.argv[1]).parent / "python"
environment = os.environ | {"PATH": f"{sys.argv[1]}:/usr/bin:{os.environ['PATH']}", "PYTHONPATH": str(module)}

commands = {"sh": ["bash", scripts / "sweep.sh"], "py": ["/usr/bin/python3", scripts / "sweep.py"], "R": ["Rscript", scripts / "sweep.R"]}
if shutil.which("Rscript", path=environment["PATH"]) is None:
    print("there is no R; its script was not tried")
    del commands["R"]

if next(module.glob("entente/_core*.so"), None) is None:
    print("the Python module is not built; its script was not tried")
    del commands["py"]

with tempfile.TemporaryDirectory() as folder:
    said = {}
    for name, command in commands.items():
        done = subprocess.run([*map(str, command), os.path.join(folder, name), "20"], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"exit code {done.returncode} from {command}\n{done.stdout}{done.stderr}"
        print(done.stdout)
        said[name] = re.search(r"300 runs,? digest ([0-9a-f]{32})", done.stdout)
        assert said[name], done.stdout
    assert len({match[1] for match in said.values()}) == 1, "one digest"

    # What Slurm would run, one share after the other.
    slurm = environment | {"RESULTS": os.path.join(folder, "slurm"), "SCENARIO": str(scripts.parent / "moscow-kabul.yaml"), "REPLICATES": "3",
                           "SLURM_ARRAY_TASK_COUNT": "3", "SLURM_CPUS_PER_TASK": "1"}
    for share in "123":
        subprocess.run(["bash", scripts / "slurm.sh"], env=slurm | {"SLURM_ARRAY_TASK_ID": share}, check=True, stdout=subprocess.DEVNULL)
    joined = subprocess.run(["bash", scripts / "slurm.sh", "merge"], env=slurm, check=True, capture_output=True, text=True).stdout
    assert "99 points of 3 replicates" in joined and "Not all is there" not in joined, joined

    told = subprocess.run(["/usr/bin/python3", scripts / "cost.py", "3"], env=environment, check=True, capture_output=True, text=True).stdout
    assert len(re.findall(r"^\| .* \| [0-9.]+ \| [0-9.]+ ms \| [0-9.]+ ms \|$", told, re.M)) >= 3, told
