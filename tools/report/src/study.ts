// Which sections a page has, by what was studied.
import { compared_of, curve_of, curves_of, differences_of, events_of, facts_of, factors_of, kinds_of, outcomes_of, rankings_of, series_of, side_by_side_of,
    times_of, titles_of, type Words } from "./adapt";
import type { CalibrationData } from "./calibration_data";
import { fitted_parameters, generations_table, pairs_table, parameters_table, posterior_pairs, posterior_shape, rank_histograms, ranks_table, record_predicted } from "./calibrations";
import { style_of_alternative } from "./alternatives";
import { comparison_curves, date_curves, dates_of, dates_table } from "./dates";
import { paired_differences, side_by_side } from "./comparisons";
import type { Report } from "./data";
import type { EnsembleData, ScalarData } from "./ensemble_data";
import type { ScenarioData } from "./scenario_data";
import type { ComparisonData, ScoreData, SensitivityData, SweepData } from "./studies_data";
import { dates_by_outcome, parted_in_place, rows_by_outcome, scalars_by_outcome } from "./by_outcome";
import { element } from "./dom";
import { event_counts } from "./events";
import { headline_nodes, headline_of_figures, title_of_headline, type HeadlineSources } from "./headline";
import { findings, masthead, page_of, type Section } from "./masthead";
import { odd_sections } from "./odd";
import { outcomes_section } from "./outcomes";
import { over_time } from "./over_time";
import { grid_figure } from "./grid";
import { map_figure } from "./map";
import { Parting } from "./parting";
import { moments_of } from "./moments";
import { relation_network } from "./relations";
import { replay_section } from "./replay";
import { model_chapters, provenance_section } from "./scenario_page";
import { rows_table } from "./rows";
import { code_cell } from "./scenario";
import { rankings } from "./sensitivities";
import { calibration_charts, scores_tables } from "./scores";
import type { StudyGroups } from "./study_groups";
import { study_outcomes } from "./study_outcomes";
import type { StudyRunsData } from "./study_runs_data";
import { sweep_charts } from "./sweeps";
import { scrolling_table, type Cell } from "./table";
import { whose_of } from "./whose";

const kickers: Record<Report["kind"], string> = {
    run: "Entente · ensemble of runs",
    sweep: "Entente · sweep",
    sensitivity: "Entente · sensitivity analysis",
    condition: "Entente · given the record",
    compare: "Entente · comparison",
    score: "Entente · score against the record",
    calibrate: "Entente · calibration",
    describe: "Entente · model description",
};

/** A sentence in the place of a figure, if there is one. */
const told = (sentence: string): Node[] => sentence === "" ? [] : [element("p", {}, sentence)];

function ensemble_sections(data: EnsembleData, scenario: ScenarioData, about: About, { series, curves }: HeadlineSources): Section[] {
    const parting = new Parting(data.outcomes !== null);
    const whose = whose_of(data, parting);
    const date_kept: { title: string | null } = { title: null };
    const map = data.map === null ? null : map_figure(data.map, data.network, moments_of(data), whose);
    return [
        { id: "outcomes", title: "Which runs went that way", nodes: data.outcomes === null ? [] : outcomes_section(data.outcomes, data, parting) },
        { id: "over-time", title: "Over time", nodes: series.length === 0 ? [] : over_time(series, facts_of(scenario), data.years_in_part, scenario.timeline_note, about.names, about.words, parting) },
        { id: "dates", title: "Dates", nodes: curves.length === 0 ? []
            : parted_in_place([date_curves(curves, times_of(data.times), "Share of runs in which it has happened."), dates_table(curves)], parting, (now) => dates_by_outcome(data, now, date_kept)) },
        { id: "once", title: "One value per run", nodes: data.scalars.length === 0 ? [] : parted_in_place(once_tables(data), parting, (now) => scalars_by_outcome(data, now)) },
        { id: "by-row", title: data.by_row.length === 1 ? `By ${data.by_row[0]!.kind}` : "By row", nodes: data.by_row.length === 0 ? [] : parted_in_place(data.by_row.map(rows_table), parting, (now) => data.by_row.map((rows) => rows_by_outcome(data, rows, now))) },
        { id: "map", title: "Map", nodes: map === null ? [] : [map] },
        { id: "grid", title: "Grid", nodes: data.grids.map((grid) => grid_figure(grid, moments_of(data), whose.told)) },
        { id: "events", title: "Events", nodes: data.events === null || data.events.events.length === 0 ? told(data.no_events)
            : event_counts(events_of(data.events), data.events.years, [data.events_over, data.years_in_part === "" ? "" : `${data.years_in_part}.`].filter((sentence) => sentence !== "").join(" "), parting) },
        { id: "replay", title: "What happened in one run", nodes: replay_section(data) },
        { id: "relations", title: "Relations", nodes: data.network === null || kinds_of(data.network).length === 0 ? told(data.no_network)
            : [relation_network(data.network.agents, kinds_of(data.network), times_of(data.network.times), [data.means_over, data.not_drawn], moments_of(data), whose)] },
    ];
}

