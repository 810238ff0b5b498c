"""How studies look in a notebook: what they say about the headline first, then its figure, then all else, folded."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Callable, Mapping, Sequence

from . import _figures
from ._show import big, fan_html, folded, heading, headline_of, page, paragraph, shortened, table, title_of
from ._studies import Calibration, Comparison, Condition, Score, Sensitivity, Study, Sweep
from ._words import ABSENT, capitalised, counted, interval, number, percent, spoken, with_unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

Z95 = 1.959963984540054


def html_of(study: "Study") -> str:
    parts = _PARTS[type(study)](study)
    return page(*parts, paragraph(f"digest {study.digest}", faint=True))


def _head(study: "Study", *facts: str) -> str:
    summary = study.summary
    variant = summary.get("variant", "")
    return heading(f"{type(study).__name__}: {summary['title'] or study._scenario.path}", [*facts, f"seed {summary['seed']}" if "seed" in summary else "", f"variant {variant}" if variant else ""])


# Outcomes


class Outcome:
    """What a study tells of a measure at its head: for a date whether it came.

    Attributes:
        name: Of the outcome, as in its tables.
        title: People's words.
        is_share: Whether it is the share of runs.
    """

    def __init__(self, study: "Study", name: str):
        measure = name.removesuffix("_came")
        measures = study._scenario.measures
        self.name = name
        self.is_date = measure != name and name not in measures
        one = measures.get(measure if self.is_date else name.split("[")[0], {})
        level = name[name.index("[") :] if "[" in name and name not in measures else ""
        self.title = title_of(one, measure.split("[")[0]) + (f" {level}" if level else "")
        self.unit = study.summary["outcomes"][name].get("unit", "")
        self.is_share = self.is_date or "1 where" in study.summary["outcomes"][name].get("rule", "") or bool(level) and self.unit == "probability"

    @property
    def axis(self) -> str:
        if self.is_share:
            return f"share of runs: {self.title}"
        return f"{self.title}{f', {self.unit}' if self.unit else ''}"

    def told(self, value: float) -> str:
        return percent(value) if self.is_share else with_unit(value, self.unit)


def headline_outcome(study: "Study", is_known: Callable[[str], bool] = lambda name: True) -> Outcome | None:
    """Of the measure that is shown first; of those alone that the study has something to say on."""
    outcomes = [name for name in study.summary["outcomes"] if is_known(name)]
    names = {}
    for name in study._scenario.measures:
        if f"{name}_came" in outcomes:
            names[name] = f"{name}_came"
        elif own := next((one for one in outcomes if one == name or one.startswith(name + "[")), None):
            names[name] = own
    chosen = headline_of(study._scenario, list(names))
    if chosen is not None:
        return Outcome(study, names[chosen])
    return Outcome(study, outcomes[0]) if outcomes else None


def mean_interval(found: Mapping[str, Any], is_share: bool) -> tuple[float, float, float]:
    """A mean with its 95 % interval: Wilson's for shares, which none at 0 or 1 leaves without width."""
    mean, n, error = found.get("mean"), found.get("n", 0), found.get("standard_error")
    if mean is None or not n:
        return math.nan, math.nan, math.nan
    if is_share:
        middle, half = (mean + Z95**2 / 2 / n) / (1 + Z95**2 / n), Z95 / (1 + Z95**2 / n) * math.sqrt(max(mean * (1 - mean), 0) / n + Z95**2 / 4 / n**2)
        return mean, max(0.0, middle - half), min(1.0, middle + half)
    return (mean, math.nan, math.nan) if error is None else (mean, mean - Z95 * error, mean + Z95 * error)


# Sweeps


def _sweep_parts(study: "Study") -> list[str]:
    summary = study.summary
    head = _head(study, counted(summary["points"], "point"), f"{counted(summary['replicates'], 'run')} of each", _failed(summary))
    outcome = headline_outcome(study)
    if outcome is None:
        return [head, paragraph("Nothing was measured.")]
    points = sorted(summary["by_point"], key=lambda one: tuple(one["at"][factor] for factor in summary["factors"]))
    marks = [mean_interval(one["outcomes"].get(outcome.name, {}), outcome.is_share) for one in points]
    factors = {name: [one["at"][name] for one in points] for name in summary["factors"]}
    told = _extremes_told(outcome, factors, [mark[0] for mark in marks])
    return [head, told, _sweep_figure(study, outcome, factors, marks), folded(f"All outcomes ({len(summary['outcomes'])})", _sweep_table(study))]


