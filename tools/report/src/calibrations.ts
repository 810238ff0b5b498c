// Parameters fitted to a record: each before and after, pairs, the record from both, and how it went.
import { draw_columns, draw_ranked, type Ranked } from "./bars";
import type { CalibrationData, FittedParameter, NinetyData, RankedTruth, RecordedNumber } from "./calibration_data";
import { drawing, figure, select_field } from "./figure";
import { number } from "./format";
import { legend } from "./legend";
import { draw_scatter, type PlanePoint } from "./plane";
import { scrolling_table } from "./table";

type Mark = Ranked["marks"][number];

const mark_of = (ninety: NinetyData): Mark => ninety.median === null ? null : { value: ninety.median, low: ninety.low, high: ninety.high };
const numeric = (titles: readonly string[]): { title: string; numeric: boolean }[] => titles.map((title) => ({ title, numeric: true }));
const bounds = (ninety: NinetyData): (number | null)[] => [ninety.median, ninety.low, ninety.high];

/** All parameters on one scale: where the posterior lies in the prior. */
export function fitted_parameters(data: CalibrationData): HTMLElement {
    const whole: Mark = { value: 0.5, low: 0.05, high: 0.95 };
    const rows: Ranked[] = data.parameters.map((one) => ({ name: one.name, marks: [whole, mark_of(one.by_prior)] }));
    const series = ["prior", "posterior"];
    const title = "Each parameter before and after: median and central 90 %, as quantiles of its prior.";
    const plot = drawing((width) => draw_ranked(rows, series, width, `${title} ${data.parameters.map((one) =>
        `${one.name}: ${number(one.by_prior.median)} (${number(one.by_prior.low)} to ${number(one.by_prior.high)})`).join("; ")}.`, "quantile of the prior", "points"));
    return figure({
        title,
        note: ["What the record says nothing about stays where the prior is."],
        body: [legend(series.map((words, at) => ({ kind: "bar pale", shape: "box", words, style: at + 1 }))), plot.node],
        table: () => ({ ...parameter_table(data.parameters), caption: title }),
        kind: "fitted",
    }).node;
}

const parameter_table = (parameters: readonly FittedParameter[]): { caption: string; columns: { title: string; numeric?: boolean }[]; rows: (string | number | null)[][] } => ({
    caption: "Parameters before and after: medians with the central 90 %. Contraction is the share of the prior's variance that is gone, shift is that of the mean in sd of the prior, both by quantiles of the prior.",
    columns: [{ title: "parameter" }, { title: "unit" }, { title: "prior" }, ...numeric(["median", "5 %", "95 %", "posterior median", "5 %", "95 %", "mean", "sd", "contraction", "shift"])],
    rows: parameters.map((one) => [one.name, one.unit, one.how, ...bounds(one.prior), ...bounds(one.posterior), one.mean, one.sd,
        one.informed ? one.contraction : null, one.informed ? one.shift : null]),
});

export const parameters_table = (data: CalibrationData): HTMLElement => scrolling_table(parameter_table(data.parameters));

const tenths = ["lowest", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "highest"];

/** One parameter at a time: how much of the posterior is in each tenth of the prior. */
export function posterior_shape(data: CalibrationData): HTMLElement {
    let now = data.parameters[0]!;
    const caption = (): string => `The posterior of ${now.name} in tenths of its prior, each of which had 10 %.`;
    const shares = (): number[] => now.tenths.map((share) => 100 * (share ?? 0));
    const plot = drawing((width) => draw_columns(tenths, [{ name: now.name, values: shares() }], width, `${caption()} ${shares().map((share) => number(share)).join(", ")} %.`, "%"));
    const box = select_field("Parameter", data.parameters.map((one) => ({ value: one.name, label: one.name })), now.name, (name) => {
        now = data.parameters.find((one) => one.name === name) ?? now;
        plot.redraw();
        made.refresh(caption());
    });
    const made = figure({
        title: caption(),
        controls: [box.node],
        body: [plot.node],
        table: () => ({ caption: caption(), columns: [{ title: "tenth of the prior" }, ...numeric(["share in %"])], rows: tenths.map((tenth, at) => [tenth, shares()[at]!]) }),
        kind: "posterior",
    });
    return made.node;
}

/** Draws over two parameters, tinted by a third or by the second. */
export function posterior_pairs(data: CalibrationData): HTMLElement {
    const by_name = (name: string): FittedParameter => data.parameters.find((one) => one.name === name) ?? data.parameters[0]!;
    let across = by_name(data.pairs[0]!.first);
    let up = by_name(data.pairs[0]!.second);
    const titled = (one: FittedParameter): string => one.unit === "" ? one.name : `${one.name} (${one.unit})`;
    const points = (): PlanePoint[] => across.draws.flatMap((x, at) => {
        const y = up.draws[at];
        return x === null || y === null || y === undefined ? [] : [{ x, y, value: y, count: 1 }];
    });
    const caption = (): string => {
        const pair = data.pairs.find((one) => [one.first, one.second].includes(across.name) && [one.first, one.second].includes(up.name) && across !== up);
        return `Draws from the posterior of ${across.name} and ${up.name}.${pair === undefined || pair.correlation === null ? "" : ` Correlation of their quantiles: ${number(pair.correlation)}.`}`;
    };
    const plot = drawing((width) => draw_scatter(points(), width, { label: caption(), x_title: titled(across), y_title: titled(up), value_title: titled(up), unit: "" }));
    const refresh = (): void => {
        plot.redraw();
        made.refresh(caption());
    };
    const options = data.parameters.map((one) => ({ value: one.name, label: one.name }));
    const boxes = [
        select_field("Across", options, across.name, (name) => {
            across = by_name(name);
            refresh();
        }),
        select_field("Up", options, up.name, (name) => {
            up = by_name(name);
            refresh();
        }),
    ];
    const made = figure({
        title: caption(),
        controls: boxes.map((box) => box.node),
        body: [plot.node],
        table: () => ({ caption: caption(), columns: numeric([across.name, up.name]), rows: points().map((point) => [point.x, point.y]) }),
        kind: "pairs",
    });
    return made.node;
}

