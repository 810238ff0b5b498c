// The answer first: the number that the page is about, large, beside the figure that it is read from; the others small below it.
import { style_of_alternative } from "./alternatives";
import type { HeadlineData, HeadlineNumber } from "./data";
import type { DateCurve } from "./dates";
import { element } from "./dom";
import { draw_dots, plain_axis, type Dot } from "./dots";
import { draw_fan, has_bands, has_levels } from "./fan";
import { drawing, figure } from "./figure";
import { capitalised, in_words, is_share, number, share_in_percent, spoken, unit_words } from "./format";
import type { Series } from "./over_time";
import { draw_ranking, leader, ranked_rows, ranking_key, type Ranking } from "./sensitivities";
import { small_fan, small_steps } from "./small";
import { draw_curves } from "./survival";
import { answer_note, colour_key, draw_answer, laid_out, titled, usable, type Factor, type Outcome } from "./sweeps";
import { date_cell, type Table } from "./table";

/** What there is to draw of headlines, by what was studied. */
export interface HeadlineSources {
    series: readonly Series[];
    curves: readonly DateCurve[];
    when: readonly number[];
    alternatives: readonly string[];
    /** Measures that alternatives are compared by. */
    compared: readonly { name: string; title: string; unit: string }[];
    factors: readonly Factor[];
    outcomes: readonly Outcome[];
    rankings: readonly Ranking[];
    indices: readonly string[];
    rank_by: number;
}

interface Drawn {
    title: string;
    note: string;
    draw: (width: number, height: number) => SVGSVGElement;
    key: HTMLElement | null;
    table: () => Table;
    small: (() => SVGSVGElement) | null;
    /** Whether the drawing bears all the numbers, so that the first alone stands beside it. */
    has_numbers: boolean;
}

const nothing = (): void => { /* the first screen is read, not worked */ };

/** A date: the share of runs in which it has come. */
function of_curve(curve: DateCurve, when: readonly number[], answer: HeadlineData): Drawn {
    const ends = [answer.numbers[0]?.number ?? ""];
    const bands = answer.numbers[0]?.interval !== "";  // of a single run there is none
    return {
        title: `${curve.name}: share of runs in which it has happened.`,
        note: bands ? "Kaplan–Meier estimate with its pointwise 95 % interval." : "",
        draw: (width, height) => draw_curves([curve], width, {
            label: `${curve.name}. ${answer.sentence}`, when, stretch: { from: 0, to: when.length - 1 }, bands, cursor: -1, height, ends, fits: true,
            on_frame: nothing, on_hover: nothing, on_zoom: nothing }),
        key: null,
        table: () => ({
            caption: `${curve.name}: share of runs in which it has happened by a date, with the 95 % interval.`,
            columns: [{ title: "date" }, ...["share", "low", "high"].map((title) => ({ title, unit: "share of runs", numeric: true }))],
            rows: curve.when.map((at, step) => [date_cell(at), curve.share[step]!, curve.low[step]!, curve.high[step]!]),
        }),
        small: () => small_steps(curve, when[0] ?? 0, when.at(-1) ?? 1),
        has_numbers: true,
    };
}

/** A series: its quantiles, or the shares of its levels. */
function of_series(series: Series, answer: HeadlineData): Drawn {
    const { fan } = series;
    const levels = has_levels(fan);
    const words = unit_words(series.unit);
    return {
        title: levels ? `${series.title}: share of runs on each level.` : `${series.title}${words === "" ? "" : `, in ${words}`}.`,
        note: levels ? "" : has_bands(fan) ? "Line: median; bands: half and nine tenths of the runs." : fan.runs?.length === 1 ? "" : "Each line is a run.",
        draw: (width, height) => draw_fan(fan, width, {
            label: `${series.title}. ${answer.sentence}`, unit: series.unit, stretch: { from: 0, to: fan.when.length - 1 }, show: new Set(["bands", "observed", ...(has_bands(fan) ? [] : ["runs"])]),
            observed: series.observed, facts: [], cursor: -1, height, on_frame: nothing, on_hover: nothing, on_zoom: nothing }),
        key: null,
        table: () => levels ? {
            caption: `${series.title}: share of runs on each level.`,
            columns: [{ title: "date" }, ...fan.levels!.map((level) => ({ title: level.name, unit: "share of runs", numeric: true }))],
            rows: fan.when.map((when, at) => [date_cell(when), ...fan.levels!.map((level) => level.share[at] ?? null)]),
        } : {
            caption: `${series.title}, quantiles over the runs.`,
            columns: [{ title: "date" }, ...["5 %", "25 %", "median", "75 %", "95 %"].map((title) => ({ title, unit: series.unit, numeric: true }))],
            rows: fan.when.map((when, at) => [date_cell(when), ...[fan.q05, fan.q25, fan.q50, fan.q75, fan.q95].map((values) => values[at] ?? null)]),
        },
        small: () => small_fan(fan),
        has_numbers: true,
    };
}

