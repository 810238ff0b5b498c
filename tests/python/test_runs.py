"""Runs: the command's numbers, as arrays and tables."""

import json

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import entente as en
from conftest import FAILS, FOUNDING, HAZARD, SCENARIOS, WALK

HEAVY = {"classics/voter.yaml", "classics/geosim.yaml", "classics/civil-violence.yaml"}  # seconds a run
SHIPPED = sorted(path.relative_to(SCENARIOS).as_posix() for folder in ("", "classics", "idioms") for path in (SCENARIOS / folder).glob("*.yaml"))


def test_the_founding_scenario_is_among_those_shipped():
    assert "moscow-kabul.yaml" in SHIPPED and len(SHIPPED) > 30


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_has_the_commands_digest(name, command):
    runs = 1 if name in HEAVY else 12
    here = en.Scenario(SCENARIOS / name).run(runs, seed=3, progress=False)
    there = command.json("run", SCENARIOS / name, "--runs", runs, "--seed", 3, "--no-report")
    assert here.digest == there["digest"]


def test_the_founding_scenarios_thousand_runs_have_the_commands_digest(founding, command):
    assert founding.run(1000).digest == command.json("run", FOUNDING, "--no-report")["digest"]


@pytest.mark.parametrize("options", [{"threads": 1}, {"threads": 3}, {"lanes": 1}, {"lanes": 64}, {"isa": "portable"}])
def test_threads_lanes_and_instruction_set_change_no_bit(walk, options):
    assert walk.run(50, **options).digest == walk.run(50).digest


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Runs of the walk here, and the folder of the command's."""
    from conftest import Command

    folder = tmp_path_factory.mktemp("saved")
    made = Command(folder)("run", WALK, "--out", folder / "there", "--events", "--no-report")
    assert made.returncode == 0, made.stderr
    return en.Scenario(WALK).run(), folder / "there"


def test_the_dataset_is_that_of_the_file(saved):
    runs, there = saved
    with xr.open_dataset(there / "series.nc") as file:
        assert set(runs.ds.variables) == set(file.variables)
        for name in file.variables:
            here, expected = runs.ds[name], file[name]
            assert here.dims == expected.dims, name
            if expected.dtype.kind in "fi":
                np.testing.assert_array_equal(here.values, expected.values, err_msg=name)
            elif expected.dtype.kind == "M":
                assert (here.isnull() == expected.isnull()).all() and (here.dropna("run") == expected.dropna("run")).all() if here.dims == ("run",) else (here.values == expected.values).all()
            else:
                assert list(here.values) == list(expected.values), name
        for name in file.data_vars:
            wanted = {key: value for key, value in file[name].attrs.items()}
            assert {key: runs.ds[name].attrs[key] for key in wanted} == wanted, name
        assert {key: file.attrs[key] for key in ("title", "scenario_hash", "seed", "digest")} == {key: runs.ds.attrs[key] for key in ("title", "scenario_hash", "seed", "digest")}


def test_the_table_of_runs_is_that_of_the_file(saved):
    runs, there = saved
    file = pd.read_csv(there / "runs.csv", index_col="run", parse_dates=["ahead"], float_precision="round_trip").drop(columns="replicate")
    pd.testing.assert_frame_equal(runs.runs, file, check_exact=True, check_dtype=False)
    assert runs.runs["ahead"].dtype == "datetime64[ns]"


def test_the_table_by_row_is_that_of_the_file(saved):
    runs, there = saved
    file = pd.read_csv(there / "rows.csv", float_precision="round_trip").drop(columns=["replicate", "status"]).set_index(["run", "kind", "row"])
    pd.testing.assert_frame_equal(runs.rows, file, check_exact=True, check_dtype=False)


def test_events_are_those_of_the_file_whether_they_were_asked_for_or_not(saved):
    runs, there = saved
    file = pd.read_csv(there / "events.csv", parse_dates=["date"], dtype={"cameo": "string"}, float_precision="round_trip")
    for table in (runs.events, en.Scenario(WALK).run(events=True).events):
        assert list(table.columns) == list(file.columns)
        for column in file.columns:
            assert table[column].astype(file[column].dtype).equals(file[column]), column


def test_events_tell_what_made_them_happen_and_the_chance_they_had(founding):
    events = founding.run(40).events
    assert (events.chance[events.cause == "drawn"].between(0, 1)).all() and events.chance[events.cause == "timeline"].isna().all()
    hazard = en.Scenario(HAZARD).run(50).events
    assert np.allclose(hazard.chance, 1 - np.exp(-0.5 * 7 / 365.25), rtol=1e-12)


def test_the_summary_is_the_commands(walk, command):
    here = walk.run(40).summary
    there = command.json("run", WALK, "--runs", 40, "--no-report")
    assert here["measures"] == there["measures"]
    assert here["events"] == there["events"]


def test_how_often_something_comes_is_told_with_its_interval_and_curve(founding, command):
    came = founding.run(1000).came("recognised")
    told = command.json("run", FOUNDING, "--no-report")["measures"]["recognised"]
    assert came.share == told["share"] and [came.low, came.high] == told["interval"]
    assert came.runs == 1000 and came.came == round(came.share * 1000)
    assert came.median is None
    assert came.curve["share"].iloc[-1] == pytest.approx(came.share, abs=1e-12)
    assert came.curve.index.is_monotonic_increasing and came.curve.index.name == "time"


def test_the_median_of_a_date_is_a_day():
    came = en.Scenario(HAZARD).set(hazard=2).run(2000).came("recognised")
    assert came.share == pytest.approx(1 - np.exp(-2 * 4), abs=0.01)
    assert abs(came.median - pd.Timestamp("2020-01-01") - pd.Timedelta(days=np.log(2) / 2 * 365.25)) < pd.Timedelta(days=25)