function once_tables(data: EnsembleData): HTMLElement[] {
    const titles = titles_of(data.scalars);
    const recorded = data.scalars.some((one) => one.observed !== null);
    const [shared, numeric] = [data.scalars.filter((one) => one.shares !== ""), data.scalars.filter((one) => one.shares === "")];
    const title = (one: ScalarData): string => titles[data.scalars.indexOf(one)]!;
    return [...(numeric.length === 0 ? [] : [scrolling_table({
        caption: "Measures with one value per run.",
        columns: [{ title: "measure" }, { title: "unit" }, ...["mean", "standard error", "median", "5 %", "95 %", ...(recorded ? ["observed"] : [])].map((title) =>
            ({ title, numeric: true }))],
        rows: numeric.map((one) => [title(one), one.unit, one.mean, one.standard_error, one.q50, one.q05, one.q95, ...(recorded ? [one.observed] : [])]),
    })]), ...(shared.length === 0 ? [] : [scrolling_table({
        caption: "Measures with one value per run that has a name: share of runs on each level.",
        columns: [{ title: "measure" }, { title: "share of runs" }],
        rows: shared.map((one) => [title(one), one.shares]),
    })])];
}

/** A name by which `--set` sets it as code, a label as it is. */
const parameter_cell = (name: string, about: About): Cell => about.parameter(name) === "" ? name : code_cell(name);

/** What was varied, in words, and between which ends. */
function varied_parameters(data: SweepData, about: About): HTMLElement {
    return scrolling_table({
        caption: "Varied parameters.",
        name: "parameters",
        columns: [{ title: "parameter" }, { title: "what it is" }, { title: "unit" }, ...["from", "to", "values"].map((title) => ({ title, numeric: true }))],
        rows: data.factors.map((factor) => [parameter_cell(factor.name, about), about.parameter(factor.name), factor.unit, factor.values.reduce((least, value) => Math.min(least, value), Infinity),
            factor.values.reduce((most, value) => Math.max(most, value), -Infinity), new Set(factor.values).size]),
    });
}

/** Single runs of a study by their outcome; `alternatives` are those of a comparison. */
function study_outcomes_section(data: StudyRunsData | undefined, alternatives: readonly string[], remark: string, parting: Parting<StudyGroups>): Section {
    return { id: "outcomes", title: "Which runs went that way", nodes: data === undefined ? [] : study_outcomes(data, alternatives, remark, parting) };
}

function sweep_sections(data: SweepData, about: About, runs: StudyRunsData | undefined): Section[] {
    const outcomes = outcomes_of(data, about.measures);
    const parting = new Parting<StudyGroups>();
    return [{ id: "sweep", title: "Outcomes over parameters", nodes: data.outcomes.length === 0 || data.factors.length === 0 ? []
        : sweep_charts(factors_of(data), outcomes, outcomes.find((outcome) => about.names.includes(outcome.name)) ?? null, parting).concat(varied_parameters(data, about)) },
    study_outcomes_section(runs, [], data.factors.length > 1 ? "The figure over one parameter can show both groups; that over two is of all runs." : "The figure above can show both groups.", parting)];
}

function sensitivity_sections(data: SensitivityData, about: About, runs: StudyRunsData | undefined): Section[] {
    return [{ id: "sensitivity", title: "Which parameters matter", nodes: data.outcomes.length === 0 ? []
        : [rankings(rankings_of(data, about.measures), data.indices, data.rank_by, [data.note], about.names.find((name) => data.outcomes.some((outcome) => outcome.name === name)) ?? null), scrolling_table({
            caption: "Varied parameters and their ranges.",
            name: "parameters",
            columns: [{ title: "parameter" }, { title: "what it is" }, { title: "unit" }, { title: "varied by" }, { title: "from", numeric: true }, { title: "to", numeric: true }],
            rows: data.factors.map((factor) => [parameter_cell(factor.name, about), about.parameter(factor.name), factor.unit, factor.how, factor.low, factor.high]),
        })] }, study_outcomes_section(runs, [], "The indices above are of all runs, whatever their outcome.", new Parting<StudyGroups>())];
}

