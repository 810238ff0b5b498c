"""Sessions: the state of runs between ticks."""

import threading

import numpy as np
import pytest

import entente as en
from conftest import FAILS, FOUNDING


@pytest.mark.parametrize("runs", [1, 3, 8, 40])
def test_a_session_without_writing_makes_the_runs_of_run(walk, runs):
    made = walk.run(runs, seed=7)
    with walk.session(runs, seed=7) as world:
        for moment in range(24):
            np.testing.assert_array_equal(world["power"]["north"]["influence"], made.ds.north[:, moment])
            np.testing.assert_array_equal(world.measure("warmth").T, made.ds.warmth[:, moment])
            world.tick()
        assert world.done and str(world.date) == "2022-01-01"
        np.testing.assert_array_equal(world.measure("north"), made.ds.north[:, -1])
        np.testing.assert_array_equal(world.measure("visits"), made.runs["visits"])
        ticks = (made.runs["ahead"].dt.year - 2020) * 12 + made.runs["ahead"].dt.month - 1
        np.testing.assert_array_equal(world.measure("ahead"), ticks)


def test_measures_by_year_begin_anew_with_each(walk):
    made = walk.run(4)
    with walk.session(4) as world:
        world.tick(12)
        np.testing.assert_array_equal(world.measure("visits_yearly"), made.ds.visits_yearly[:, 0])
        world.tick(12)
        np.testing.assert_array_equal(world.measure("visits_yearly"), made.ds.visits_yearly[:, 1])


def test_runs_of_a_session_have_the_numbers_that_are_asked_for(walk):
    with walk.session(2, first_run=5) as world:
        world.tick(24)
        np.testing.assert_array_equal(world.measure("north"), walk.run(10).ds.north[5:7, -1])


def test_what_is_derived_is_worked_out_from_the_state():
    s = en.Scenario(text="""entente: 1
calendar: {ticks: 4}
agents: {a: {fields: {x: 1}, derived: {double: 2 * x}, members: {one: {}, two: {}}}}
steps: [{rule: grow, on: a, do: [x += 1]}]
measures: {m: "a[one].x"}
""")
    with s.session(3) as world:
        assert world["a"]["double"].tolist() == [[2] * 3] * 2
        world["a"]["two"]["x"] = 10
        world.tick()
        assert world["a"]["double"].tolist() == [[4] * 3, [22] * 3]
        with pytest.raises(en.Error, match="derived"):
            world["a"]["double"][0] = 1
            world.tick()


def test_writing_to_a_field_counts_from_the_next_tick_on(walk):
    with walk.session(16) as world:
        link = world["tie"]["north", "south"]
        link["warmth"][:8] = 0
        link["warmth"][8:] = 1
        world.tick()
        visited = walk.session(16)
        visited.tick()
        assert (link["warmth"][:8] <= 0.1 + 1e-12).all() and (link["warmth"][8:] == 1).all()
        assert not np.array_equal(visited["tie"]["north", "south"]["warmth"], link["warmth"])


def test_writing_what_is_there_changes_nothing(walk):
    with walk.session(5) as world:
        for _ in range(24):
            world["power"]["influence"] = world["power"]["influence"].copy()
            world.tick()
        np.testing.assert_array_equal(world.measure("north"), walk.run(5).ds.north[:, -1])


def test_arrays_are_the_state_and_stay_the_same_ones(walk):
    with walk.session(4) as world:
        influence = world["power"]["influence"]
        before = influence.copy()
        world.tick()
        assert world["power"]["influence"] is influence or np.shares_memory(world["power"]["influence"], influence)
        assert not np.array_equal(before, influence)


@pytest.mark.parametrize("value, message", [(1.5, "between 0 and 1"), (-1, "between 0 and 1"), (np.nan, "no number"), (np.inf, "no number")])
def test_a_tick_refuses_what_no_field_may_hold_and_does_nothing(walk, value, message):
    with walk.session(3) as world:
        world["tie"]["north", "south"]["warmth"][1] = value
        with pytest.raises(en.Error, match=r"tie\[north -> south\].warmth of run 1 was set to .*" + message):
            world.tick()
        assert world.tick_number == 0
        world["tie"]["north", "south"]["warmth"][1] = 0.5
        world.tick()


def test_levels_take_whole_numbers_only():
    s = en.Scenario(text="""entente: 1
calendar: {ticks: 4}
agents: {a: {fields: {rank: {start: low, levels: [low, high]}}, members: {one: {}}}}
measures: {m: "a[one].rank"}
""")
    with s.session(2) as world:
        world["a"]["rank"][:] = 0.5
        with pytest.raises(en.Error, match="levels"):
            world.tick()


def test_inputs_cannot_be_written_to(tmp_path):
    (tmp_path / "aid.csv").write_text("name,date,value\none,2020-01-01,1\none,2020-01-03,2\n")
    s = en.Scenario(text="""entente: 1
calendar: {start: 2020-01-01, end: 2020-01-05, step: day}
inputs: {aid: {table: aid.csv, on: a, name: name, date: date, value: value, outside: hold}}
agents: {a: {members: {one: {}}}}
measures: {m: "a[one].aid"}
""", folder=tmp_path)
    with s.session(2) as world:
        world.tick(3)
        assert world["a"]["aid"].tolist() == [[2, 2]]
        world["a"]["aid"][:] = 5
        with pytest.raises(en.Error, match="input"):
            world.tick()