def _failed(summary: Mapping[str, Any]) -> str:
    count = summary["failures"]["count"]
    return f"{counted(count, 'run')} failed" if count else ""


def _extremes_told(outcome: Outcome, factors: Mapping[str, Sequence[float]], means: Sequence[float]) -> str:
    known = [at for at in range(len(means)) if math.isfinite(means[at])]
    if not known:
        return big(ABSENT, outcome.title)
    low, high = min(known, key=lambda at: means[at]), max(known, key=lambda at: means[at])

    def where(at: int) -> str:
        return ", ".join(f"{name} {number(values[at])}" for name, values in list(factors.items())[:3])

    value = f"{percent(means[low])} to {percent(means[high])}" if outcome.is_share else f"{number(means[low])} to {with_unit(means[high], outcome.unit)}"
    if means[low] == means[high]:
        return big(outcome.told(means[low]), f"{_of_runs(outcome)}{outcome.title}, at all points alike")
    return big(value, f"{_of_runs(outcome)}{outcome.title}; least at {where(low)}, most at {where(high)}")


def _of_runs(outcome: Outcome) -> str:
    return "of runs: " if outcome.is_share else ""


def _sweep_figure(study: "Study", outcome: Outcome, factors: Mapping[str, Sequence[float]], marks: Sequence[tuple[float, float, float]]) -> str:
    sizes = {name: len(set(values)) for name, values in factors.items()}
    if len(factors) == 2 and math.prod(sizes.values()) == len(marks) and all(1 < size <= 30 for size in sizes.values()):
        return _grid(study, outcome, factors, marks)
    note = "Points: means with 95 % intervals." if len(factors) == 1 else "Points: means; each figure has all of them over one of the factors."
    return "".join(_over(study, outcome, name, values, marks, len(factors) == 1) for name, values in list(factors.items())[:4]) + paragraph(note, faint=True)


def _axis_of(study: "Study", factor: str) -> str:
    parameter = study._scenario.parameters.get(factor)
    return f"{factor}, {parameter.unit}" if parameter is not None and parameter.unit else factor


def _over(study: "Study", outcome: Outcome, name: str, values: Sequence[float], marks: Sequence[tuple[float, float, float]], alone: bool) -> str:
    ends = [x for mark in marks for x in (mark if alone else mark[:1])]
    plot = _figures.Plot(f"{outcome.axis} over {name}", _figures.range_of(values), _figures.range_of(ends), shares=outcome.is_share, y_title=outcome.axis, x_title=_axis_of(study, name),
                         height=260 if alone else 200)
    if alone:
        plot.line(values, [mark[0] for mark in marks], width=1.5)
    for x, (mean, low, high) in zip(values, marks):
        if math.isfinite(mean):
            if alone and math.isfinite(low):
                plot.whisker(x, low, high)
            plot.dot(x, mean, size=3.5 if alone else 2.2, opacity=1 if alone else 0.6)
    return plot.svg()


def _grid(study: "Study", outcome: Outcome, factors: Mapping[str, Sequence[float]], marks: Sequence[tuple[float, float, float]]) -> str:
    (first, xs), (second, ys) = factors.items()
    columns, rows = sorted(set(xs)), sorted(set(ys))
    cells = [[math.nan] * len(columns) for _ in rows]
    for x, y, mark in zip(xs, ys, marks):
        cells[rows.index(y)][columns.index(x)] = mark[0]
    drawn = _figures.grid(f"{outcome.axis} over {first} and {second}", _axis_of(study, first), _axis_of(study, second), [number(x) for x in columns], [number(y) for y in rows], cells, outcome.is_share)
    return drawn + paragraph(f"In each cell the mean: {outcome.axis}.", faint=True)


def _sweep_table(study: "Study") -> str:
    rows = []
    for name, one in study.summary["outcomes"].items():
        noise = one.get("noise_share")
        rows.append([name, number(one.get("mean")), *(number((one.get(end) or {}).get("mean")) for end in ("min", "max")), one.get("unit", ""), percent(noise)])
    return table(["outcome", "mean", "least mean", "greatest mean", "unit", "variance by chance"], rows, (1, 2, 3, 5))


# Sensitivity


