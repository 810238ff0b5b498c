"""Calendars of every age: dates are dates in tables, arrays, pages and files, also where datetime64[ns] ends."""

import numpy
import pandas
import pytest
import xarray

import entente as en
from entente._snapshot import date_text


def grown(calendar, bar=4):
    """One that grows in two people, until they are big."""
    return en.Scenario(text=f"""
entente: 1
calendar: {calendar}
agents:
  person: {{fields: {{x: {{start: 0}}}}, members: {{one: {{}}, two: {{x: 1}}}}}}
steps:
  - {{rule: grow, on: person, do: ["x = x + uniform(0, 1)"]}}
  - {{event: fall, on: person, probability: 0.2, do: ["x = 0"]}}
measures:
  total: sum(p.x for p in person)
  big: first(sum(p.x for p in person) > {bar})
  own: {{value: "first(x > {bar} / 2)", on: person}}
""")


WIDE = ["{start: 1648-10-24, ticks: 20, step: year}", "{start: 0100-01-01, ticks: 20, step: 100 years}", "{start: 2200-01-01, ticks: 30, step: 10 years}",
        "{start: 1500-01-01, ticks: 30, step: 0.05 days}", "{start: 9990-01-01, end: 9999-12-31, step: month}"]


@pytest.mark.parametrize("calendar", WIDE)
def test_dates_that_datetime64_cannot_hold_are_periods(calendar):
    s = grown(calendar)
    r = s.run(20)
    assert date_text(s.dates[0]) == calendar[8:18]
    ticks = r._core.final(1)[:, 0]
    expected = [pandas.NaT if numpy.isnan(tick) else s.dates[int(tick)] for tick in ticks]
    assert r.runs.big.tolist() == expected or all(a == b or (a is pandas.NaT and b is pandas.NaT) for a, b in zip(r.runs.big, expected))
    assert r.rows.own.notnull().any() and r.rows.own.dtype == r.runs.big.dtype
    assert r.events.date.tolist() == [s.dates[tick] for tick in r.events.tick]
    came = r.came("big")
    assert came.median in s.dates and came.curve.index.isin(s.dates).all()
    assert str(came.median.year) in came._repr_html_() and "<svg" in r._repr_html_()


@pytest.mark.parametrize("calendar", WIDE)
def test_arrays_of_such_dates_are_written_and_read(calendar, tmp_path):
    s = grown(calendar)
    r = s.run(20)
    assert str(r.ds.time.values[1])[:10] == date_text(s.dates[1])
    assert r.ds.big.attrs["units"] == f"days after {calendar[8:18]}"
    days = numpy.asarray(s._core.moments) - s._core.moments[0]
    ticks = r._core.final(1)[:, 0]
    assert numpy.array_equal(r.ds.big.values, [numpy.nan if numpy.isnan(t) else days[int(t)] for t in ticks], equal_nan=True)
    assert len(r.where(r.ds.big.notnull())) == r.came("big").came
    r.ds.to_netcdf(tmp_path / "runs.nc")
    with xarray.open_dataset(tmp_path / "runs.nc", use_cftime=True) as again:
        assert again.big.equals(r.ds.big) and again.total.equals(r.ds.total.assign_coords(time=again.time))


@pytest.mark.parametrize("calendar, third", [(WIDE[0], "1651-10-24"), (WIDE[1], "0400-01-01")])
def test_such_dates_are_days_to_stop_at(calendar, third):
    s = grown(calendar)
    assert s.run(5, until=s.dates[3]).run().digest == s.run(5).digest
    assert s.run(5, until=s.dates[3]).date == third


def test_such_dates_stand_in_the_tables_of_studies():
    s = grown(WIDE[0])
    runs = s.compare([{"person[one].x": 1}], replicates=5).runs
    assert str(runs.filter(like="big").iloc[:, 0].dropna().iloc[0])[:2] == "16"


@pytest.mark.parametrize("calendar", ["{start: 2000-01-01, ticks: 30, step: 3.5 days}", "{start: 1700-01-01, ticks: 20, step: year}", "{ticks: 30}",
                                      "{start: 2100-01-01, ticks: 16, step: 10 years}"])
@pytest.mark.parametrize("bar", [4, 1e9])
def test_a_dataset_comes_back_from_its_file(calendar, bar, tmp_path):
    r = grown(calendar, bar).run(20)
    for runs in (r, r.where(numpy.arange(20) < 3), r.where(numpy.zeros(20, bool))):
        runs.ds.to_netcdf(tmp_path / "runs.nc")
        with xarray.open_dataset(tmp_path / "runs.nc") as again:
            assert again.time.dtype == runs.ds.time.dtype
            if len(runs):
                assert again.big.dtype == runs.ds.big.dtype and again.equals(runs.ds)
        (tmp_path / "runs.nc").unlink()


def test_a_session_stands_at_a_fraction_of_a_day():
    world = grown("{start: 2000-01-01, ticks: 30, step: 3.5 days}").session()
    world.tick()
    assert world.date == numpy.datetime64("2000-01-04T12:00")
    world.tick()
    assert world.date == numpy.datetime64("2000-01-08")


def test_where_no_run_is_left_all_is_empty():
    none = grown("{start: 2000-01-01, ticks: 30, step: week}").run(20).where(numpy.zeros(20, bool))
    assert len(none) == len(none.runs) == len(none.rows) == len(none.events) == 0 and none.ds.sizes["run"] == 0
    assert str(none.came("big")) == "big: of no runs" and len(none.came("big").curve) == 0
    assert none._repr_html_() and none.came("big")._repr_html_()
