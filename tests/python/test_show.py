# Tests: _show, _show_studies, _figures, _words.
import html.parser
import math
import re
import xml.etree.ElementTree as xml
from pathlib import Path

import numpy
import pytest

import entente as en
from entente import _figures, _show, _show_studies, _words

SCENARIOS = Path(__file__).parents[2] / "scenarios"
MOST = 60_000
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def kabul():
    return en.Scenario(SCENARIOS / "moscow-kabul.yaml")


@pytest.fixture(scope="module")
def runs(kabul):
    return kabul.run(200, seed=1)


class Reader(html.parser.HTMLParser):
    """Texts of a page; fails for tags that don't match."""

    def __init__(self, page):
        super().__init__()
        self.open, self.texts, self.tags = [], [], set()
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attributes):
        self.open.append(tag)
        self.tags.add(tag)

    def handle_startendtag(self, tag, attributes):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag

    def handle_data(self, data):
        if self.open[-1:] != ["style"]:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).replace("\u00a0", " ").split())


def page_of(thing):
    """Its page, which needs nothing from outside, with drawings that are XML."""
    page = thing if isinstance(thing, str) else thing._repr_html_()
    assert len(page.encode()) <= MOST
    read = Reader(page)
    assert not read.tags & {"script", "link", "img", "iframe", "object"}
    assert not re.search(r"https?:(?!//www\.w3\.org/2000/svg)|url\(|@import|\bon\w+=|nan|None", re.sub(r"<(td|summary|th|div|span)[^>]*>[^<]*", "", page))
    drawings = [xml.fromstring(one) for one in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]
    assert all(one.get("aria-label") for one in drawings)
    return read, drawings


def path_ends(drawing, at):
    """Where the path of that number ends, in the drawing's coordinates."""
    path = drawing.findall(f".//{SVG}path")[at].get("d")
    return [float(x) for x in re.findall(r"-?\d+\.\d", path)][-2:]


@pytest.fixture(autouse=True)
def a_frequent_date_first(monkeypatch):
    """One that comes in most runs, which has a median and shows more than the scenario's own headline, recognition in 6 % of them."""
    monkeypatch.setattr(en.Scenario, "_headline_order", lambda scenario: ["diplomats_accepted", *scenario._core.headline_order])


# Runs


def test_runs_show_the_share_in_which_the_first_date_comes_and_its_curve(runs):
    read, (drawing,) = page_of(runs)
    came = runs.came("diplomats_accepted")
    assert "Kabul seeks recognition in Moscow 200 runs · seed 1" in read.text
    assert f"{came.share:.0%}".replace("%", " %") + " of runs: Moscow accepts Kabul's diplomats by the end of 2025 (95 % interval" in read.text
    assert f"{came.came} of 200" in read.text and f"in half of all runs by {came.median.day} {came.median:%b %Y}" in read.text
    assert runs.digest in read.text and "All measures (31)" in read.text
    end = path_ends(drawing, -1)
    top, bottom = (float(text.get("y")) - 4 for text in (next(one for one in drawing.iter(SVG + "text") if one.text.replace("\u00a0", " ") == percent) for percent in ("100 %", "0 %")))
    assert bottom + (top - bottom) * came.share == pytest.approx(end[-1], abs=0.11)


def test_the_table_of_measures_has_the_numbers_of_the_summary(runs):
    read, _ = page_of(runs)
    for name, words in (("moscow_trust", "Moscow's trust in Kabul"), ("snubs", "weeks in which they were refused"), ("control", "share of the territory that Kabul governs")):
        one = runs.summary["measures"][name]
        ends = _words.interval(one["quantiles"]["0.05"], one["quantiles"]["0.95"])
        assert f"{name} {words} {_words.number(one['mean'])} {ends}" in read.text
    assert re.search(r"recognised Moscow recognises the government in Kabul 7 % 4–11 % of runs by the end", read.text)


def test_a_headline_that_the_scenario_names_comes_first(runs, monkeypatch):
    monkeypatch.setattr(runs.scenario, "_headline_order", lambda: ["moscow_trust", "recognised"])
    read, (drawing,) = page_of(runs)
    one = runs.summary["measures"]["moscow_trust"]
    assert f"{_words.number(one['mean'])} probability Moscow's trust in Kabul at the end, mean; in nine of ten runs" in read.text
    paths = drawing.findall(f".//{SVG}path")
    assert len(paths) == 4  # two bands, median, mean
    monkeypatch.undo()
    assert runs.scenario.headline == ["recognised", "moscow_trust"]
    assert "Moscow recognises the government in Kabul" in page_of(runs)[0].text


