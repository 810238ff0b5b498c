"""How things look in a notebook: one HTML text each, that needs nothing else; at most some 60 kB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterable, Mapping, Sequence

from . import _figures
from ._words import ABSENT, capitalised, clean, counted, day, interval, number, percent, spoken, with_unit

if TYPE_CHECKING:
    from ._runs import Came, Runs
    from ._scenario import Scenario
    from ._studies import Study

#: Runs below which they are drawn, and not their quantiles.
FEW_RUNS = 20
#: Moments that a figure draws at most, points of single runs, and rows that a table has at most.
MOST_MOMENTS, MOST_POINTS, MOST_ROWS = 300, 2400, 60
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)

# Notebooks say in one of these ways that their paper is dark; then lines are lighter.
_DARK = "--entente-1:#5cb4ec;--entente-2:#f28b4b;--entente-3:#35bd92;--entente-4:#d98bbb;--entente-5:#d6b44a;--entente-6:#b3b7bf;--entente-ink:#10141a"
_DARK_PAPER = ("[data-jp-theme-light=false] .entente", ".vscode-dark .entente", ".vscode-high-contrast .entente", "[data-theme=dark] .entente", "html[theme=dark] .entente")
STYLE = (
    "<style>.entente{font:14px/1.45 system-ui,sans-serif;max-width:640px}.entente details{width:max-content;max-width:min(920px,95vw)}.entente table{border-collapse:collapse;font-size:12px;margin:.4em 0;font-variant-numeric:tabular-nums}"
    ".entente th,.entente td{padding:.15em .7em .15em 0;text-align:left!important;vertical-align:top;border:0;background:none;max-width:28em;white-space:normal}"
    ".entente th{font-weight:600;border-bottom:1px solid}.entente .n{text-align:right!important;white-space:nowrap}"
    f"{','.join(_DARK_PAPER)}{{{_DARK}}}</style>"
)


def page(*parts: str) -> str:
    return f'{STYLE}<div class="entente">{"".join(parts)}</div>'


def heading(title: str, facts: Iterable[str]) -> str:
    return f'<div style="font-weight:600;font-size:1.1em">{clean(title)}</div><div style="opacity:.75;font-size:12px">{" · ".join(clean(one) for one in facts if one)}</div>'


def big(value: str, words: str) -> str:
    """A number in large type, and what it is the number of."""
    return f'<div style="margin:.5em 0"><span style="font-size:1.7em;font-weight:600">{clean(value)}</span> {clean(words)}</div>'


def paragraph(text: str, faint: bool = False) -> str:
    return f'<div style="margin:.3em 0{";opacity:.75;font-size:12px" if faint else ""}">{clean(text)}</div>'


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]], numeric: Iterable[int] = ()) -> str:
    """Rows of text; the last ones are counted where there are too many."""
    right = set(numeric)

    def cells(kind: str, row: Sequence[Any]) -> str:
        return "".join(f'<{kind}{" class=n" if at in right else ""}>{clean(one)}</{kind}>' for at, one in enumerate(row))

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows[:MOST_ROWS])
    more = "" if len(rows) <= MOST_ROWS else f'<div style="opacity:.75;font-size:12px">and {counted(len(rows) - MOST_ROWS, "more row")}</div>'
    return f"<table><thead><tr>{cells('th', columns)}</tr></thead><tbody>{body}</tbody></table>{more}"


def folded(title: str, inner: str, is_open: bool = False) -> str:
    return f'<details{" open" if is_open else ""}><summary style="cursor:pointer">{clean(title)}</summary>{inner}</details>'


def shortened(text: str, most: int = 110) -> str:
    text = " ".join(str(text).split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def title_of(measure: Mapping[str, Any], name: str) -> str:
    """People's words for a measure: its label, what it is where that is short, its name."""
    about = measure.get("about", "")
    return measure.get("label") or (capitalised(about) if about and len(about) <= 70 else capitalised(spoken(name)))