/** That of a share where the numbers are told in percent: of dates and levels, whose measures have another unit or none. */
const unit_told = (answer: HeadlineData): string => answer.numbers.every((one) => /^[\d.,]+ %$|^–$/.test(one.number.replaceAll("\u00a0", " "))) ? "share" : "";

/** A comparison, or rows: a dot with its interval for each. */
function of_numbers(answer: HeadlineData, title: string, unit: string, style: (at: number) => number): Drawn {
    const format = is_share(unit) ? (value: number): string => share_in_percent(value) : plain_axis;
    const dots: Dot[] = answer.numbers.map((one, at) => ({ name: one.of, style: style(at), value: one.value, low: one.low, high: one.high, told: one.number, apart: one.apart }));
    return {
        title, note: "Dots with 95 % intervals.",
        draw: (width) => draw_dots(dots, width, { label: `${answer.sentence} ${answer.numbers.map((one) => `${one.of}: ${one.number}`).join("; ")}.`, title: unit_words(unit), format }),
        key: null,
        table: () => ({
            caption: title,
            columns: [{ title: "of" }, ...["value", "low", "high"].map((head) => ({ title: head, unit, numeric: true })), { title: "against the first" }],
            rows: answer.numbers.map((one) => [one.of, one.value, one.low, one.high, in_words(one.apart)]),
        }),
        small: null,
        has_numbers: true,
    };
}

function of_sweep(factors: readonly Factor[], outcome: Outcome, answer: HeadlineData): Drawn {
    const varied = usable(factors);
    const layout = laid_out(varied);
    return {
        title: `${titled(outcome)} against ${titled(layout.across)}.`,
        note: answer_note(varied, layout),
        draw: (width, height) => draw_answer(varied, outcome, layout, width, answer.sentence, height),
        key: colour_key(layout),
        table: () => ({
            caption: `${titled(outcome)} at every point of the design.`,
            columns: [...varied.map((one) => ({ title: one.name, unit: one.unit, numeric: true })), ...["mean", "low", "high"].map((title) => ({ title, unit: outcome.unit, numeric: true }))],
            rows: outcome.mean.map((mean, at) => [...varied.map((one) => one.values[at]!), mean, outcome.low[at] ?? null, outcome.high[at] ?? null]),
        }),
        small: null,
        has_numbers: false,
    };
}

/** Bars of so many parameters stand on the first screen. */
const most_bars = 8;

function of_ranking(ranking: Ranking, indices: readonly string[], rank_by: number): Drawn {
    const rows = ranked_rows(ranking, rank_by);
    const few = { ...ranking, rows: rows.slice(0, most_bars).map((row) => ranking.rows.find((one) => one.factor === row.name)!) };
    return {
        title: `What ${ranking.title} depends on. ${leader(rows)}`,
        note: rows.length > most_bars ? `The first ${most_bars} of ${rows.length} parameters.` : "",
        draw: (width) => draw_ranking(few, indices, rank_by, width),
        key: ranking_key(indices),
        table: () => ({
            caption: `What ${ranking.title} depends on, with 95 % intervals.`,
            columns: [{ title: "parameter" }, { title: "rank" }, ...indices.flatMap((words) => [words, `${words}, low`, `${words}, high`].map((title) => ({ title, numeric: true })))],
            rows: rows.map((row) => [row.name, row.ranks, ...row.marks.flatMap((mark) => [mark?.value ?? null, mark?.low ?? null, mark?.high ?? null])]),
        }),
        small: null,
        has_numbers: false,
    };
}

function drawn_of(answer: HeadlineData, sources: HeadlineSources): Drawn | null {
    const named = <Thing extends { name: string }>(things: readonly Thing[]): Thing | undefined => things.find((thing) => thing.name === answer.measure);
    if (sources.alternatives.length > 0) {
        const measure = named(sources.compared);
        return of_numbers(answer, `${measure?.title ?? capitalised(answer.says)}: what the alternatives come to.`, measure?.unit ?? unit_told(answer), style_of_alternative);
    }
    const ranking = sources.rankings.find((one) => one.outcome === answer.measure);
    if (ranking !== undefined) {
        return of_ranking(ranking, sources.indices, sources.rank_by);
    }
    const outcome = named(sources.outcomes);
    if (outcome !== undefined && sources.factors.length > 0) {
        return of_sweep(sources.factors, outcome, answer);
    }
    const curve = sources.curves.find((one) => one.measure === answer.measure);
    if (curve !== undefined && sources.when.length > 1) {
        return of_curve(curve, sources.when, answer);
    }
    const series = named(sources.series);
    if (series !== undefined) {
        return of_series(series, answer);
    }
    return answer.numbers.length > 1 && answer.numbers.every((one) => one.of !== "") ? of_numbers(answer, capitalised(answer.says), unit_told(answer), () => 1) : null;
}

