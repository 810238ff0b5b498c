// A sweep: how outcomes answer to one parameter, and to any two.
import { element } from "./dom";
import { drawing, figure, select_field, type Option } from "./figure";
import { number } from "./format";
import { averaged, draw_heat_map, draw_response, draw_scatter, is_grid, type PlanePoint } from "./plane";
import type { Values } from "./fan";

export interface Factor {
    name: string;
    unit: string;
    /** Its value at each point of the design. */
    values: readonly number[];
}

export interface Outcome {
    name: string;
    title: string;
    unit: string;
    mean: Values;
    low: Values;
    high: Values;
}

const titled = (thing: { name: string; unit: string; title?: string }): string => `${thing.title ?? thing.name}${thing.unit ? ` (${thing.unit})` : ""}`;

function options(things: readonly { name: string; title?: string }[]): Option[] {
    return things.map((thing) => ({ value: thing.name, label: thing.title ?? thing.name }));
}

/** How much the outcome's means differ beyond their intervals: the outcome shown at first is that which answers most. */
export function answer(outcome: Outcome): number {
    const means = outcome.mean.filter((value): value is number => value !== null);
    const wide = outcome.mean.flatMap((_, at) => {
        const [low, high] = [outcome.low[at], outcome.high[at]];
        return typeof low === "number" && typeof high === "number" ? [high - low] : [];
    });
    const noise = wide.reduce((sum, value) => sum + value, 0) / Math.max(1, wide.length);
    const range = means.length === 0 ? 0 : Math.max(...means) - Math.min(...means);
    return range === 0 ? 0 : range / Math.max(noise, 1e-12 * range);
}

/** The outcomes that differ at all, the most telling one first among them to be shown. */
export function first_outcome(outcomes: readonly Outcome[]): Outcome {
    return outcomes.reduce((best, outcome) => answer(outcome) > answer(best) ? outcome : best, outcomes[0]!);
}

export function sweep_charts(factors: readonly Factor[], outcomes: readonly Outcome[]): Node[] {
    const varied = factors.filter((factor) => new Set(factor.values).size > 1);
    const usable = varied.length > 0 ? varied : factors;
    const nodes = [response_chart(usable, outcomes)];
    if (usable.length > 1) {
        nodes.push(plane_chart(usable, outcomes));
    }
    return nodes;
}

function response_chart(factors: readonly Factor[], outcomes: readonly Outcome[]): HTMLElement {
    let factor = factors[0]!;
    let outcome = first_outcome(outcomes);
    const points = (): { x: number; value: number; low: number | null; high: number | null }[] => factor.values.flatMap((x, at) => {
        const value = outcome.mean[at];
        return value === null || value === undefined ? [] : [{ x, value, low: outcome.low[at] ?? null, high: outcome.high[at] ?? null }];
    });
    const caption = (): string => `${titled(outcome)} against ${titled(factor)}.`;
    const plot = drawing((width) => draw_response(points(), width, {
        label: `${caption()} ${points().length} points.`, x_title: titled(factor), y_title: "", value_title: titled(outcome) }));
    const refresh = (): void => {
        plot.redraw();
        made.refresh(caption());
    };
    const made = figure({
        title: caption(),
        note: [`Each point is the mean over the runs at one point of the design, with its 95 % interval${factors.length > 1 ? "; the other parameters vary too" : ""}.`],
        controls: [
            select_field("Outcome", options(outcomes), outcome.name, (name) => {
                outcome = outcomes.find((one) => one.name === name) ?? outcome;
                refresh();
            }).node,
            select_field("Parameter", options(factors), factor.name, (name) => {
                factor = factors.find((one) => one.name === name) ?? factor;
                refresh();
            }).node,
        ],
        body: [plot.node],
        table: () => ({
            caption: `${titled(outcome)} at every point of the design.`,
            columns: [...factors.map((one) => ({ title: one.name, unit: one.unit, numeric: true })), ...["mean", "low", "high"].map((title) => ({ title, numeric: true }))],
            rows: outcome.mean.map((mean, at) => [...factors.map((one) => one.values[at]!), mean, outcome.low[at] ?? null, outcome.high[at] ?? null]),
        }),
        kind: "response",
    });
    return made.node;
}

function plane_chart(factors: readonly Factor[], outcomes: readonly Outcome[]): HTMLElement {
    let across = factors[0]!;
    let up = factors[1]!;
    let outcome = first_outcome(outcomes);
    const raw = (): PlanePoint[] => outcome.mean.map((value, at) => ({ x: across.values[at]!, y: up.values[at]!, value, count: 1 }));
    const points = (): PlanePoint[] => averaged(raw());
    const caption = (): string => `${titled(outcome)} over ${across.name} and ${up.name}.`;
    const plot = drawing((width) => {
        const all = points();
        return (is_grid(all) ? draw_heat_map : draw_scatter)(all, width, {
            label: `${caption()} From ${number(least(all))} to ${number(greatest(all))}.`, x_title: titled(across), y_title: titled(up), value_title: titled(outcome) });
    });
    const refresh = (): void => {
        plot.redraw();
        made.refresh(caption());
    };
    const other = (than: Factor): Factor => factors.find((factor) => factor !== than) ?? than;
    const by_name = (name: string): Factor => factors.find((factor) => factor.name === name) ?? factors[0]!;
    const x_box = select_field("Across", options(factors), across.name, (name) => {
        across = by_name(name);
        if (up === across) {
            up = other(across);
            y_box.choose(up.name);
        }
        refresh();
    });
    const y_box = select_field("Up", options(factors), up.name, (name) => {
        up = by_name(name);
        if (across === up) {
            across = other(up);
            x_box.choose(across.name);
        }
        refresh();
    });
    const made = figure({
        title: caption(),
        note: [element("span", {}, factors.length > 2 ? "Points that agree in both are averaged over the other parameters." : "Means over the runs.")],
        controls: [select_field("Outcome", options(outcomes), outcome.name, (name) => {
            outcome = outcomes.find((one) => one.name === name) ?? outcome;
            refresh();
        }).node, x_box.node, y_box.node],
        body: [plot.node],
        table: () => ({
            caption: caption(),
            columns: [across, up].map((factor) => ({ title: factor.name, unit: factor.unit, numeric: true })).concat([{ title: outcome.title, unit: outcome.unit, numeric: true }]),
            rows: points().map((point) => [point.x, point.y, point.value]),
        }),
        kind: "plane",
    });
    return made.node;
}

function least(points: readonly PlanePoint[]): number {
    return Math.min(...points.map((point) => point.value ?? Infinity));
}

function greatest(points: readonly PlanePoint[]): number {
    return Math.max(...points.map((point) => point.value ?? -Infinity));
}