@pytest.mark.parametrize("name, text, marks", [("moscow_standing", "of runs end at", 5), ("aid_yearly", "2021 (part)", 5), ("trust_of_all", "6 rows of relation", 6), ("snubs", "3.", 0)])
def test_every_form_of_measure_has_its_figure(runs, name, text, marks):
    number = next(at for at, one in enumerate(runs._measures) if one["name"] == name)
    read, drawings = page_of(_show.page(_show._measure_html(runs, number)))
    assert text in read.text
    assert sum(len(one.findall(f".//{SVG}path")) for one in drawings) >= marks and bool(drawings) == bool(marks)


def test_few_runs_are_drawn_themselves(kabul, monkeypatch):
    for count, words in ((1, "1 run ·"), (19, "19 runs ·")):
        few = kabul.run(count)
        monkeypatch.setattr(few.scenario, "_headline_order", lambda: ["moscow_trust"])
        read, (drawing,) = page_of(few)
        assert words in read.text and "nine of ten" not in read.text
        assert len(drawing.findall(f".//{SVG}path")) == count


def test_of_one_run_the_date_is_told_and_no_share(kabul):
    one = kabul.run(1)
    date = one.runs.diplomats_accepted.iloc[0]
    read, drawings = page_of(one)
    assert f"{date.day} {date:%b %Y} Moscow accepts Kabul's diplomats" in read.text and "of runs:" not in read.text and not drawings
    assert one.runs.recognised.isnull().all()
    assert page_of(one.came("recognised"))[0].text == "never Moscow recognises the government in Kabul"


def test_some_of_the_runs_say_so_and_none_do_too(runs):
    some = runs.where(runs.runs.recognised.notnull())
    read, _ = page_of(some)
    assert f"{len(some)} of 200 runs" in read.text and "digest" not in read.text
    assert "There are no runs of this kind" in page_of(runs.where(numpy.zeros(200, dtype=bool)))[0].text


def test_failures_are_counted():
    text = "entente: 1\ntitle: Fails\ncalendar: {ticks: 3}\nagents: {one: {fields: {x: 1}, members: [a]}}\nsteps: [{rule: walk, on: one, do: ['x += normal(0, 1)', 'x = sqrt(x)']}]\nmeasures: {x: 'one[a].x'}\n"
    made = en.Scenario(text=text).run(40)
    read, (drawing,) = page_of(made)
    assert 0 < len(made.failures) < 40 and f"{len(made.failures)} runs failed" in read.text
    assert "tick" in read.text


def test_whether_it_came_shows_alone(runs):
    came = runs.came("recognised")
    read, (drawing,) = page_of(came)
    assert read.text.startswith("7 % of runs: Moscow recognises the government in Kabul by the end of 2025 (95 % interval 4–11 %; 14 of 200)")
    never = runs.where(runs.runs.recognised.isnull()).came("recognised")
    assert page_of(never)[0].text.startswith("0 % of runs")


def test_scenarios_show_their_parameters_kinds_measures_and_variants(kabul):
    read, _ = page_of(kabul.variant("no_aid").set(weight_aid=7))
    for text in ("variant no_aid · weight_aid = 7", "Parameters (91)", "weight_aid 7 Goldstein points 0–10", "Kinds of agents and links (3)", "relation links government → government 6", "Measures (31)", "Variants (5)"):
        assert text in read.text


@pytest.mark.parametrize("name", ["bass", "degroot", "friedkin-johnsen", "hawkes", "kydd-trust", "lanchester", "richardson-1909", "sir", "tribute"])
def test_published_models_show(name):
    scenario = en.Scenario(SCENARIOS / f"classics/{name}.yaml")
    page_of(scenario)
    read, _ = page_of(scenario.run(3))
    assert "3 runs" in read.text


# Studies


def test_a_sweep_over_one_factor_has_its_means_and_intervals(kabul):
    sweep = kabul.sweep(accept_rate=[0.1, 0.4, 1], replicates=40, progress=False)
    read, (drawing,) = page_of(sweep)
    means = sweep.points.diplomats_accepted_came
    assert f"{_words.percent(means.min())} to {_words.percent(means.max())}".replace("\u00a0", " ") + " of runs: Moscow accepts Kabul's diplomats; least at accept_rate 0.1, most at accept_rate 1" in read.text
    assert len(drawing.findall(f".//{SVG}circle")) == 3 and "accept_rate, 1/year" in read.text and sweep.digest in read.text


def test_sweeps_over_two_and_more_factors(kabul):
    read, (drawing,) = page_of(kabul.sweep(accept_rate=[0.1, 1], aid_rate=[0, 1, 2], replicates=10, progress=False))
    assert len(drawing.findall(f".//{SVG}rect")) == 6
    read, drawings = page_of(kabul.sweep(accept_rate=(0.1, 1), aid_rate=(0, 2), talk=(4, 16), design="latin", samples=12, replicates=5, progress=False))
    assert [len(one.findall(f".//{SVG}circle")) for one in drawings] == [12, 12, 12]


