"""Scenarios: what is read of them, and what they refuse."""

import math
import warnings

import pytest

import entente as en
from conftest import FOUNDING, ROOT, WALK


def test_a_scenario_tells_what_it_is(walk):
    assert walk.title == "Two powers drift"
    drift = walk.parameters["drift"]
    assert (drift.value, drift.unit, drift.range, drift.prior) == (0.5, "1/year", (-5, 5), "uniform(0, 1)")
    assert (drift.about, drift.source) == ("yearly gain", "assumption")
    assert walk.variants == ["standstill"]
    assert walk.measures["north"]["about"] == "influence of the north"
    assert walk.measures["warmth"]["on"] == "tie"


def test_dates_are_the_moments_at_which_values_are_taken(walk):
    assert len(walk.dates) == 25
    assert (str(walk.dates[0].date()), str(walk.dates[-1].date())) == ("2020-01-01", "2022-01-01")


def test_a_scenario_without_dates_counts_ticks():
    s = en.Scenario(text="entente: 1\ncalendar: {ticks: 3}\nmeasures: {m: tick}\n")
    assert list(s.dates) == [0, 1, 2, 3]


def test_parameters_without_bounds_have_an_infinite_range():
    s = en.Scenario(text="entente: 1\ncalendar: {ticks: 1}\nparameters: {a: 1}\nmeasures: {m: a}\n")
    assert s.parameters["a"].range == (-math.inf, math.inf)


def test_setting_values_leaves_the_scenario_as_it_was(walk):
    other = walk.set(drift=1.25)
    assert (walk.parameters["drift"].value, other.parameters["drift"].value) == (0.5, 1.25)
    assert walk.set({"power[south].influence": 2}).run(1).digest != walk.run(1).digest


def test_values_count_after_the_variant_whichever_was_named_first(walk):
    assert walk.variant("standstill").parameters["drift"].value == 0
    assert walk.set(drift=2).variant("standstill").parameters["drift"].value == 2
    assert walk.variant("standstill").set(drift=2).run(3).digest == walk.set(drift=2).variant("standstill").run(3).digest


def test_every_error_of_a_scenario_is_told_at_once_with_its_place(tmp_path):
    file = tmp_path / "broken.yaml"
    file.write_text("entente: 1\ncalendar: {ticks: 3}\nparametres: {a: 1}\nmeasures: {m: b}\n")
    with pytest.raises(en.Error) as caught:
        en.Scenario(file)
    problems = caught.value.problems
    assert [(p.line, p.column, p.severity) for p in problems] == [(3, 1, "error"), (4, 15, "error")]
    assert all(p.file == str(file) for p in problems)
    assert "parametres" in problems[0].text and "parameters" in problems[0].help
    assert caught.value.code == 2
    assert str(file) + ":3:1: error: " in str(problems[0])


def test_a_missing_file_is_an_error():
    with pytest.raises(en.Error, match="'nowhere.yaml' does not exist"):
        en.Scenario("nowhere.yaml")


def test_warnings_are_handed_on_and_kept():
    file = ROOT / "tests/tools/warned.yaml"
    with pytest.warns(en.Warned):
        s = en.Scenario(file)
    assert [p.severity for p in s.problems] == ["warning"] * len(s.problems)


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda s: s.set(drft=1), "did you mean 'drift'"),
        (lambda s: s.set(drift=9), "drift"),
        (lambda s: s.set(drift=[1]), "a number is needed"),
        (lambda s: s.variant("standstil"), "did you mean 'standstill'"),
        (lambda s: s.set({"power[nord].influence": 1}), "north"),
    ],
)
def test_what_cannot_be_set_is_refused_with_the_nearest_name(walk, change, message):
    with pytest.raises(en.Error, match=message):
        change(walk)


def test_a_file_or_a_text_is_needed_and_not_both():
    for arguments in ({}, {"file": "a", "text": "b"}):
        with pytest.raises(TypeError):
            en.Scenario(**arguments)


def test_a_text_finds_what_it_uses_in_its_folder():
    s = en.Scenario(text=f"entente: 1\nuse: {WALK.name}\nruns: 5\nmeasures: {{south: 'power[south].influence'}}\n", folder=WALK.parent)
    assert "south" in s.measures and "north" in s.measures
    assert len(s.run()) == 5


def test_a_parameter_that_the_timeline_sets_is_warned_of():
    s = en.Scenario(text="entente: 1\ncalendar: {ticks: 3}\nparameters: {a: 1}\ntimeline: [{tick: 1, set: {a: 2}}]\nmeasures: {m: a}\n")
    with pytest.warns(en.Warned, match="timeline"):
        s.set(a=3)


def test_the_document_of_the_model_is_the_commands(walk, command):
    assert walk.describe() == command("describe", WALK).stdout


def test_reading_the_founding_scenario_warns_of_nothing():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        en.Scenario(FOUNDING)
