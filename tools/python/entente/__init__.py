"""Entente: agent-based simulation of international politics, from Python.

    import entente as en
    s = en.Scenario("moscow-kabul.yaml")
    r = s.set(weight_aid=7).run(1000, seed=1)
    r.came("recognised")            # share of runs in which it comes, with its interval and curve
    r.ds                            # all that was measured, an xarray.Dataset over run and time
    s.sweep(weight_aid=en.linspace(0, 10, 5), replicates=200).points

The engine is in this process: runs are made by all threads, without a file, and have the digest of the command's own. Scenarios, runs and
results do not change once made; `Scenario.set` and `Scenario.variant` give new ones. What goes wrong is an `en.Error`, whose `problems`
say where. xarray, pandas and tqdm are imported where they are first needed.
"""

from ._core import version as _version
from ._errors import Error, Interrupted, Problem, Warned
from ._runs import Came, Runs
from ._scenario import Parameter, Scenario, linspace
from ._session import Row, Rows, Session
from ._snapshot import Snapshot
from ._studies import Calibration, Comparison, Condition, Score, Sensitivity, Study, Sweep
from . import gym

__version__ = _version()
__all__ = [
    "Calibration",
    "Came",
    "Comparison",
    "Condition",
    "Error",
    "Interrupted",
    "Parameter",
    "Problem",
    "Row",
    "Rows",
    "Runs",
    "Scenario",
    "Score",
    "Sensitivity",
    "Session",
    "Snapshot",
    "Study",
    "Sweep",
    "Warned",
    "gym",
    "linspace",
]
