"""What tools/bench concludes from figures: goals met and missed, benchmarks that changed. No time is taken here."""

import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "bench"))

import differences  # noqa: E402
import goals  # noqa: E402
import suites  # noqa: E402

WHOLE_RUNS = {"seconds of 100,000 runs": [14, 16, 15], "2 threads over 1, batches": [1.95], "2 threads over 1, one large world": [1.0],
              "bytes per byte of fields": [1.5, 1.1, 1.1], "milliseconds to load and compile": [8], "seconds to load 1,000,000 links": [3]}


def rate(*values):
    return suites.Benchmark([1.0] * len(values), {"row_updates/s": list(values)})


def results(times, commit="a", load=0.1):
    return {"machine": {"commit": commit, "cpu": "x", "load_average": [load, 0, 0]}, "suites": {"s": {name: {"nanoseconds": t, "counters": {}} for name, t in times.items()}}}


def goals_are_met_by_the_median():
    measured = goals.Measured({"light/founding/engine": rate(7, 9, 8), "light/founding/fused": rate(10, 9, 11)}, WHOLE_RUNS,
                              [{"peer": "founding_numpy", "world": "founding", "ratios": [19, 21, 22], "by_peer": [1, 1, 1]}])
    told = {entry["name"]: entry for entry in goals.table(measured, smoke=False)}
    assert told["founding scenario against its equations hand-fused"]["values"] == [0.7, 0.9, 0.8]
    assert told["founding scenario against its equations hand-fused"]["verdict"] == "met"
    assert told["founding scenario against NumPy"]["verdict"] == "met"
    assert told["founding scenario against Python objects"]["verdict"] == "not measured"
    assert told["100,000 runs of the founding scenario, 2 threads"]["verdict"] == "met"
    assert told["2 threads over 1, inside one large world"]["verdict"] == "not met"
    assert told["memory at 10,000,000 rows, of fields × 8 bytes"]["verdict"] == "met"
    assert told["load and compile a table of 1,000,000 links"]["verdict"] == "not met"
    assert told["2 MPI ranks over 1"]["verdict"] == "not measured"
    assert len(goals.text(goals.table(measured, smoke=False)).splitlines()) == len(goals.GOALS) + 1


def what_has_no_goal_is_told_for_orientation():
    measured = goals.Measured({"light/recognition/engine": rate(4, 5, 6), "light/recognition/by_hand": rate(25), "update_loop/rows/1000000": rate(30),
                               "update_loop/rows/10000000": rate(2, 1, 3)}, WHOLE_RUNS, [])
    told = {entry["name"]: entry for entry in goals.table(measured, smoke=False)}
    assert told["founding scenario against its equations hand-fused"]["verdict"] == "not measured"
    by_hand = told["  against a loop by hand that knows the seeker"]
    assert (by_hand["median"], by_hand["goal"], by_hand["verdict"]) == (0.2, "–", "for orientation"), by_hand
    flatness = told["time per row at 10,000,000 rows, of 1,000,000"]
    assert (flatness["median"], flatness["verdict"]) == (1.5, "for orientation"), flatness
    said = goals.text([by_hand]).splitlines()[1]
    assert said.split() == [*by_hand["name"].split(), "–", "0.2", "0.16", "–", "0.24", "for", "orientation"], said


def worlds_of_many_governments_are_told_by_the_row_and_by_the_run():
    def counted(**counters):
        return suites.Benchmark([1.0], {name.replace("_a_s", "/s"): value for name, value in counters.items()})

    suite = {"update_loop/founding": counted(run_ticks_a_s=[1000.0], row_updates_a_s=[12.0]),
             "update_loop/recognition/195": counted(run_ticks_a_s=[1.0] * 3, row_updates_a_s=[6.0, 24.0, 48.0]),
             "update_loop/recognition/17": counted(run_ticks_a_s=[100.0], runs_a_s=[400.0])}
    told = {entry["name"]: entry for entry in goals.table(goals.Measured(suite, WHOLE_RUNS, []), smoke=False)}
    of_rows = told["195 governments, time per row of the founding one's"]
    assert (of_rows["values"], of_rows["verdict"]) == ([2.0, 0.5, 0.25], "met"), of_rows
    assert told["17 governments, runs a second of a core"]["verdict"] == "not met"
    assert told["  memory of the whole process, one run"]["verdict"] == "not measured"