def _sensitivity_parts(study: "Study") -> list[str]:
    summary = study.summary
    is_sobol = summary["method"] == "sobol"
    head = _head(study, "Sobol indices" if is_sobol else "Morris elementary effects", counted(summary["points"], "point"), f"{counted(summary['replicates'], 'run')} of each", _failed(summary))
    index = "total" if is_sobol else "mu_star"

    def indices(name: str) -> Mapping[str, Any]:
        return summary["outcomes"][name].get("indices") or {}

    outcome = headline_outcome(study, lambda name: any(one.get(index) is not None for one in indices(name).values()))
    if outcome is None:
        return [head, paragraph("No outcome varies with the factors.")]
    ranked = sorted(indices(outcome.name).items(), key=lambda one: -(one[1].get(index) if one[1].get(index) is not None else -math.inf))
    words = "total-order index" if is_sobol else "mean absolute effect μ*"
    styles = ("first", "total") if is_sobol else ("mu_star",)
    marks = [[_mark(one, kind) for kind in styles] for _, one in ranked[:20]]
    drawn = _figures.forest(f"What {outcome.title} depends on", "index: share of the variance" if is_sobol else f"μ*, {outcome.unit or 'no unit'}", [name for name, _ in ranked[:20]], marks, bars=True, styles=(1, 0) if is_sobol else (0,))
    note = "Orange: first order; blue: total order; lines: 95 % intervals." if is_sobol else "Lines: 95 % intervals."
    noise = summary["outcomes"][outcome.name].get("noise_share")
    chance = paragraph(f"{percent(noise)} of the variance between runs is chance.") if noise is not None else ""
    return [head, _ranking_told(outcome, ranked, index, words), drawn, paragraph(note, faint=True), chance, folded(f"All outcomes ({len(summary['outcomes'])})", _indices_table(study, styles))]


def _mark(one: Mapping[str, Any], kind: str) -> tuple[float, float, float] | None:
    value = one.get(kind)
    low, high = one.get(kind + "_interval") or (math.nan, math.nan)
    return None if value is None else (value, math.nan if low is None else low, math.nan if high is None else high)


def _ranking_told(outcome: Outcome, ranked: Sequence[tuple[str, Mapping[str, Any]]], index: str, words: str) -> str:
    marks = [_mark(one, index) for _, one in ranked]
    first = marks[0]
    assert first is not None  # the outcome was chosen for it
    value = f"{words} {number(first[0])}, 95 % interval {interval(first[1], first[2])}"
    if len(ranked) > 1 and (second := marks[1]) is not None and not first[1] > second[2]:
        return big(ranked[0][0], f"and {ranked[1][0]} are not told apart as what “{outcome.title}” depends on most ({value})")
    return big(ranked[0][0], f"is what “{outcome.title}” depends on most ({value})")


def _indices_table(study: "Study", styles: Sequence[str]) -> str:
    rows = []
    for name, one in study.summary["outcomes"].items():
        found = {factor: _mark(values, styles[-1]) for factor, values in (one.get("indices") or {}).items()}
        known = {factor: mark for factor, mark in found.items() if mark is not None}
        if not known:
            rows.append([name, "does not vary" if not one.get("variance") and not one.get("sd") else ABSENT, "", ""])
            continue
        top = max(known, key=lambda factor: known[factor][0])
        rows.append([name, top, number(known[top][0]), interval(*known[top][1:])])
    return table(["outcome", "depends most on", {"total": "total order", "mu_star": "μ*"}[styles[-1]], "95 % interval"], rows, (2, 3))


# Comparisons


def _comparison_parts(study: "Study") -> list[str]:
    summary = study.summary
    names, base = [one["name"] for one in summary["alternatives"]], summary["baseline"]
    head = _head(study, f"{counted(summary['replicates'], 'run')} of each, {summary['pairing']}", _failed(summary))
    outcome = headline_outcome(study)
    if outcome is None:
        return [head, paragraph("Nothing was measured.")]
    found = summary["outcomes"][outcome.name]
    others = [name for name in names if name != base]
    alike = ", ".join(f"{outcome.told(found['means'][name]['mean'])} with {name}" for name in others[:8])
    told = big(outcome.told(found["means"][base]["mean"]), f"{'of runs ' if outcome.is_share else ''}in {base}: {outcome.title}; {alike}")
    scale = 100 if outcome.is_share else 1
    marks = [[_difference(found["versus"].get(name), scale)] for name in others]
    level = percent(summary["confidence"])
    drawn = _figures.forest(f"{outcome.title}: differences from {base}", f"difference from {base}, {'percentage points' if outcome.is_share else outcome.unit or 'no unit'}", others, marks, styles=tuple(range(1, len(others) + 1)))
    note = paragraph(f"Points: mean differences from {base}{', run by run' if summary['pairing'] == 'paired' else ''}, with {level} intervals.", faint=True)
    return [head, told, drawn if others else "", note, folded(f"All outcomes ({len(summary['outcomes'])})", _differences_table(study, base, others))]