def settings_told(scenario: "Scenario") -> list[str]:
    """`weight_aid = 7` for each value that was set."""
    pairs = (one.rpartition("=") for one in scenario._core.settings)
    return [f"{name} = {number(float(value), 6) if value.replace('.', '', 1).isdigit() else value}" for name, _, value in pairs]


def row_told(row: str) -> str:
    return row.replace(" -> ", " → ")


# What it is about


def headline_of(scenario: "Scenario", names: Sequence[str]) -> str | None:
    """The one of these measures that is shown first, in the engine's order: what the scenario names under `headline`, then dates, then the others."""
    return next((name for name in scenario._headline_order() if name in names), None)


# Runs


def runs_html(runs: "Runs") -> str:
    facts = runs._facts
    some = "" if runs._all else f" of {facts['runs']:,}"
    head = heading(facts["title"] or facts["scenario"], [
        f"{len(runs):,}{some} {'run' if len(runs) == 1 and not some else 'runs'}", f"seed {runs.seed}", f"variant {facts['variant']}" if facts["variant"] else "",
        *settings_told(runs.scenario), f"{counted(len(runs.failures), 'run')} failed" if runs.failures else ""])
    if not len(runs):
        return page(head, paragraph("There are no runs of this kind."))
    measures = runs._measures
    of_world = [one for one in measures if not one["kind"]] or measures
    name = headline_of(runs.scenario, [one["name"] for one in of_world])
    if name is None:
        return page(head, paragraph("This scenario measures nothing."))
    shown = _measure_html(runs, next(at for at, one in enumerate(measures) if one["name"] == name))
    return page(head, shown, folded(f"All measures ({len(measures)})", _measures_table(runs)), paragraph(f"digest {runs.digest}" if runs._all else "", faint=True))


def _measure_html(runs: "Runs", number_of: int) -> str:
    measure = runs._measures[number_of]
    if measure["kind"]:
        return _rows_html(runs, number_of)
    if measure["form"] == "date":
        came = runs.came(measure["name"])
        return _came_html(measure, came, runs)
    title, values = title_of(measure, measure["name"]), _finite(runs._values(number_of)[:, 0])
    told = _levels_told(measure, values) if measure["levels"] else _value_told(measure, values)
    if measure["form"] == "series" and measure["has_series"]:
        return told + _series_figure(runs, number_of, title)
    if measure["form"] == "yearly":
        return told + _yearly_figure(runs, number_of, title)
    return told


def _finite(values: Any) -> Any:
    import numpy

    return values[numpy.isfinite(values)]


def _value_told(measure: Mapping[str, Any], values: Any) -> str:
    import numpy

    if not len(values):
        return big(ABSENT, title_of(measure, measure["name"]))
    when = {"series": " at the end", "yearly": " over all years"}.get(measure["form"], "")
    words = f"{title_of(measure, measure['name'])}{when}"
    if len(values) < FEW_RUNS:
        return big(with_unit(values.mean(), measure["unit"]), words + (f", mean of {len(values)} runs" if len(values) > 1 else ""))
    low, high = numpy.quantile(values, (0.05, 0.95))
    return big(with_unit(values.mean(), measure["unit"]), f"{words}, mean; in nine of ten runs {interval(low, high)}")


def _levels_told(measure: Mapping[str, Any], values: Any) -> str:
    if not len(values):
        return big(ABSENT, title_of(measure, measure["name"]))
    shares = [float((values == at).mean()) for at in range(len(measure["levels"]))]
    most = max(range(len(shares)), key=lambda at: shares[at])
    return big(percent(shares[most]), f"of runs end at {measure['levels'][most]}: {title_of(measure, measure['name'])}")


def _axis(runs: "Runs") -> tuple[list[int], list[float], bool]:
    """Places of the moments that are drawn, where they stand on the axis, and whether those are days."""
    import numpy

    moments = runs.scenario._core.moments
    picked = numpy.unique(numpy.linspace(0, len(moments) - 1, min(len(moments), MOST_MOMENTS)).round().astype(int))
    return picked.tolist(), [float(moments[at]) for at in picked], runs.scenario._core.is_dated


