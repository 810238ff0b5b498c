"""The peers that Entente is measured against are the same model, and a peer that is not would be noticed.

Usage: peers.py <command>
"""

import pathlib
import subprocess
import sys

import numpy as np

ROOT = pathlib.Path(__file__).parents[2]
PEERS = ROOT / "bench" / "peers"
entente = sys.argv[1]
sys.path.insert(0, str(PEERS))
sys.dont_write_bytecode = True

import distributions  # noqa: E402
import engine  # noqa: E402


def check(*more, only="founding_numpy", runs=400):
    command = [sys.executable, "-B", PEERS / "compare", "--entente", entente, "--check-only", "--only", only, "--check-runs", str(runs)]
    done = subprocess.run([*command, *more], capture_output=True, text=True)
    print(done.stdout, done.stderr)
    return done.returncode, done.stdout


def the_peer_gives_the_same_distribution():
    code, said = check()
    assert code == 0 and "the same world" in said, said


def many_governments_have_the_same_distribution_and_only_with_the_same_parameters():
    code, said = check(only="recognition", runs=100)
    assert code == 0 and "the same world" in said, said
    code, said = check("--set", "imitation=1.2", only="recognition", runs=100)
    assert code == 1 and "abroad" in said, said


def a_peer_with_another_parameter_is_refused_and_told_of():
    for changed, measure in [("evidence=0.13", "kabul_trust"), ("volatility=0.35", "control"), ("talk=9", "statements")]:
        code, said = check("--set", changed)
        assert code == 1 and "they differ" in said and measure in said, f"{changed}: {said}"


def a_parameter_that_the_peer_has_not_is_no_difference_but_an_error():
    assert check("--set", "evidense=0.13")[0] == 2


def what_is_compared_is_what_is_meant():
    rng = np.random.default_rng(1)
    a, b, up, wide = (rng.normal(mean, sd, 1000) for mean, sd in [(5, 1), (5, 1), (5.3, 1), (5, 1.3)])
    allowed = distributions.limit(3)
    for same in [distributions.means, distributions.spreads, distributions.shape]:
        assert same("x", a, b).z < allowed
    assert distributions.means("x", a, up).z > allowed and distributions.shape("x", a, up).z > allowed
    assert distributions.spreads("x", a, wide).z > allowed and distributions.means("x", a, wide).z < allowed
    assert distributions.means("x", np.full(9, 0.1), np.full(9, 0.1)).z == 0
    assert distributions.means("x", np.full(9, 0.1), np.full(9, 0.2)).z == np.inf
    assert abs(distributions.limit(1) - 3.2905) < 1e-4  # the normal quantile of 0.9995


def a_date_counts_by_how_often_it_came_and_when():
    never = np.nan
    sample = np.array([3.0, never, 5, never])
    runs = engine.EngineRuns(1, 4, 10, 1, {"day": sample}, {"day"}, {})
    share, mean = distributions.compare(runs, {"day": np.array([never, never, never, 4.0])}, [])
    assert (share.engine, share.peer) == (0.5, 0.25)
    assert (mean.engine, mean.peer) == ((3 + 10 + 5 + 10) / 4, (10 + 10 + 10 + 4) / 4)


def a_measure_that_the_peer_does_not_tell_is_an_error():
    runs = engine.EngineRuns(1, 2, 10, 1, {"x": np.array([1.0, 2])}, set(), {})
    try:
        distributions.compare(runs, {"y": np.array([1.0, 2])}, [])
    except engine.Failed as error:
        assert "'x'" in str(error)
    else:
        raise AssertionError("a measure less, and nobody noticed")


what_is_compared_is_what_is_meant()
a_date_counts_by_how_often_it_came_and_when()
a_measure_that_the_peer_does_not_tell_is_an_error()
the_peer_gives_the_same_distribution()
many_governments_have_the_same_distribution_and_only_with_the_same_parameters()
a_peer_with_another_parameter_is_refused_and_told_of()
a_parameter_that_the_peer_has_not_is_no_difference_but_an_error()