def _difference(one: Mapping[str, Any] | None, scale: float = 1) -> tuple[float, float, float] | None:
    if one is None or one.get("difference") is None:
        return None
    low, high = one.get("interval") or (None, None)
    return one["difference"] * scale, math.nan if low is None else low * scale, math.nan if high is None else high * scale


def _differences_table(study: "Study", base: str, others: Sequence[str]) -> str:
    rows = []
    for name, one in study.summary["outcomes"].items():
        row = [name, number(one["means"][base]["mean"])]
        for other in others[:6]:
            mark = _difference(one["versus"].get(other))
            row.append(ABSENT if mark is None else f"{number(mark[0])} ({interval(mark[1], mark[2])})")
        rows.append([*row, one.get("unit", "")])
    return table(["outcome", base, *(f"{other} − {base}" for other in others[:6]), "unit"], rows, range(1, 2 + min(len(others), 6)))


# Scores


def _score_parts(study: "Study") -> list[str]:
    summary = study.summary
    origins = summary["origins"]
    head = _head(study, f"record from {origins[0]['since']} to {origins[-1]['until']}", counted(summary["runs"], "run"), f"{counted(len(origins), 'origin')}" if len(origins) > 1 else "")
    verdicts = summary["verdict"]
    pooled_verdict = paragraph(verdicts[0]) if verdicts else ""
    others = folded(f"By group ({len(verdicts) - 1})", "".join(map(paragraph, verdicts[1:40]))) if len(verdicts) > 1 else ""
    left_out = paragraph("Left out: " + "; ".join(summary["left_out"][:6]), faint=True) if summary["left_out"] else ""
    columns = ["group", "rule", "items", "score", "against", "its score", "skill", "95 % interval", "verdict"]
    rows: list[list[str]] = []
    pooled: list[list[str]] = []
    for one in summary["scores"]:
        for baseline, against in one["against"].items():
            skill = against["skill"]
            row = [one["group"] or "all", spoken(one["rule"]), number(one["items"]), number(against["score"]), spoken(baseline), number(against["baseline"]), number(skill["value"]), interval(*(skill["interval"] or (None, None))),
                   _VERDICTS.get(against["verdict"], against["verdict"])]
            (rows if one["group"] else pooled).append(row)
    pooled_table = table(columns, pooled, (2, 3, 5, 6, 7)) if pooled else ""
    return [head, pooled_verdict, pooled_table, others, left_out, folded(f"Scores by group ({len(rows)})", table(columns, rows, (2, 3, 5, 6, 7)))]


_VERDICTS = {"undecided": "not told apart"}


# Calibration


def _calibration_parts(study: Calibration) -> list[str]:
    summary = study.summary
    head = _head(study, f"{'ABC' if summary['method'] == 'abc' else summary['method']} on the record to {summary['until']}", counted(summary["particles"], "particle"), counted(summary["runs"], "run"))
    findings = "".join(paragraph(one) for one in summary["findings"][:6])
    posterior, rows = study.posterior, []
    figures: list[str] = []
    weights = posterior["weight"].to_numpy() if "weight" in posterior else None
    for name, one in summary["parameters"].items():
        prior, after = one["prior"], one["posterior"]
        rows.append([name, f"{number(prior['median'])} ({interval(prior['q05'], prior['q95'])})", f"{number(after['median'])} ({interval(after['q05'], after['q95'])})", one["unit"],
                     "informed" if one["informed"] else "as the prior"])
        if len(figures) < 8:
            figures.append(_posterior_figure(name, one, posterior[name].to_numpy(), weights))
    more = paragraph(f"The first 8 of {len(rows)} parameters are drawn.", faint=True) if len(rows) > 8 else ""
    note = paragraph("Boxes: posterior; dashed: prior; thick line: 5–95 % of the posterior.", faint=True)
    return [head, findings, table(["parameter", "prior, 5–95 %", "posterior, 5–95 %", "unit", "by the record"], rows, (1, 2)), *figures, note, more]