def _kept_series(runs: "Runs", number_of: int, row: int = 0) -> Any:
    """Runs × moments that are drawn, of the runs whose series were kept."""
    kept = runs._places[runs._places < runs._facts["series_runs"]]
    return runs._core.series(number_of)[kept][:, _axis(runs)[0], row]


def _series_figure(runs: "Runs", number_of: int, title: str) -> str:
    import numpy

    measure, (_, xs, dated) = runs._measures[number_of], _axis(runs)
    courses = _kept_series(runs, number_of)
    if not len(courses):
        return ""
    if measure["levels"]:
        shares = [(courses == at).mean(axis=0).tolist() for at in range(len(measure["levels"]))]
        return _figures.rungs(title, measure["levels"], xs, shares, dated)
    return fan_html(title, measure["unit"], xs, courses if len(courses) < FEW_RUNS else None, *quantiles_of(courses), dated) if numpy.isfinite(courses).any() else ""


def quantiles_of(courses: Any) -> tuple[Any, Any]:
    """The five courses of quantiles, and the mean, over the runs that have a number at the moment."""
    import numpy

    courses = numpy.where(numpy.isfinite(courses), courses, numpy.nan)
    known = numpy.isfinite(courses).any(axis=0)
    quantiles, mean = numpy.full((5, courses.shape[1]), numpy.nan), numpy.full(courses.shape[1], numpy.nan)
    quantiles[:, known], mean[known] = numpy.nanquantile(courses[:, known], QUANTILES, axis=0), numpy.nanmean(courses[:, known], axis=0)
    return quantiles, mean