def test_a_sensitivity_study_ranks_and_says_what_is_not_told_apart(kabul):
    study = kabul.sensitivity(accept_rate=(0.2, 1), pull_trust=(0, 6), samples=16, replicates=8, progress=False)
    read, (drawing,) = page_of(study)
    found = study.summary["outcomes"]["diplomats_accepted_came"]["indices"]
    top = max(found, key=lambda name: found[name]["total"])
    low = found[top]["total_interval"][0]
    other = min(found, key=lambda name: found[name]["total"])
    told_apart = low > found[other]["total_interval"][1]
    assert (f"{top} is what “Moscow accepts" if told_apart else f"{top} and {other} are not told apart") in read.text
    assert f"total-order index {_words.number(found[top]['total'])}" in read.text
    assert len(drawing.findall(f".//{SVG}rect")) == 4
    read, (drawing,) = page_of(kabul.sensitivity(accept_rate=(0.2, 1), pull_trust=(0, 6), method="morris", trajectories=4, replicates=8, progress=False))
    assert "mean absolute effect μ*" in read.text and len(drawing.findall(f".//{SVG}rect")) == 2


def test_a_comparison_leads_with_what_alternatives_do_to_the_headline(kabul):
    study = kabul.compare(["no_aid", {"aid_rate": 4}], replicates=50, progress=False)
    read, (drawing,) = page_of(study)
    found = study.differences.set_index(["outcome", "alternative"]).loc["diplomats_accepted_came"]
    assert f"{found['mean_baseline'].iloc[0]:.0%} of runs in baseline: Moscow accepts Kabul's diplomats; {found.loc['no_aid', 'mean']:.0%} with no_aid".replace("%", " %") in read.text
    assert [one.text for one in drawing.iter(SVG + "text")].count(_words.number(100 * found.loc["no_aid", "difference"])) >= 1
    assert "percentage points" in read.text and len(drawing.findall(f".//{SVG}circle")) == 2


def test_scores_calibrations_and_conditions_show_what_they_found(kabul):
    score = kabul.score(since="2024-01-01", runs=60, progress=False)
    read, _ = page_of(score)
    assert " ".join(score.summary["verdict"][0].split()) in read.text and "not told apart" in read.text
    fit = kabul.calibrate(["accept_rate", "pull_trust"], until="2023-12-31", particles=30, progress=False)
    read, drawings = page_of(fit)
    after = fit.summary["parameters"]["accept_rate"]["posterior"]
    assert f"{_words.number(after['median'])} ({_words.interval(after['q05'], after['q95'])}) 1/year" in read.text
    assert [one.get("aria-label") for one in drawings] == ["Posterior of accept_rate", "Posterior of pull_trust"]
    condition = kabul.condition(until="2023-12-31", particles=100, progress=False)
    read, (drawing,) = page_of(condition)
    assert read.text.count(_words.number(condition.log_likelihood, 4)) == 1 and "Moscow's trust in Kabul, given the record" in read.text


# Hostile texts


def test_texts_of_a_scenario_are_texts_and_nothing_else():
    evil = "</style></svg><script>alert(1)</script>&amp;\\x1b[31m\\u202e"
    text = f"""
entente: 1
title: "{evil}"
about: "{evil}"
calendar: {{ticks: 3}}
parameters: {{p: {{value: 1, unit: "<b>", range: [0, 2], about: "{evil}", source: "<img src=x onerror=alert(1)>"}}}}
agents: {{one: {{fields: {{x: {{start: 1}}}}, members: ["<i>a", b]}}}}
steps: [{{rule: walk, on: one, do: ['x += normal(0, p)']}}]
variants: {{v: {{about: "<script>", parameters: {{p: 2}}}}}}
measures:
  x: {{value: "x", on: one, about: "{evil}"}}
  m: {{value: "sum(o.x for o in one)", unit: "<u>", about: "{evil}"}}
  d: {{value: "first(sum(o.x for o in one) > 2.5)", about: "{evil}"}}
"""
    scenario = en.Scenario(text=text)
    made = scenario.run(30)
    things = [scenario, scenario.variant("v"), made, made.came("d"), scenario.sweep(p=[0, 1], replicates=5, progress=False), scenario.compare(["v"], replicates=5, progress=False)]
    things += [_show.page(_show._measure_html(made, number)) for number in range(3)]
    for thing in things:
        read, _ = page_of(thing)
        assert read.tags <= {"style", "div", "span", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "svg", "path", "line", "text", "rect", "circle"}
        page = thing if isinstance(thing, str) else thing._repr_html_()
        assert "\x1b" not in page and "\u202e" not in page