def loops_by_hand_stand_beside_the_peers():
    fused = suites.Benchmark([1.0, 1.0, 1.0], {"row_updates/s": [1, 1, 1], "run_ticks/s": [8, 9, 10]})
    measured = goals.Measured({"light/founding/fused": fused}, WHOLE_RUNS,
                              [{"peer": "founding_numpy_rows", "world": "founding", "ratios": [5], "by_peer": [0.4, 0.5, 0.6]}])
    values = [entry["values"] for entry in goals.table(measured, smoke=False) if "ticks alone" in entry["name"]]
    assert values == [[], [16, 18, 20], []], values


def tiny_worlds_meet_no_goal():
    assert {entry["verdict"] for entry in goals.table(goals.Measured({}, WHOLE_RUNS, []), smoke=True)} == {"not measured"}


def a_benchmark_changed_if_no_repetition_lies_among_the_others():
    before = results({"same": [10, 11, 12], "slow": [10, 11, 12], "fast": [10, 11, 12], "hair": [100.0, 100.1, 100.2], "gone": [1]})
    after = results({"same": [12, 12.5, 13], "slow": [13, 14, 15], "fast": [5, 6, 7], "hair": [100.3, 100.4, 100.5], "new": [1]}, "b")
    told = {line.split()[0]: line for line in differences.text(before, after).splitlines()[2:]}
    assert told["s/slow"].endswith("slower") and told["s/fast"].endswith("faster"), told
    assert not told["s/same"].endswith("er") and not told["s/hair"].endswith("er"), told
    assert told["s/gone"].endswith("only before") and told["s/new"].endswith("only after"), told
    assert "1.273  1.083 – 1.500" in told["s/slow"], told


def a_busy_machine_is_told_of():
    said = differences.text(results({"tick": [1]}), results({"tick": [1]}, "b", load=2))
    assert "when b was measured, the machine had a load of 2.00" in said and "when a was" not in said, said


def repetitions_are_read_and_aggregates_left():
    entry = {"run_name": "r/1", "run_type": "iteration", "real_time": 2.0, "cpu_time": 2.0, "time_unit": "us", "iterations": 3, "ns/row": 4.0}
    found = suites.read({"benchmarks": [{"name": "r/1", **entry}, {"name": "r/1_median", **entry, "run_type": "aggregate"}]})
    assert found["r/1"].times == [2000.0] and found["r/1"].counters == {"ns/row": [4.0]} and found["r/1"].speeds == [500000.0]


def the_command_compares_two_files():
    with tempfile.TemporaryDirectory() as folder:
        files = [pathlib.Path(folder, name) for name in ("before.json", "after.json")]
        for file, time in zip(files, (2000.0, 1000.0)):
            file.write_text(json.dumps(results({"tick": [time] * 3, "once": [time]})))
        command = [sys.executable, "-B", ROOT / "tools" / "bench", "compare", *files]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "s/tick" in said and "2 µs" in said and "0.500" in said and said.count("faster") == 1, said
        files[0].unlink()
        failed = subprocess.run(command, capture_output=True, text=True)
        assert failed.returncode == 2 and "before.json" in failed.stderr, failed


goals_are_met_by_the_median()
what_has_no_goal_is_told_for_orientation()
worlds_of_many_governments_are_told_by_the_row_and_by_the_run()
loops_by_hand_stand_beside_the_peers()
tiny_worlds_meet_no_goal()
a_benchmark_changed_if_no_repetition_lies_among_the_others()
a_busy_machine_is_told_of()
repetitions_are_read_and_aggregates_left()
the_command_compares_two_files()