function comparison_sections(data: ComparisonData, about: About, runs: StudyRunsData | undefined): Section[] {
    const [base, ...others] = data.alternatives;
    const titles = titles_of(data.dates);
    const dates = data.dates.map((date, at) => ({ name: date.name, title: titles[at]!, curves: date.alternatives.map((one, which) => curve_of(one, data.alternatives[which]!, style_of_alternative(which))) }));
    const when = times_of(data.times);
    return [
        { id: "differences", title: "Differences", nodes: data.measures.length === 0 ? [] : [paired_differences(differences_of(data, about.measures), others, base ?? "", data.note, about.names)] },
        { id: "courses", title: "Side by side", nodes: data.courses.length === 0 ? [] : [side_by_side(side_by_side_of(data, about.measures), data.band_label, data.middle_label, about.names)] },
        { id: "dates", title: "Dates", nodes: dates.length === 0 ? []
            : [comparison_curves(dates, when.length > 1 ? when : dates_of(dates.flatMap((date) => date.curves)), about.names)] },
        study_outcomes_section(runs, data.alternatives, "The figures above are of all runs, whatever their outcome.", new Parting<StudyGroups>()),
    ];
}

function score_sections(data: ScoreData): Section[] {
    return [
        { id: "scores", title: "Scores", nodes: data.groups.length === 0 ? [] : scores_tables(data) },
        { id: "calibration", title: "Are the chances what they say", nodes: calibration_charts(data) },
    ];
}

function calibration_sections(data: CalibrationData): Section[] {
    if (data.ranks.length > 0) {
        return [{ id: "ranks", title: "Ranks of the truths", nodes: [rank_histograms(data.ranks), ranks_table(data.ranks)] }];
    }
    return [
        { id: "parameters", title: "Parameters before and after", nodes: data.parameters.length === 0 ? [] : [fitted_parameters(data), parameters_table(data), posterior_shape(data)] },
        { id: "pairs", title: "Pairs", nodes: data.pairs.length === 0 ? [] : [posterior_pairs(data), pairs_table(data)] },
        { id: "record", title: "The record", nodes: data.record.length === 0 ? [] : [record_predicted(data)] },
        { id: "generations", title: "How it went", nodes: [...told(data.end), ...(data.generations.length === 0 ? [] : [generations_table(data)])] },
    ];
}

/** What the page is about: names of measures and outcomes, and the first in words. */
interface About {
    names: readonly string[];
    words: string;
    /** What measures are called. */
    measures: Words;
    /** What a parameter is, as the scenario says it. */
    parameter: (name: string) => string;
}

function sources_of(report: Report): HeadlineSources {
    const { ensemble, sweep, sensitivity, comparison } = report;
    return {
        series: ensemble === undefined ? [] : series_of(ensemble),
        curves: ensemble === undefined ? [] : curves_of(ensemble),
        when: ensemble === undefined ? [] : times_of(ensemble.times),
        alternatives: comparison?.alternatives ?? [],
        compared: comparison === undefined ? [] : compared_of(comparison, report.scenario.measures),
        factors: sweep === undefined ? [] : factors_of(sweep),
        outcomes: sweep === undefined ? [] : outcomes_of(sweep, report.scenario.measures),
        rankings: sensitivity === undefined ? [] : rankings_of(sensitivity, report.scenario.measures),
        indices: sensitivity?.indices ?? [],
        rank_by: sensitivity?.rank_by ?? 0,
    };
}

/** All nodes of a page, in their order. */
export function page(report: Report): Node[] {
    const sources = sources_of(report);
    const headline = report.headline.length > 0 ? report.headline : headline_of_figures(sources);
    const about: About = { names: headline.map((answer) => answer.measure), words: headline[0] === undefined ? "" : title_of_headline(headline[0], sources),
        measures: report.scenario.measures, parameter: (name) => report.scenario.parameters.find((one) => one.name === name)?.about ?? "" };
    const is_described = report.odd !== undefined;
    const head = masthead({ kicker: kickers[report.kind], title: report.title, about: is_described ? "" : report.about, facts: report.facts,
        answer: headline_nodes(headline, sources) });
    const results = [
        ...(report.ensemble === undefined ? [] : ensemble_sections(report.ensemble, report.scenario, about, sources)),
        ...(report.sweep === undefined ? [] : sweep_sections(report.sweep, about, report.study_runs)),
        ...(report.sensitivity === undefined ? [] : sensitivity_sections(report.sensitivity, about, report.study_runs)),
        ...(report.comparison === undefined ? [] : comparison_sections(report.comparison, about, report.study_runs)),
        ...(report.score === undefined ? [] : score_sections(report.score)),
        ...(report.calibration === undefined ? [] : calibration_sections(report.calibration)),
    ];
    const chapters = model_chapters(report.scenario, is_described);
    const described = is_described || report.kind === "describe";
    return page_of(head, [
        { id: "content", title: "Findings", nodes: report.findings.length === 0 ? [] : [findings(report.findings)] },
        ...results,
        ...odd_sections(report.odd ?? []),
        ...(described ? chapters.map((chapter) => ({ id: chapter.id, title: chapter.title, nodes: chapter.make() })) : []),
    ], described ? [] : chapters, provenance_section(report.provenance));
}