def test_sizes_stay_small_for_long_and_wide_worlds():
    names = ", ".join(f"agent_with_a_long_name_{k}" for k in range(400))
    measures = "\n".join(f"  m{k}: {{value: 'sum(o.x for o in one) + {k}', about: '{'what it is ' * 20}'}}" for k in range(120))
    text = f"entente: 1\ntitle: Wide\ncalendar: {{ticks: 3000}}\nagents: {{one: {{fields: {{x: 1}}, members: [{names}]}}}}\nsteps: [{{rule: walk, on: one, do: ['x += normal(0, 1)']}}]\nmeasures:\n{measures}\n  each: {{value: x, on: one}}\n"
    made = en.Scenario(text=text).run(20)
    page_of(made.scenario)
    read, _ = page_of(made)
    assert "and 61 more rows" in read.text
    page_of(_show.page(_show._measure_html(made, 120)))


# Pieces


def test_numbers_are_written_as_reports_write_them():
    cases = {0: "0", 1.23456: "1.23", 12345.6: "12,346", -0.5: "−0.5", 1e-7: "1·10⁻⁷", 2.5e12: "2.5·10¹²", math.inf: "∞", -math.inf: "−∞", math.nan: "–", None: "–", 1000: "1,000", 0.1: "0.1"}
    assert {value: _words.number(value) for value in cases} == cases
    shares = {0: "0 %", 0.0003: "< 0.1 %", 0.004: "0.4 %", 0.41: "41 %", 0.9981: "99.8 %", 0.99999: "> 99.9 %", 1: "100 %", None: "–"}
    assert {share: _words.percent(share).replace("\u00a0", " ") for share in shares} == shares
    assert _words.with_unit(0.5, "1/year") == "0.5 per year" and _words.with_unit(3, "1000 people") == "3 × 1000 people" and _words.with_unit(3, "1") == "3" and _words.with_unit(3, "t") == "3 t"
    assert _words.interval(-1, 2) == "−1 to 2" and _words.interval(1, 2) == "1–2" and _words.interval(0.1, 0.2, True) == "10–20\u00a0%"


@pytest.mark.parametrize("distribution, low, high", [("uniform(0, 9)", 0, 9), ("loguniform(0.25, 4)", 0.25, 4), ("normal(1, 2)", -20, 20), ("lognormal(0, 0.5)", 1e-6, 30), ("beta(3, 9)", 0, 1)])
def test_densities_of_priors_have_one_as_their_whole(distribution, low, high):
    density = _show_studies.density_of(distribution)
    xs = numpy.linspace(low, high, 200_001)
    assert numpy.trapz([density(x) for x in xs], xs) == pytest.approx(1, abs=2e-3)


def test_what_has_no_density_has_none():
    assert _show_studies.density_of("choice(1, 2, 3)") is None and _show_studies.density_of("") is None


def test_ticks_are_round_and_within():
    assert _figures.Scale(0, 1, 0, 100).ticks() == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert _figures.Scale(-3, 17, 0, 1).ticks() == [0, 5, 10, 15]
    assert [text for _, text in _figures.date_ticks(18854, 20450)] == ["2022", "2023", "2024", "2025"]
    assert [text for _, text in _figures.date_ticks(0, 59)] == ["1 Jan", "11 Jan", "21 Jan", "31 Jan", "10 Feb", "20 Feb"]
    assert [text for _, text in _figures.date_ticks(0, 300)] == [f"{month} 1970" for month in ("Jan", "Mar", "May", "Jul", "Sep")]


def test_constants_and_what_is_missing_can_be_drawn():
    xs = [0.0, 1, 2, 3]
    flat, gap = [1.0] * 4, [1.0, math.nan, 2, 3]
    for drawing in (_figures.fan("t", "u", xs, [flat] * 5, flat, None, False), _figures.fan("t", "u", xs, [gap] * 5, gap, None, False), _figures.lines("t", "u", ["a"], xs, [flat], False),
                    _figures.forest("t", "u", ["a", "b"], [[(0.0, 0.0, 0.0)], [None]]), _figures.grid("t", "x", "y", ["1"], ["1", "2"], [[1.0], [math.nan]], False)):
        page_of(drawing)


def test_the_band_of_steps_goes_back_along_its_lower_steps():
    plot = _figures.Plot("t", (0, 2), (0, 1))
    plot.band([0, 1, 2], [0, 0.25, 0.25], [0, 0.5, 0.5], stepped=True)
    path = re.findall(r'<path d="([^"]*)"', plot.svg())[0]
    x, y = (lambda v: f"{plot.x(v):.1f}"), (lambda v: f"{plot.y(v):.1f}")
    assert path == (f"M{x(0)},{y(0)}H{x(1)}V{y(0.5)}H{x(2)}V{y(0.5)}L{x(2)},{y(0.25)}L{x(2)},{y(0.25)}L{x(1)},{y(0.25)}L{x(1)},{y(0)}L{x(0)},{y(0)}Z")