def _posterior_figure(name: str, one: Mapping[str, Any], values: "NDArray[Any]", weights: Any) -> str:
    import numpy

    prior = one["prior"]
    low, high = min(prior["q05"], values.min()), max(prior["q95"], values.max())
    heights, edges = numpy.histogram(values, bins=min(24, max(6, int(len(values) ** 0.5))), range=(low, high) if high > low else None, weights=weights, density=True)
    density, after = density_of(prior.get("distribution", "")), one["posterior"]
    axis = name + (f", {one['unit']}" if one["unit"] else "") + ("" if density else f"; prior {prior.get('distribution') or interval(prior['q05'], prior['q95'])}")
    return _figures.histogram(f"Posterior of {name}", axis, edges.tolist(), heights.tolist(), density, (after["q05"], after["q95"]))


def density_of(distribution: str) -> Callable[[float], float] | None:
    """The density of `beta(3, 9)` and its like; None for what has none."""
    form, _, rest = distribution.rstrip(")").partition("(")
    try:
        numbers = [float(one) for one in rest.split(",")]
        a, b = numbers
    except ValueError:
        return None
    if form == "uniform" and b > a:
        return lambda x: 1 / (b - a) if a <= x <= b else 0.0
    if form == "loguniform" and b > a > 0:
        return lambda x: 1 / (x * math.log(b / a)) if a <= x <= b else 0.0
    if form == "normal" and b > 0:
        return lambda x: math.exp(-(((x - a) / b) ** 2) / 2) / (b * math.sqrt(2 * math.pi))
    if form == "lognormal" and b > 0:
        return lambda x: math.exp(-(((math.log(x) - a) / b) ** 2) / 2) / (x * b * math.sqrt(2 * math.pi)) if x > 0 else 0.0
    if form == "beta":
        scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
        return lambda x: math.exp(scale + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x)) if 0 < x < 1 else 0.0
    return None


# Conditioning


def _condition_parts(study: Condition) -> list[str]:
    import numpy

    summary = study.summary
    head = _head(study, f"record to {summary['until']}", counted(summary["runs"], "run"), f"seed {summary['identity']['seed']}", f"variant {summary['identity']['variant']}" if summary["identity"]["variant"] else "")
    told = big(f"{number(summary['log_likelihood'], 4)}", f"log-likelihood of the record (standard error {number(summary['standard_error'], 2)}); the runs at its end count as {number(summary['effective_runs'])} independent ones")
    names = list(summary["measures"])
    name = headline_of(study._scenario, names)
    if name is None:
        return [head, told]
    one, filtered = summary["measures"][name], study.filtered
    moments = filtered["time"]
    dated = moments.dtype.kind == "M" or str(moments.dtype).startswith("period")
    texts = moments.astype(str)
    xs = (texts.to_numpy(dtype="datetime64[D]").astype(float) if dated else texts.str.extract(r"(\d+)")[0].astype(float).to_numpy()).tolist()
    quantiles = numpy.array([filtered[f"{name}_q{q}"].to_numpy() for q in ("05", "25", "50", "75", "95")])
    title = title_of(study._scenario.measures.get(name, {}), name)
    drawn = paragraph(f"{title}, given the record up to each moment; at its end {with_unit(one['mean'], one['unit'])} on the mean (5–95 % {interval(one['q05'], one['q95'])}).") + fan_html(title, one["unit"], xs, None, quantiles, filtered[name].to_numpy(), dated)
    rows = [[record["time"], shortened(capitalised(record["what"])), number(record.get("log_chance", record.get("log_density")))] for record in summary["record"]]
    return [head, told, drawn, folded(f"The record ({len(rows)})", table(["by", "what", "log-likelihood"], rows, (2,)))]


_PARTS: dict[type, Callable[[Any], list[str]]] = {
    Sweep: _sweep_parts,
    Sensitivity: _sensitivity_parts,
    Comparison: _comparison_parts,
    Score: _score_parts,
    Calibration: _calibration_parts,
    Condition: _condition_parts,
}