def fan_html(title: str, unit: str, xs: Sequence[float], runs: Any, quantiles: Any, mean: Any, dated: bool) -> str:
    if runs is not None and (every := -(-len(runs) * len(xs) // MOST_POINTS)) > 1:
        xs, runs = xs[::-every][::-1], runs[:, ::-every][:, ::-1]
    note = f"{counted(len(runs), 'run')}." if runs is not None else "Bands: 5–95 % and 25–75 % of runs; line: median; dashed: mean."
    return _figures.fan(title, unit, xs, quantiles, mean, runs, dated) + paragraph(note, faint=True)


def _yearly_figure(runs: "Runs", number_of: int, title: str) -> str:
    import numpy

    years, measure = runs._facts["years"], runs._measures[number_of]
    values = runs._core.yearly(number_of)[runs._places, :, 0]
    bounds = [numpy.quantile(one, (0.05, 0.5, 0.95)) if len(one := _finite(values[:, at])) else (numpy.nan,) * 3 for at in range(len(years))]
    plot = _figures.Plot(title, (-0.5, len(years) - 0.5), _figures.range_of(x for one in bounds for x in one), y_title=measure["unit"], x_names=[year_words(year, runs.scenario.dates) for year in years])
    for at, (low, middle, high) in enumerate(bounds):
        if numpy.isfinite(middle):
            plot.whisker(at, low, high)
            plot.dot(at, middle)
    return plot.svg() + paragraph("Points: median by year; whiskers: 5–95 % of runs.", faint=True)


def year_words(year: int, dates: Any) -> str:
    """The year; with a word where the calendar has only a part of it."""
    first, last = dates[0], dates[-1]
    begins_later = first.year == year and (first.month, first.day) > (1, 8)
    ends_before = last.year == year and (last.month, last.day) < (12, 24)
    return f"{year} (part)" if begins_later or ends_before else str(year)


def _rows_html(runs: "Runs", number_of: int) -> str:
    """Of a measure by row: the rows with the highest mean at the end."""
    import numpy

    measure, (_, xs, dated) = runs._measures[number_of], _axis(runs)
    title, names, most = title_of(measure, measure["name"]), measure["row_labels"] or measure["rows"], 6
    told = big(f"{len(names):,}", f"{'rows' if len(names) != 1 else 'row'} of {spoken(measure['kind'])}: {title}")
    if measure["form"] != "series" or not measure["has_series"] or measure["levels"]:
        return told + paragraph("`rows` has their values.", faint=True)
    final = numpy.nan_to_num(runs._core.final(number_of)[runs._places].mean(axis=0), nan=-numpy.inf)
    rows = numpy.argsort(-final, kind="stable")[:most].tolist()
    courses = [quantiles_of(_kept_series(runs, number_of, row))[0][2].tolist() for row in rows]
    note = f"Medians{f' of the {len(rows)} of {len(names):,} rows with the highest mean at the end' if len(names) > most else ''}; `ds` has all of them."
    return told + _figures.lines(title, measure["unit"], [row_told(names[row]) for row in rows], xs, courses, dated) + paragraph(note, faint=True)


def _measures_table(runs: "Runs") -> str:
    rows = [row for at in range(len(runs._measures)) for row in [_measure_row(runs, at)]]
    return table(["measure", "what", "mean or share", "5–95 % or interval", "unit"], rows, (2, 3))


def _measure_row(runs: "Runs", number_of: int) -> list[str]:
    import numpy

    measure = runs._measures[number_of]
    name, title = measure["name"], shortened(measure["label"] or measure["about"] or spoken(measure["name"]))
    if measure["kind"]:
        return [name, title, "", "", f"{len(measure['rows']):,} rows of {measure['kind']}"]
    if measure["form"] == "date":
        came = runs.came(name)
        return [name, title, percent(came.share), interval(came.low, came.high, True), "of runs by the end" + (f"; median {day(came.median)}" if came.median is not None else "")]
    values = _finite(runs._values(number_of)[:, 0])
    if measure["levels"] and len(values):
        most = int(numpy.bincount(values.astype(int)).argmax())
        return [name, title, percent((values == most).mean()), "", f"of runs at {measure['levels'][most]}"]
    if not len(values):
        return [name, title, ABSENT, ABSENT, measure["unit"]]
    ends = interval(*numpy.quantile(values, (0.05, 0.95))) if len(values) >= FEW_RUNS else ""
    return [name, title, number(values.mean()), ends, measure["unit"] + (", at the end" if measure["form"] == "series" and measure["unit"] else "")]


# Whether and when it came


def _came_html(measure: Mapping[str, Any], came: "Came", runs: "Runs") -> str:
    title = title_of(measure, came.name)
    if came.runs == 1:
        return big(day(came.median) if came.came else "never", title)
    return big(percent(came.share), came_words(measure, came, runs)) + _came_figure(came, runs, title)


def came_words(measure: Mapping[str, Any], came: "Came", runs: "Runs") -> str:
    by = f"by {end_words(runs.scenario.dates[-1])}"
    of = f"{came.came} of {came.runs:,}" if came.runs else "none"
    words = f"of runs: {title_of(measure, came.name)} {by} (95 % interval {interval(came.low, came.high, True)}; {of})"
    return words + (f"; in half of all runs by {day(came.median)}" if came.median is not None else "")


def end_words(last: Any) -> str:
    """The end of the calendar: of the year, where at most a week of it is missing."""
    if hasattr(last, "year") and (last.month, last.day) >= (12, 24):
        return f"the end of {last.year}"
    if hasattr(last, "year") and (last.month, last.day) == (1, 1):
        return f"the end of {last.year - 1}"
    return day(last)


def _came_figure(came: "Came", runs: "Runs", title: str) -> str:
    _, moments, dated = _axis(runs)
    ticks = [0.0, *(one[0] for one in came._steps)]
    days = runs.scenario._core.moments
    xs = [float(days[int(tick)]) if dated else tick for tick in ticks] + [moments[-1]]
    columns = [[0.0, *(one[at] for one in came._steps)] for at in (1, 2, 3)]
    xs, share, low, high = _thinned([xs, *([*one, one[-1]] for one in columns)])
    drawn = _figures.survival(title, xs, share, low, high, dated)
    return drawn + paragraph("Kaplan–Meier curve with its 95 % interval.", faint=True)


def _thinned(columns: list[list[float]]) -> list[list[float]]:
    """Columns of one length, with as many rows as a figure draws at most."""
    import numpy

    rows = len(columns[0])
    picked = numpy.unique(numpy.linspace(0, rows - 1, min(rows, MOST_MOMENTS)).round().astype(int)).tolist()
    return [[one[at] for at in picked] for one in columns]


def came_html(came: "Came") -> str:
    runs = came._runs
    measure = next(one for one in runs._measures if one["name"] == came.name.split("[")[0])
    return page(_came_html(measure, came, runs))


# Scenarios


def scenario_html(scenario: "Scenario") -> str:
    model = scenario.resolved
    calendar = model["calendar"]
    when = f"from {calendar['start']}, " if calendar.get("start") else ""
    head = heading(scenario.title or scenario.path, [
        scenario.path if scenario._text is None else "", f"{when}{counted(calendar['ticks'], 'tick')}{' of a ' + str(calendar['step']) if calendar.get('step') else ''}",
        f"variant {scenario._core.variant}" if scenario._core.variant else "", *settings_told(scenario)])
    parts = [head, paragraph(shortened(scenario.about, 600))]
    sections = (("Parameters", _parameters_table), ("Kinds of agents and links", _kinds_table), ("Measures", _scenario_measures), ("Variants", _variants_table))
    for title, make in sections:
        count, inner = make(scenario)
        if count:
            parts.append(folded(f"{title} ({count})", inner))
    return page(*parts)


def _parameters_table(scenario: "Scenario") -> tuple[int, str]:
    rows = []
    for one in scenario.parameters.values():
        bounds = "" if one.range == (float("-inf"), float("inf")) else interval(*one.range)
        rows.append([one.name, number(one.value, 6), one.unit, bounds, one.prior, shortened(one.label or one.about), shortened(one.source, 60)])
    most = 120
    note = paragraph(f"and {counted(len(rows) - most, 'more')}; `parameters` has all", faint=True) if len(rows) > most else ""
    head, tail = rows[:MOST_ROWS], rows[MOST_ROWS:most]
    columns = ["parameter", "value", "unit", "range", "prior", "what it is", "source"]
    return len(rows), table(columns, head, (1,)) + (table(columns, tail, (1,)) if tail else "") + note


def _kinds_table(scenario: "Scenario") -> tuple[int, str]:
    from . import _core

    layout, rows = _core.layout(scenario._core), []
    for name, kind in {**scenario.resolved["agents"], **scenario.resolved["links"]}.items():
        one = layout[name]
        ends = f" {one['source_kind']} → {one['target_kind']}" if one["is_link"] else ""
        rows.append([name, ("links" if one["is_link"] else "agents") + ends, f"{one['rows']:,}", shortened(", ".join(one["fields"])), shortened(", ".join(one["derived"]))])
    return len(rows), table(["kind", "of", "rows", "fields", "derived"], rows, (2,))


def _scenario_measures(scenario: "Scenario") -> tuple[int, str]:
    rows = [[name, shortened(one["value"], 90), one.get("unit", ""), one.get("on", "") or one.get("per", ""), shortened(one.get("about", ""))] for name, one in scenario.measures.items()]
    return len(rows), table(["measure", "value", "unit", "on or per", "what it is"], rows)


def _variants_table(scenario: "Scenario") -> tuple[int, str]:
    variants = scenario.resolved["variants"]
    return len(variants), table(["variant", "what it is"], [[name, shortened(one.get("about", ""), 200)] for name, one in variants.items()])


def study_html(study: "Study") -> str:
    from ._show_studies import html_of

    return html_of(study)