def test_runs_that_went_one_way_can_be_looked_at_alone(founding):
    runs = founding.run(500)
    some = runs.where(runs.ds.recognised.notnull())
    assert len(some) == runs.came("recognised").came == some.came("recognised").came
    assert some.came("recognised").share == 1
    assert set(some.events["run"]) <= set(some.numbers.tolist())
    pd.testing.assert_frame_equal(some.runs, runs.runs.loc[some.numbers])
    xr.testing.assert_identical(some.ds.moscow_trust, runs.ds.moscow_trust.sel(run=some.numbers))
    assert len(some.where(some.runs["recognised"] < pd.Timestamp("2025-01-01"))) < len(some)
    with pytest.raises(en.Error, match="all runs"):
        some.save("nowhere")


@pytest.mark.parametrize("which", [[True], np.zeros(20), np.zeros((20, 2), bool)])
def test_a_wrong_mask_is_refused(walk, which):
    with pytest.raises(en.Error, match="True or False for each of 20 runs"):
        walk.run().where(which)


def test_runs_keep_their_numbers(walk):
    all_runs, some = walk.run(10), walk.run(3, first_run=4)
    assert some.numbers.tolist() == [4, 5, 6]
    xr.testing.assert_equal(some.ds.north, all_runs.ds.north.sel(run=[4, 5, 6]))


def test_series_of_some_runs_have_a_dimension_of_their_own(walk):
    ds = walk.run(10, series=4).ds
    assert ds.north.dims == ("series_run", "time") and ds.sizes["series_run"] == 4
    assert ds.ahead.dims == ("run",) and ds.sizes["run"] == 10
    assert "north" not in walk.run(10, series="none").ds
    assert walk.run(10, series="all").ds.north.shape == (10, 25)


def test_runs_without_dates_count_ticks():
    s = en.Scenario(text="entente: 1\ncalendar: {ticks: 5}\nruns: 4\nmeasures: {m: tick, d: first(tick > 2), never: first(tick > 90)}\n")
    runs = s.run()
    assert runs.ds.time.values.tolist() == [0, 1, 2, 3, 4, 5]
    assert runs.runs["d"].tolist() == [3.0] * 4 and runs.runs["never"].isna().all()
    assert runs.came("d").curve.index.tolist() == [3.0]


def test_failed_runs_are_told_and_missing_where_they_failed():
    runs = en.Scenario(FAILS).run()
    assert 0 < len(runs.failures) < 30
    first = runs.failures[0]
    assert first["row"] and "sqrt" in first["message"]
    assert runs.runs["status"].value_counts()["failed"] == len(runs.failures)
    assert np.isnan(runs.ds.root.sel(run=first["run"])[-1])
    assert "failed" in repr(runs)


def test_arrays_of_results_cannot_be_written_to(walk):
    values = walk.run(5)._core.final(0)
    with pytest.raises(ValueError, match="read-only"):
        values[0] = 1


def test_arrays_outlive_the_runs_that_they_are_of(walk):
    north = walk.run(20).ds.north
    expected = walk.run(20).ds.north.values.copy()
    for _ in range(20):
        walk.run(20)
    np.testing.assert_array_equal(north.values, expected)


def test_saved_runs_are_the_commands_folder(walk, command, tmp_path):
    walk.run(15).save(tmp_path / "here", events=True)
    assert command("run", WALK, "--runs", 15, "--out", tmp_path / "there", "--events", "--no-report").returncode == 0
    names = {path.name for path in (tmp_path / "there").iterdir()}
    assert {path.name for path in (tmp_path / "here").iterdir()} == names
    for name in ("runs.csv", "rows.csv", "events.csv"):
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()
    with pytest.raises(en.Error, match="seed"):
        walk.run(15, seed=2).save(tmp_path / "here")


def test_the_command_in_the_manifest_makes_the_same_runs(walk, command, tmp_path):
    walk.set(drift=0.25).variant("standstill").run(7, seed=5, first_run=2).save(tmp_path / "here")
    manifest = json.loads((tmp_path / "here/manifest.json").read_text())
    assert command.json(*manifest["command"][1:], "--no-report", "--out", tmp_path / "again")["digest"] == manifest["digest"]


def test_a_report_is_one_page(walk, tmp_path):
    runs = walk.run(20)
    runs.report(tmp_path / "walk.html")
    text = (tmp_path / "walk.html").read_text()
    assert text.startswith("<!DOCTYPE html>") and "Two powers drift" in text and runs.digest in text
    assert list(tmp_path.iterdir()) == [tmp_path / "walk.html"]


def test_an_unknown_measure_is_refused_with_the_nearest(walk):
    with pytest.raises(en.Error, match="did you mean 'ahead'"):
        walk.run(3).came("ahed")
    with pytest.raises(en.Error, match="date"):
        walk.run(3).came("north")


def test_progress_is_told_to_a_function(walk):
    told = []
    walk.run(5000, progress=lambda done, total, failed, seconds: told.append((done, total, failed)))
    assert told and told[-1] == (5000, 5000, 0)


def test_an_exception_of_the_progress_function_is_raised(founding):
    def stop(*_):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        founding.run(20_000, progress=stop)


def test_the_notebook_shows_something_for_runs(walk):
    assert "Two powers drift" in walk.run(20)._repr_html_()


@pytest.mark.parametrize("options, message", [({"runs": 0}, "0 runs"), ({"first_run": -1}, "numbered"), ({"lanes": 3}, "lanes"), ({"isa": "mmx"}, "mmx"), ({"until": "2019-01-01"}, "outside the calendar")])
def test_impossible_runs_are_refused(walk, options, message):
    with pytest.raises(en.Error, match=message):
        walk.run(**options)
