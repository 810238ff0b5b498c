"""Wrong arguments: each is told by its name, with what is taken."""

import os

import numpy
import pandas
import pytest

import entente as en
from conftest import WALK


@pytest.mark.parametrize("option", [{"seed": -1}, {"seed": 2**64}, {"first_run": 2**63}, {"runs": 2.5}, {"runs": "3"}, {"runs": numpy.float64(3)}, {"threads": -1},
                                    {"threads": 2**40}, {"lanes": 2**40}, {"events": "yes"}])
def test_a_value_that_is_no_number_of_its_kind_is_told(walk, option):
    (name, value), = option.items()
    with pytest.raises(en.Error, match=f"{name} .*{value!r}".replace("(", r"\(").replace("numpy.", "")):
        walk.run(**{"runs": 3, **option})


@pytest.mark.parametrize("option", [{"runs": 10, "first_run": 2**63 - 2}, {"runs": 2**63 - 1, "first_run": 2**63 - 1}, {"runs": 2**40}, {"runs": 3, "first_run": -1}])
def test_numbers_of_runs_that_are_not_there_are_told(walk, option):
    with pytest.raises(en.Error, match="runs are numbered 0 to 4294967294"):
        walk.run(**option)
    if option["runs"] == 3:
        with pytest.raises(en.Error, match="runs are numbered 0 to 4294967294"):
            walk.session(**option)


@pytest.mark.parametrize("series", ["sometimes", -5, 2.5, [3]])
def test_of_how_many_runs_series_are_kept_is_a_number_or_all_or_none(walk, series):
    for runs in (walk, walk.run(3, until=walk.dates[2])):
        with pytest.raises(en.Error, match='a number of runs, "all" or "none"'):
            runs.run(3, series=series)


def test_numbers_of_numpy_and_a_seed_of_64_bits_are_taken(walk):
    assert walk.run(numpy.int64(3), seed=numpy.uint64(2**64 - 1), series=numpy.int32(2)).seed == 2**64 - 1
    assert len(walk.sweep(drift=(0, 1), samples=numpy.int64(2), design="latin", replicates=numpy.int16(2), unpaired=numpy.bool_(False)).points) == 2
    assert walk.sensitivity(drift=(0, 1), samples=8, confidence=numpy.float32(0.5)).summary["confidence"] == 0.5


@pytest.mark.parametrize("option", [{"seed": -1}, {"runs": 2.0}, {"first_run": -1}, {"first_run": 2**62}, {"threads": -1}, {"threads": 10**6}, {"isa": 3}])
def test_sessions_tell_them_too(walk, option):
    with pytest.raises(en.Error, match="runs are numbered" if "first_run" in option else next(iter(option))) as told:
        walk.session(**option)
    assert "incompatible" not in str(told.value)


@pytest.mark.parametrize("key", [1.5, slice(None), ("north", 3), None])
def test_what_is_no_key_of_rows_is_told(walk, key):
    with pytest.raises(TypeError, match="names of a row or its number"):
        walk.session()["power"][key]


def test_rows_are_found_by_numbers_of_numpy(walk):
    world = walk.session(8)
    assert numpy.shares_memory(world["power"][numpy.int64(1)]["influence"], world["power"]["influence"])


def test_a_slip_in_an_option_or_a_factor_is_told_with_what_was_meant(walk):
    with pytest.raises(en.Error, match="'replicate' is neither a parameter nor an option; did you mean 'replicates'"):
        walk.sweep(drift=(0, 1), replicate=5)
    with pytest.raises(en.Error, match="did you mean 'drift'"):
        walk.sweep(drif=(0, 1))
    with pytest.raises(TypeError, match="vary="):
        walk.sweep({"drift": [0, 1]})
    with pytest.raises(TypeError, match="alternatives"):
        walk.compare(3)
    with pytest.raises(en.Error, match="no values"):
        walk.sweep(drift=[])


def test_where_refuses_runs_in_another_order(walk):
    r = walk.run(6, first_run=4)
    up = r.runs.sort_values("north")["north"] > 0
    assert up.index.tolist() != r.numbers.tolist()
    with pytest.raises(en.Error, match="another order"):
        r.where(up)
    with pytest.raises(en.Error, match="another order"):
        r.where(r.ds.visits.sortby(-r.ds.run) > 3)
    assert r.where(up.sort_index()).numbers.tolist() == up.sort_index()[lambda x: x].index.tolist()
    assert len(r.where(pandas.Series([True] * 6))) == 6


def test_a_kind_may_have_the_name_of_a_dimension():
    ds = en.Scenario(text="""
entente: 1
calendar: {ticks: 4}
agents: {series_run: {fields: {x: 0}, count: 3}}
steps: [{rule: grow, on: series_run, do: ["x = x + 1"]}]
measures: {own: {value: x, on: series_run}}
""").run(2).ds
    assert ds.own.dims == ("run", "time", "series_run") and ds.own.shape == (2, 5, 3)


def test_another_folder_to_work_in_changes_nothing(tmp_path, monkeypatch):
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with open("walk.yaml", "w") as file:
        file.write(WALK.read_text())
    s = en.Scenario("walk.yaml")
    s.run(5, until=s.dates[3]).save("walk.snap")
    snapshot, text = en.Snapshot("walk.snap"), en.Scenario(text=WALK.read_text())
    study = s.sweep(drift=[0, 1], replicates=2, out="study")
    monkeypatch.chdir(tmp_path / "there")
    assert snapshot.run().digest == s.run(5).digest
    assert len(study.points) == 2 and study._repr_html_()
    assert len(s.sweep(drift=[0, 1], replicates=2).points) == len(text.sweep(drift=[0, 1], replicates=2).points) == 2
    assert os.listdir() == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_study_of_a_text_says_why_it_needs_a_folder_to_write_in(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(en.Error, match="give Scenario another folder"):
        en.Scenario(text=WALK.read_text(), folder=tmp_path).sweep(drift=[0, 1], replicates=2)