/** A number with whose it is, how sure it is, and how far from the first. */
function lesser(one: HeadlineNumber): HTMLElement {
    return element("li", {}, element("b", {}, one.number), one.of === "" ? null : ` ${one.of}`,
        ...[one.apart, one.interval].filter((words) => words !== "").map((words) => element("span", { class: "answer-sure" }, in_words(words))));
}

/** `style` is the colour of what the number is read from. */
function words_of(answer: HeadlineData, with_others: boolean, style: number): HTMLElement {
    const [first, ...others] = answer.numbers;
    return element("div", { class: "answer-words" },
        first === undefined ? null : element("p", { class: `${first.number.length > 9 ? "answer-number long" : "answer-number"} s${style}` }, first.number.replaceAll(" ", "\u00a0")),
        first === undefined || first.of === "" ? null : element("p", { class: "answer-of" }, first.of),
        element("p", { class: "answer-says" }, in_words(answer.says)),
        first === undefined || first.interval === "" ? null : element("p", { class: "answer-sure" }, in_words(first.interval)),
        with_others && others.length > 0 ? element("ul", { class: "answer-others" }, ...others.map(lesser)) : null);
}

function others_of(answer: HeadlineData, most: number): HTMLElement | null {
    return answer.numbers.length < 2 ? null : element("ul", { class: "answer-others" }, ...answer.numbers.slice(1, most).map((one) => element("li", {}, element("b", {}, one.number), ` ${one.of}`)));
}

function card(answer: HeadlineData, drawn: Drawn | null, alternatives: boolean): HTMLElement {
    return element("li", {}, element("p", { class: "card-number" }, ...(answer.numbers.length === 0 ? [] : [answer.numbers[0]!.number.replaceAll(" ", "\u00a0")]),
        answer.numbers[0]?.of ? element("span", { class: "answer-of" }, ` ${answer.numbers[0].of}`) : null),
    element("p", { class: "card-says" }, in_words(answer.says), answer.numbers[0]?.interval ? element("span", { class: "answer-sure" }, ` (${in_words(answer.numbers[0].interval)})`) : null),
    drawn?.small?.() ?? others_of(answer, alternatives ? 6 : 4));
}

/** The headline's figure is as tall as leaves the window's first screen whole. */
const height_of = (width: number): number => width < 520 ? 214 : 330;

export function headline_nodes(headline: readonly HeadlineData[], sources: HeadlineSources): Node[] {
    const [first, ...others] = headline;
    if (first === undefined) {
        return [];
    }
    const drawn = drawn_of(first, sources);
    const words = words_of(first, !drawn?.has_numbers, sources.alternatives.length > 0 ? 0 : sources.curves.find((curve) => curve.measure === first.measure)?.style ?? 1);
    const cards = others.length === 0 ? [] : [element("ul", { class: "cards", "aria-label": "What else the page is about" },
        ...others.map((answer) => card(answer, drawn_of(answer, sources), sources.alternatives.length > 0)))];
    if (drawn === null) {
        return [words, ...cards];
    }
    const plot = drawing((width) => drawn.draw(width, height_of(width)), true);
    const made = figure({
        title: drawn.title,
        note: [drawn.note],
        body: [element("div", { class: "answer-row" }, words, element("div", { class: "answer-plot" }, drawn.key, plot.node))],
        table: () => ({ ...drawn.table(), caption: `The headline. ${drawn.table().caption}` }),
        kind: "headline",
    });
    return [made.node, ...cards];
}

/** What the first headline is of, within a sentence. */
export function title_of_headline(answer: HeadlineData, sources: HeadlineSources): string {
    const is_it = (name: string): boolean => name === answer.measure;
    return sources.series.find((series) => is_it(series.name))?.title ?? sources.curves.find((curve) => is_it(curve.measure))?.name ?? spoken(answer.measure);
}

/** Where a page has no headline of its own: the first date, else the first series. */
export function headline_of_figures(sources: HeadlineSources): HeadlineData[] {
    const number_of = (value: number | null, low: number | null, high: number | null, told: string, interval: string): HeadlineNumber => ({ of: "", number: told, interval, apart: "", value, low, high });
    const curve = sources.curves[0];
    if (sources.alternatives.length === 0 && typeof curve?.share_at_end === "number") {
        const told = share_in_percent(curve.share_at_end);
        return [{ measure: curve.measure, says: `of runs: ${spoken(curve.name)}`, sentence: `${curve.name}: ${told} of runs.`,
            numbers: [number_of(curve.share_at_end, curve.low_at_end, curve.high_at_end, told, `95 % interval ${number(100 * curve.low_at_end)}–${share_in_percent(curve.high_at_end)}`)] }];
    }
    return [];
}