export const pairs_table = (data: CalibrationData): HTMLElement => scrolling_table({
    caption: "Pairs of parameters, the most strongly correlated first.",
    columns: [{ title: "parameter" }, { title: "and" }, ...numeric(["correlation"])],
    rows: data.pairs.map((pair) => [pair.first, pair.second, pair.correlation]),
});

/** The record as 0, and half of the prior's 90 % as 1: then all that is on record has one scale. */
function on_record_scale(one: RecordedNumber): (ninety: NinetyData) => Mark {
    const half = one.prior.low === null || one.prior.high === null ? 0 : (one.prior.high - one.prior.low) / 2;
    const scaled = (value: number | null): number | null => value === null || one.record === null ? null : (value - one.record) / (half > 0 ? half : 1);
    return (ninety) => {
        const value = scaled(ninety.median);
        return value === null ? null : { value, low: scaled(ninety.low), high: scaled(ninety.high) };
    };
}

export function record_predicted(data: CalibrationData): HTMLElement {
    const rows: Ranked[] = data.record.map((one) => ({ name: one.name, marks: [one.prior, one.posterior].map(on_record_scale(one)) }));
    const series = ["runs of the prior", "runs of the posterior"];
    const title = "What runs come to, held against the record.";
    const plot = drawing((width) => draw_ranked(rows, series, width, title, "from the record, in halves of the prior's 90 %", "points"));
    return figure({
        title,
        note: ["Medians with the central 90 % of runs; the record is at 0. Runs of the posterior are fresh ones at draws from it."],
        body: [legend(series.map((words, at) => ({ kind: "bar pale", shape: "box", words, style: at + 1 }))), plot.node],
        table: () => record_table(data),
        kind: "predicted",
    }).node;
}

function record_table(data: CalibrationData): { caption: string; columns: { title: string; numeric?: boolean }[]; rows: (string | number | null)[][] } {
    return {
        caption: "The record, and medians with the central 90 % of runs. The chance is that of runs of the posterior as far out as the record, on both sides.",
        columns: [{ title: "on record" }, { title: "unit" }, ...numeric(["record", "prior median", "5 %", "95 %", "posterior median", "5 %", "95 %", "chance"])],
        rows: data.record.map((one) => [one.name, one.unit, one.record, ...bounds(one.prior), ...bounds(one.posterior), one.chance]),
    };
}

export function generations_table(data: CalibrationData): HTMLElement {
    const is_tempered = data.generations.some((one) => one.temperature !== null);
    return scrolling_table({
        caption: is_tempered ? "Steps of temperature: to which power of the likelihood particles are weighed." : "Generations of particles.",
        columns: [{ title: is_tempered ? "step" : "generation" }, ...numeric([...(is_tempered ? ["temperature", "log evidence"] : ["tolerance"]), "runs", "share accepted", "effective size"])],
        rows: data.generations.map((one, at) => [String(at), ...(is_tempered ? [one.temperature, one.log_evidence] : [one.tolerance]), one.runs, one.acceptance, one.effective]),
    });
}

/** Ranks of truths among draws of their posteriors, one parameter at a time. */
export function rank_histograms(ranks: readonly RankedTruth[]): HTMLElement {
    let now = ranks[0]!;
    const caption = (): string => `Ranks of the true ${now.name} among draws from the posteriors of records simulated at it.`;
    const bins = (): string[] => now.counts.map((_, at) => String(at + 1));
    const plot = drawing((width) => draw_columns(bins(), [{ name: now.name, values: now.counts.map((count) => count ?? 0) }], width,
        `${caption()} ${now.counts.map((count) => number(count)).join(", ")}.`, "fits"));
    const band = (): string => `Were they uniform, a bin would have ${number(now.expected)}, and from ${number(now.low)} to ${number(now.high)} in 99 of 100.`;
    const box = select_field("Parameter", ranks.map((one) => ({ value: one.name, label: one.name })), now.name, (name) => {
        now = ranks.find((one) => one.name === name) ?? now;
        plot.redraw();
        made.refresh(`${caption()} ${band()}`);
    });
    const made = figure({
        title: `${caption()} ${band()}`,
        controls: [box.node],
        body: [plot.node],
        table: () => ({ caption: caption(), columns: [{ title: "bin of ranks" }, ...numeric(["fits"])], rows: bins().map((bin, at) => [bin, now.counts[at] ?? null]) }),
        kind: "ranks",
    });
    return made.node;
}

export const ranks_table = (ranks: readonly RankedTruth[]): HTMLElement => scrolling_table({
    caption: "Whether ranks are uniform (p of a chi-square test), and how many of the central 90 % hold the truth, with a 95 % interval.",
    columns: [{ title: "parameter" }, ...numeric(["p", "held", "from", "to"])],
    rows: ranks.map((one) => [one.name, one.chance, one.held, one.held_low, one.held_high]),
});