@pytest.mark.parametrize("shape", [(3, 4), (2, 5), (7,)])
def test_an_array_of_the_wrong_shape_is_refused(walk, shape):
    with walk.session(4) as world:
        with pytest.raises(ValueError, match="broadcast"):
            world["power"]["influence"] = np.zeros(shape)


def test_a_session_is_not_used_after_its_end(walk):
    with walk.session(2) as world:
        row = world["power"]["north"]
        world.tick()
    for use in (world.tick, lambda: row["influence"], lambda: world["power"]["influence"], lambda: world.measure("north")):
        with pytest.raises(en.Error, match="has ended"):
            use()


def test_arrays_outlive_their_session_and_keep_their_last_values(walk):
    with walk.session(4) as world:
        influence = world["power"]["influence"]
        view = influence[0]
        world.tick(3)
        expected = influence.copy()
    del world
    for _ in range(10):
        walk.session(64).tick()
    np.testing.assert_array_equal(influence, expected)
    np.testing.assert_array_equal(view, expected[0])
    with pytest.raises(ValueError, match="read-only"):
        influence[0] = 1


def test_no_tick_follows_the_last(walk):
    with walk.session(1) as world:
        world.tick(24)
        with pytest.raises(en.Error, match="24 ticks is over"):
            world.tick()


def test_a_session_steps_through_its_ticks(walk):
    dates = [str(world.date) for world in walk.session(1)]
    assert len(dates) == 24 and (dates[0], dates[-1]) == ("2020-01-01", "2021-12-01")


@pytest.mark.parametrize(
    "use, message",
    [
        (lambda w: w["powr"], "it has power, tie"),
        (lambda w: w["power"]["nroth"]["influence"], "north"),
        (lambda w: w["power"]["north"]["influense"], "influence"),
        (lambda w: w["tie"]["north"]["warmth"], "north"),
        (lambda w: w["tie"]["north", "north"]["warmth"], "no tie north -> north"),
        (lambda w: w["power"]["north", "south"]["influence"], "one agent"),
        (lambda w: w.measure("nroth"), "north"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(walk, use, message):
    with walk.session(1) as world:
        with pytest.raises(en.Error, match=message):
            use(world)


def test_a_session_tells_its_kinds_rows_and_fields(walk):
    world = walk.session(2)
    assert world.kinds == ["power", "tie"]
    assert world["power"].names == ["north", "south"] and world["tie"].names == [("north", "south"), ("south", "north")]
    assert world["power"].fields == ["influence"] and len(world["tie"]) == 2
    assert world["tie"][1]["warmth"].tolist() == world["tie"]["south", "north"]["warmth"].tolist()


def test_runs_that_failed_are_nan_from_then_on():
    with en.Scenario(FAILS).session(30) as world:
        world.tick(10)
        failed = [one["run"] for one in world.failures]
        assert 0 < len(failed) < 30
        assert np.isnan(world["state"]["level"][0, failed]).all()
        assert set(failed) == {one["run"] for one in en.Scenario(FAILS).run(30).failures}


@pytest.mark.parametrize("runs", [0, -1, 1 << 17])
def test_a_session_has_room_for_some_runs(walk, runs):
    with pytest.raises(en.Error, match="side by side"):
        walk.session(runs)


def test_the_founding_scenario_answers_to_what_is_done_to_it():
    s = en.Scenario(FOUNDING)
    with s.session(runs=64, seed=1) as world:
        link = world["relation"]["russia", "afghanistan"]
        while not world.done:
            link["listed"][link["trust"] > 0.35] = 0
            world.tick()
        assert (link["listed"] == 0).any()
    with s.session(runs=64, seed=1) as world:
        world.tick(228)
        np.testing.assert_array_equal(np.isnan(world.measure("recognised")), s.run(64).ds.recognised.isnull())


def test_sessions_of_several_threads_do_not_disturb_each_other(walk):
    expected = walk.run(8).ds.north[:, -1].values
    found, threads = [], []

    def go():
        with walk.session(8) as world:
            world.tick(24)
            found.append(world.measure("north"))

    for _ in range(4):
        threads.append(threading.Thread(target=go))
        threads[-1].start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    for values in found:
        np.testing.assert_array_equal(values, expected)


def test_a_refused_tick_has_taken_over_nothing(walk):
    world, as_made = walk.session(4), walk.session(4)
    values = world["power"]["influence"]
    before = values.copy()
    values[0, 0] += 1
    values[1, 3] = np.nan
    with pytest.raises(en.Error, match=r"of run 3 was set to nan, which is no number"):
        world.tick()
    values[...] = before
    world.tick()
    as_made.tick()
    assert np.array_equal(values, as_made["power"]["influence"])


def test_arrays_of_a_session_cannot_be_made_smaller(walk):
    world = walk.session(8)
    with pytest.raises(ValueError, match="own"):
        world["power"]["influence"].resize(1, refcheck=False)
    values = world["power"]["influence"]
    values.flags.writeable = False
    world.tick()
    assert np.array_equal(values, world["power"]["influence"]) and world.tick_number == 1


def test_arrays_outlive_their_session(walk):
    world = walk.session(8)
    values = world["power"]["influence"][0]
    kept = values.copy()
    del world
    values[:] += 1
    assert np.array_equal(values, kept + 1)
