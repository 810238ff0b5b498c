// Sections that show all runs together, or both groups where the runs are parted.
import { times_of, titles_of } from "./adapt";
import { date_curves, dates_table, type DateCurve } from "./dates";
import { effect_of, interval_of } from "./distinguish";
import { element, svg } from "./dom";
import { path_of } from "./fan";
import type { EnsembleData, RowsData } from "./ensemble_data";
import { select_field } from "./figure";
import { number, percent } from "./format";
import { after_all, type GroupRows } from "./group_rows";
import type { Steps } from "./groups";
import { rows_table } from "./rows";
import { group_styles, type Parted, type Parting } from "./parting";
import { scrolling_table, type Cell } from "./table";

/** Nodes in the place of which others stand while the runs are parted. */
export function parted_in_place(together: readonly Node[], parting: Parting, parted: (now: Parted) => readonly Node[]): Node[] {
    if (together.length === 0) {
        return [];
    }
    const place = element("div", {}, ...together);
    parting.follow((now) => {
        place.replaceChildren(...(now === null ? together : parted(now)));
    });
    return [place];
}

function curve_of_group(measure: string, name: string, style: number, steps: Steps): DateCurve {
    const half = steps.share.findIndex((share) => share >= 0.5 - 1e-12);
    return { measure, name, style, ...steps, observed: null, median: half < 0 ? null : steps.when[half]!, earliest: null, latest: null };
}

/** One date at a time, of both groups: that of `kept`, if one was chosen, or else that of which the shares differ most. */
export function dates_by_outcome(data: EnsembleData, parted: Parted, kept: { title: string | null }): Node[] {
    const titles = titles_of(data.dates);
    const all = data.dates.map(({ name }, at) => ({ title: titles[at]!, curves: parted.dates(at).map((steps, side) => curve_of_group(name, parted.names[side]!, group_styles[side]!, steps)) }));
    const apart = ({ curves }: { curves: readonly DateCurve[] }): number => Math.abs((curves[0]!.share_at_end ?? 0) - (curves[1]!.share_at_end ?? 0));
    const first = all.find((one) => one.title === kept.title) ?? all.reduce((best, one) => apart(one) > apart(best) ? one : best, all[0]!);
    const place = element("div", {});
    const show = ({ title, curves }: { title: string; curves: readonly DateCurve[] }): void => {
        place.replaceChildren(date_curves(curves, times_of(data.times), `${title}: share of the runs of each group in which it has happened.`), dates_table(curves, true));
    };
    const box = select_field("Date", all.map(({ title }) => ({ value: title, label: title })), first.title, (title) => {
        kept.title = title;
        show(all.find((one) => one.title === title) ?? first);
    });
    show(first);
    return [...(all.length > 1 ? [element("div", { class: "controls" }, box.node)] : []), place];
}

