"""Studies: the command's numbers, its folders and its messages."""

import json
import os
import signal
import threading
import time

import numpy as np
import pandas as pd
import pytest

import entente as en
from conftest import FOUNDING, HAZARD, ROOT, WALK
from ctrl_c import OnceRunsAreThere


@pytest.fixture
def folders_of_studies(tmp_path, monkeypatch):
    """Folders that studies work in, there and now."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    return lambda: set(place.glob("entente-*"))


@pytest.mark.parametrize(
    "factors, texts",
    [
        ({"drift": (0, 1)}, ["drift=0:1"]),
        ({"drift": en.linspace(0, 1, 3)}, ["drift=0:1:3"]),
        ({"drift": [0.25, 0.5]}, ["drift={0.25, 0.5}"]),
        ({"drift": np.linspace(0, 1, 4)}, ["drift=0:1:4"]),
        ({"drift": None}, ["drift"]),
        ({"power[south].influence": (0, 2), "drift": None}, ["power[south].influence=0:2", "drift"]),
    ],
)
def test_a_sweep_has_the_commands_digest_however_its_factors_are_written(walk, command, factors, texts):
    here = walk.sweep(vary=factors, replicates=4, levels=3, progress=False)
    there = command.json("sweep", WALK, *[part for text in texts for part in ("--vary", text)], "--replicates", 4, "--levels", 3, "--no-report")
    assert here.digest == there["digest"]


def test_tables_of_a_sweep_are_the_commands(walk, command, tmp_path):
    here = walk.sweep(drift=en.linspace(0, 1, 3), replicates=6)
    assert command("sweep", WALK, "--vary", "drift=0:1:3", "--replicates", 6, "--no-report", "--out", tmp_path / "there").returncode == 0
    for name in ("points", "runs", "rows", "design"):
        assert (tmp_path / f"there/{name}.csv").read_text() == open(here.file(name + ".csv")).read()
        assert len(here.table(name)) == len(pd.read_csv(tmp_path / f"there/{name}.csv"))
    assert here.points["drift"].tolist() == [0, 0.5, 1]
    assert here.runs["ahead"].dtype == "datetime64[ns]"


def test_points_may_be_a_table(walk):
    points = pd.DataFrame({"drift": [0.1, 1 / 3], "power[north].influence": [0, 2.5]})
    swept = walk.sweep(points, replicates=3)
    assert swept.design["drift"].tolist() == points["drift"].tolist()
    assert len(swept.runs) == 6


def test_values_and_variants_of_the_scenario_count_in_its_studies(walk, command):
    here = walk.variant("standstill").set({"power[south].influence": 0.75}).sweep(drift=en.linspace(0, 1, 2), replicates=3)
    there = command.json("sweep", WALK, "--variant", "standstill", "--set", "power[south].influence=0.75", "--vary", "drift=0:1:2", "--replicates", 3, "--no-report")
    assert here.digest == there["digest"]


def test_a_study_leaves_nothing_behind_unless_it_is_told_where(walk, tmp_path, folders_of_studies):
    before = folders_of_studies()
    swept = walk.sweep(drift=[0, 1], replicates=2)
    assert len(swept.points) == 2 and len(folders_of_studies() - before) == 1
    del swept
    assert folders_of_studies() <= before
    kept = walk.sweep(drift=[0, 1], replicates=2, out=tmp_path / "kept")
    digest = kept.digest
    del kept
    assert json.loads((tmp_path / "kept/manifest.json").read_text())["digest"] == digest


def test_a_study_goes_on_from_its_folder(walk, tmp_path):
    walk.sweep(drift=[0, 1], replicates=5, out=tmp_path / "out")
    more = walk.sweep(drift=[0, 1], replicates=9, out=tmp_path / "out")
    assert more.digest == walk.sweep(drift=[0, 1], replicates=9).digest
    assert json.loads((tmp_path / "out/manifest.json").read_text())["cost"]["runs_made"] == 8
    with pytest.raises(en.Error, match="drift"):
        walk.sweep(vary={"power[south].influence": [0, 1]}, replicates=5, out=tmp_path / "out")


def test_a_sensitivity_analysis_has_the_commands_indices(walk, command, tmp_path):
    here = walk.sensitivity(vary={"drift": (0, 1), "power[south].influence": (0, 2)}, samples=32, replicates=2, resamples=50)
    assert command("sensitivity", WALK, "--vary", "drift=0:1", "--vary", "power[south].influence=0:2", "--samples", 32, "--replicates", 2, "--resamples", 50, "--no-report",
                   "--out", tmp_path / "there").returncode == 0
    pd.testing.assert_frame_equal(here.indices, pd.read_csv(tmp_path / "there/indices.csv", float_precision="round_trip"), check_exact=True)


def test_alternatives_are_variants_values_or_both(walk, command, tmp_path):
    here = walk.compare(["standstill", {"drift": 1}, {"variant": "standstill", "power[south].influence": 2}], replicates=30)
    assert command("compare", WALK, "--with", "standstill", "--with", "drift=1", "--with", "standstill,power[south].influence=2", "--replicates", 30, "--no-report",
                   "--out", tmp_path / "there").returncode == 0
    assert open(here.file("differences.csv")).read() == (tmp_path / "there/differences.csv").read_text()
    assert set(here.differences["alternative"]) == {"standstill", "drift=1", "standstill, power[south].influence=2"}


def test_a_comparison_of_a_variant_has_it_as_the_baseline(walk):
    assert walk.variant("standstill").compare([{"drift": 1}], replicates=4).summary["baseline"] == walk.compare([{"drift": 1}], baseline="standstill", replicates=4).summary["baseline"]
    with pytest.raises(en.Error, match="baseline"):
        walk.variant("standstill").compare([{"drift": 1}], baseline="standstill")


def test_a_score_has_the_commands_numbers(founding, command):
    here = founding.score(since="2024-01-01", runs=200, resamples=50)
    there = command.json("score", FOUNDING, "--since", "2024-01-01", "--runs", 200, "--resamples", 50, "--no-report")
    assert here.digest == there["digest"]
    assert len(here.items) and {"skill", "baseline"} <= set(here.scores.columns)


def test_a_posterior_is_fitted_and_runs_are_spread_over_it(command, tmp_path):
    s = en.Scenario(HAZARD)
    fit = s.calibrate(["hazard"], particles=60, runs=3000)
    there = command.json("calibrate", HAZARD, "--vary", "hazard", "--particles", 60, "--runs", 3000, "--no-report", "--out", tmp_path / "there")
    assert fit.digest == there["digest"]
    assert fit.posterior["weight"].sum() == pytest.approx(1)
    runs = s.run(64, posterior=fit)
    expected = command.json("run", HAZARD, "--posterior", tmp_path / "there/posterior.csv", "--runs", 64, "--no-report")
    assert runs.digest == expected["digest"]
    assert runs.runs["hazard"].nunique() > 10


def test_conditioned_runs_go_on_as_the_commands(founding, command, tmp_path):
    known = founding.condition(until="2023-12-31", particles=300)
    there = command.json("condition", FOUNDING, "--until", "2023-12-31", "--particles", 300, "--snapshot", tmp_path / "known.snap", "--no-report")
    assert known.log_likelihood == there["log_likelihood"]
    assert known.state.date == "2023-12-31"
    assert known.run().digest == command.json("run", "--from", tmp_path / "known.snap", "--no-report")["digest"]
    branch = command.json("run", "--from", tmp_path / "known.snap", "--set", "aid_rate=4", "--no-report")
    assert known.branch(aid_rate=4).run().digest == branch["digest"]


def test_runs_outlive_the_study_whose_state_they_went_on_from(founding, tmp_path):
    runs = founding.condition(until="2023-12-31", particles=50).branch(aid_rate=4).run()
    runs.report(tmp_path / "branch.html")
    assert (tmp_path / "branch.html").stat().st_size > 100_000


def test_a_snapshot_is_gone_on_from_with_the_bits_of_runs_that_never_stopped(walk, command, tmp_path):
    snapshot = walk.run(30, until="2021-01-01")
    assert (snapshot.date, snapshot.tick, snapshot.runs) == ("2021-01-01", 12, 30)
    assert snapshot.run().digest == walk.run(30).digest
    snapshot.save(tmp_path / "mid.snap")
    assert command.json("run", "--from", tmp_path / "mid.snap", "--no-report")["digest"] == walk.run(30).digest
    again = en.Snapshot(tmp_path / "mid.snap")
    assert again.branch(drift=2).run().digest == command.json("run", "--from", tmp_path / "mid.snap", "--set", "drift=2", "--no-report")["digest"]
    assert again.branch(drift=2).run(until="2021-06-01").run().digest == again.branch(drift=2).run().digest


def test_start_values_cannot_be_set_in_a_branch(walk):
    snapshot = walk.run(5, until="2021-01-01")
    with pytest.raises(en.Error, match="start value"):
        snapshot.branch({"power[south].influence": 2}).run()


def test_a_snapshot_of_another_scenario_is_refused(walk, founding, tmp_path):
    walk.run(3, until="2021-01-01").save(tmp_path / "a.snap")
    with pytest.raises(en.Error, match="no longer, the scenario"):
        en.Snapshot(tmp_path / "a.snap", founding)
    (tmp_path / "b.snap").write_text("nothing")
    with pytest.raises(en.Error, match="snapshot"):
        en.Snapshot(tmp_path / "b.snap")


def test_a_scenario_that_is_a_text_has_studies_too(walk):
    text = en.Scenario(text=WALK.read_text(), folder=WALK.parent)
    assert text.sweep(drift=[0, 1], replicates=3).digest == walk.sweep(drift=[0, 1], replicates=3).digest
    assert not list(WALK.parent.glob("text-*.yaml"))
    assert text.run(5, until="2021-01-01").branch(drift=1).run().digest == walk.run(5, until="2021-01-01").branch(drift=1).run().digest


def test_a_file_that_changed_since_it_was_read_is_refused_by_studies_and_not_by_runs(tmp_path):
    file = tmp_path / "walk.yaml"
    file.write_text(WALK.read_text())
    s = en.Scenario(file)
    digest = s.run(3).digest
    file.write_text(WALK.read_text().replace("0.3 * normal()", "0.4 * normal()"))
    assert s.run(3).digest == digest
    with pytest.raises(en.Error, match="has changed since it was read"):
        s.sweep(drift=[0, 1], replicates=2)
    assert en.Scenario(file).sweep(drift=[0, 1], replicates=2).points["drift"].tolist() == [0, 1]


def test_a_relative_path_counts_from_where_it_was_read(tmp_path, monkeypatch):
    monkeypatch.chdir(WALK.parent)
    s = en.Scenario(WALK.name)
    monkeypatch.chdir(tmp_path)
    assert len(s.sweep(drift=[0, 1], replicates=2).points) == 2


@pytest.mark.parametrize(
    "call, error, message",
    [
        (lambda s: s.sweep(drft=(0, 1)), en.Error, "drift"),
        (lambda s: s.sweep(drift=(0, 1, 2)), en.Error, "low, high"),
        (lambda s: s.sweep(drift=(0, 99)), en.Error, "range"),
        (lambda s: s.sweep(drift=object()), en.Error, "varied over"),
        (lambda s: s.sweep(drift=(0, 1), replicates=0), en.Error, "replicates"),
        (lambda s: s.sweep(drift=(0, 1), measures=["nroth"]), en.Error, "north"),
        (lambda s: s.compare(["standstil"]), en.Error, "standstill"),
        (lambda s: s.compare(replicas=3), TypeError, "replicates"),
        (lambda s: s.score(since="2021-01-01"), en.Error, "nothing to be scored against"),
        (lambda s: s.calibrate(), en.Error, "nothing on record"),
        (lambda s: s.sweep("nowhere.csv"), en.Error, "nowhere.csv"),
    ],
)
def test_what_a_study_cannot_do_is_told(walk, call, error, message, folders_of_studies):
    before = folders_of_studies()
    with pytest.raises(error, match=message):
        call(walk)
    assert folders_of_studies() <= before


def test_failed_runs_of_a_study_are_told_and_its_tables_are_there():
    swept = en.Scenario(ROOT / "tests/tools/fails.yaml").sweep(vary={"state[one].level": [0.1, 1]}, replicates=20)
    assert len(swept.failures) == 1 and "failed" in swept.failures[0]
    assert (swept.points["failed"] > 0).any()


def test_a_table_that_is_not_there_is_refused(walk):
    with pytest.raises(en.Error, match="it has design"):
        walk.sweep(drift=[0, 1], replicates=2).table("indices")


def test_a_report_of_a_study_is_one_page(walk, tmp_path):
    walk.sweep(drift=[0, 1], replicates=3).report(tmp_path / "sweep.html")
    assert "Two powers drift" in (tmp_path / "sweep.html").read_text()


@pytest.mark.parametrize("while_told", [False, True])
def test_ctrl_c_keeps_the_runs_that_were_made(founding, while_told):
    began = time.monotonic()
    with pytest.raises(en.Interrupted, match="runs were made") as caught:
        founding.run(2_000_000, series="none", progress=OnceRunsAreThere(while_told=while_told))
    assert time.monotonic() - began < 20
    runs = caught.value.partial
    assert 0 < len(runs) < 2_000_000
    assert runs.runs["moscow_trust"].notna().all()
    assert isinstance(caught.value, KeyboardInterrupt)


def test_ctrl_c_leaves_a_study_to_be_gone_on_with(founding, tmp_path):
    options = dict(aid_rate=en.linspace(0, 4, 20), replicates=6000, measures=["recognised"], out=tmp_path / "out")
    with pytest.raises(en.Interrupted):
        founding.sweep(**options, progress=OnceRunsAreThere())
    made = json.loads((tmp_path / "out/manifest.json").read_text())
    assert made["state"] == "interrupted"
    with pytest.raises(en.Interrupted):
        founding.sweep(**options, progress=OnceRunsAreThere())


def test_what_came_before_the_call_is_not_taken_for_a_wish_to_stop(walk):
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)
    assert len(walk.run(10)) == 10