/** Means and medians of what has one value per run, of both groups, with the difference over the spread; of levels the shares. */
export function scalars_by_outcome(data: EnsembleData, parted: Parted): Node[] {
    const titles = titles_of(data.scalars);
    const all = data.scalars.map((scalar, at) => ({ scalar, title: titles[at]!, ...parted.scalars(at) }));
    const [shared, numeric] = [all.filter((one) => one.levels.length > 0), all.filter((one) => one.levels.length === 0)];
    const mean = (values: readonly number[]): number | null => values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
    const median = (values: readonly number[]): number | null => {
        const sorted = [...values].sort((a, b) => a - b);
        return sorted.length === 0 ? null : (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
    };
    return [
        ...(numeric.length === 0 ? [] : [scrolling_table({
            caption: "Measures with one value per run, by outcome. Both are known at the end: a difference may be a consequence of the outcome.",
            columns: [{ title: "measure" }, { title: "unit" }, ...[`mean: ${parted.names[0]}`, `mean: ${parted.names[1]}`, `median: ${parted.names[0]}`, `median: ${parted.names[1]}`,
                "difference over spread, g", "95 % interval"].map((title) => ({ title, numeric: true }))],
            rows: numeric.map(({ scalar, title, values }): Cell[] => {
                const effect = effect_of(...values);
                const range = effect === null || !Number.isFinite(effect.size) ? "" : interval_of(effect);
                return [title, scalar.unit, mean(values[0]), mean(values[1]), median(values[0]), median(values[1]), effect?.size ?? null, range === "" ? "" : `${number(range.low)} to ${number(range.high)}`];
            }),
        })]),
        ...(shared.length === 0 ? [] : [scrolling_table({
            caption: "Measures with one value per run that has a name, by outcome: share of the group's runs on each level.",
            columns: [{ title: "measure" }, { title: parted.names[0] }, { title: parted.names[1] }],
            rows: shared.map(({ title, values, levels }): Cell[] => [title, told_levels(values[0], levels), told_levels(values[1], levels)]),
        })]),
    ];
}

/** Two small lines on one scale: the means of both groups over time. */
function small_pair(groups: GroupRows, row: number, low: number, high: number): SVGSVGElement {
    const [width, height] = [96, 22];
    const x = (at: number): number => groups.times.length > 1 ? width * at / (groups.times.length - 1) : width / 2;
    const y = (value: number): number => high > low ? 2 + (height - 4) * (1 - (value - low) / (high - low)) : height / 2;
    return svg("svg", { viewBox: `0 0 ${width} ${height}`, class: "row-curve", "aria-hidden": "true", focusable: "false" }, ...group_styles.map((style, side) =>
        svg("g", { class: `s${style}` }, svg("path", { class: "line median curve", fill: "none", d: path_of(groups.times.map((time, at) => {
            const mean = groups.mean(side, row, time);
            return { x: x(at), y: mean === null ? null : y(mean) };
        })) }))));
}

/** The share of values on each of the levels that some have, the highest first. */
const told_levels = (values: readonly number[], levels: readonly string[]): string => levels.map((level, at) => ({ level, count: values.filter((value) => Math.round(value) === at).length }))
    .filter(({ count }) => count > 0).reverse().map(({ level, count }) => `${percent(count / values.length)} ${level}`).join(", ");

/** A table of the rows of a kind: of each measure the means, or shares, of both groups, and how far they are apart. */
export function rows_by_outcome(data: EnsembleData, rows: RowsData, parted: Parted): HTMLElement {
    const kept = rows.measures.flatMap((measure) => {
        const groups = parted.rows("measure", rows.kind, measure.name);
        return groups === null || groups === "alike" ? [] : [{ measure, groups }];
    });
    const names = (pick: (groups: GroupRows | "alike" | null) => boolean): string => rows.measures.filter((measure) => pick(parted.rows("measure", rows.kind, measure.name))).map((measure) => measure.name).join(", ");
    const [alike, missing] = [names((groups) => groups === "alike"), names((groups) => groups === null)];
    const all = kept.map(({ measure, groups }) => {
        const scale = measure.is_share ? 100 : 1;
        const end = after_all(data);
        const value = (side: number, row: number): number | null => {
            const own = measure.is_share ? groups.share(side, row, end) : groups.mean(side, row, Infinity);
            return own === null ? null : scale * own;
        };
        const means = rows.rows.flatMap((_, row) => groups.times.flatMap((time) => [groups.mean(0, row, time), groups.mean(1, row, time)])).filter((mean) => mean !== null);
        return { measure, groups, value, low: Math.min(...means), high: Math.max(...means), levels: measure.levels };
    });
    const columns = all.flatMap(({ measure, groups, levels }) => {
        const unit = measure.is_share ? "%" : measure.unit;
        return levels.length > 0 ? parted.names.map((name) => ({ title: `${measure.name}: ${name}` }))
            : [...parted.names.map((name) => ({ title: `${measure.name}: ${name}`, unit, numeric: true })), { title: `${measure.name}: difference`, unit, numeric: true },
                ...(groups.times.length > 1 ? [{ title: `${measure.name} over time` }] : [])];
    });
    const cells = (row: number): Cell[] => all.flatMap(({ groups, value, low, high, levels }): Cell[] => {
        if (levels.length > 0) {
            return [0, 1].map((side) => told_levels(groups.last(side, row), levels));
        }
        const [first, second] = [value(0, row), value(1, row)];
        const apart = first === null || second === null ? null : first - second;
        return [first, second, apart, ...(groups.times.length > 1 ? [{ text: "", node: [small_pair(groups, row, low, high)], key: apart }] : [])];
    });
    const over = [...new Set(kept.map(({ groups }) => groups.over))].filter((words) => words !== "");
    return element("div", {},
        kept.length === 0 ? null : scrolling_table({
            caption: `Measures of each ${rows.kind}, by outcome${over.length === 0 ? "" : `, ${over.join(", ")}`}: ${kept.map(({ measure }) => `${measure.name}, ${measure.is_share ? "share of runs in which it comes" : measure.levels.length > 0 ? "share of runs on each level at the end" : measure.what.replace(/;.*$/, "")}`).join("; ")}.`,
            columns: [{ title: rows.kind }, ...columns],
            rows: rows.rows.map((name, row) => [name, ...cells(row)]),
            name: `by-outcome-${rows.kind}`,
        }),
        alike === "" ? null : element("p", {}, `The same in all runs: ${alike}.`),
        missing === "" ? null : element("p", {}, `By outcome it is not kept: ${missing}. Here it is of all runs.`),
        missing === "" ? null : rows_table({ ...rows, measures: rows.measures.filter((measure) => parted.rows("measure", rows.kind, measure.name) === null) }));
}
