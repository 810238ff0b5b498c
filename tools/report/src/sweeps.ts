// A sweep: how outcomes answer to one parameter (coloured by a second, a panel for each value of a third), and to any two.
import { element, svg } from "./dom";
import { drawing, figure, select_field, switches, type Option } from "./figure";
import { number, shown, unit_words } from "./format";
import { draw_cloud, draw_lines, palest, type Panel, type ResponseLine, type ResponsePoint } from "./lines";
import { in_link, on_link, put_in_link } from "./link_state";
import { averaged, draw_contours, draw_heat_map, draw_scatter, is_fine, is_grid, type PlanePoint } from "./plane";
import type { Values } from "./fan";
import { groups_note, key_to_names, shown_groups, shows_groups, table_of_groups, type StudyGroups } from "./study_groups";
import type { Parting } from "./parting";
import { tint } from "./tint";
import { draw_value_panels } from "./value_panels";

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

export const titled = (thing: { name: string; unit: string; title?: string }): string => {
    const words = unit_words(thing.unit);
    return `${thing.title ?? thing.name}${words === "" ? "" : ` (${words})`}`;
};

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

const levels_of = (factor: Factor): number[] => [...new Set(factor.values)].sort((a, b) => a - b);

/** More values than these of a factor are no levels, but a sample. */
const most_levels = 24;

/** Whether the points are a grid of levels, so that lines may join them; else they are a sample. */
export function is_by_levels(factors: readonly Factor[]): boolean {
    const counts = factors.map((factor) => levels_of(factor).length);
    const points = factors[0]?.values.length ?? 0;
    return factors.length === 1 ? counts[0]! <= 200 : counts.every((count) => count <= most_levels) && counts.reduce((all, count) => all * count, 1) <= 2 * points;
}

/** Points that agree in x become one, of their mean; only what stands for itself has an interval. */
function joined(points: readonly ResponsePoint[]): ResponsePoint[] {
    const at_x = new Map<number, ResponsePoint[]>();
    for (const point of points) {
        at_x.set(point.x, [...at_x.get(point.x) ?? [], point]);
    }
    return [...at_x.values()].map((same) => same.length === 1 ? same[0]!
        : { x: same[0]!.x, value: same.reduce((sum, point) => sum + point.value, 0) / same.length, low: null, high: null, at: null }).sort((a, b) => a.x - b.x);
}

/** So many panels stand at once; of more, as many of them evenly chosen. */
const most_panels = 6;

function evenly(values: readonly number[], most: number): number[] {
    return values.length <= most ? [...values] : Array.from({ length: most }, (_, at) => values[Math.round(at * (values.length - 1) / (most - 1))]!);
}

export interface Layout {
    across: Factor;
    colour: Factor | null;
    panels: Factor | null;
}

function points_of(outcome: Outcome, layout: Layout): (ResponsePoint & { colour: number; panel: number })[] {
    return layout.across.values.flatMap((x, at) => {
        const value = outcome.mean[at];
        return typeof value !== "number" ? [] : [{ x, value, low: outcome.low[at] ?? null, high: outcome.high[at] ?? null, at,
            colour: layout.colour?.values[at] ?? 0, panel: layout.panels?.values[at] ?? 0 }];
    });
}

export function panels_of(outcome: Outcome, layout: Layout): Panel[] {
    const all = points_of(outcome, layout);
    const panel_levels = layout.panels === null ? [0] : evenly(levels_of(layout.panels), most_panels);
    const colours = layout.colour === null ? [0] : levels_of(layout.colour);
    return panel_levels.map((panel) => ({
        title: layout.panels === null ? "" : `${layout.panels.name} = ${number(panel)}`,
        lines: colours.flatMap((colour, rank): ResponseLine[] => {
            const own = joined(all.filter((point) => point.panel === panel && point.colour === colour));
            return own.length === 0 ? [] : [{ name: layout.colour === null ? "" : number(colour), shade: colours.length < 2 ? 1 : rank / (colours.length - 1), points: own }];
        }),
    }));
}

/** The factors that vary, and how they are laid out at first: across the one with most levels, then in their order. */
export function laid_out(factors: readonly Factor[]): Layout {
    const across = factors.reduce((best, factor) => levels_of(factor).length > levels_of(best).length ? factor : best, factors[0]!);
    if (!is_by_levels(factors)) {
        return { across, colour: null, panels: null };
    }
    const [colour, panels] = factors.filter((factor) => factor !== across);
    return { across, colour: colour ?? null, panels: panels ?? null };
}

export function usable(factors: readonly Factor[]): readonly Factor[] {
    const varied = factors.filter((factor) => new Set(factor.values).size > 1);
    return varied.length > 0 ? varied : factors;
}

/** The drawing of an outcome over the parameters, as it is for this design. */
export function draw_answer(factors: readonly Factor[], outcome: Outcome, layout: Layout, width: number, label: string, height?: number): SVGSVGElement {
    const told = { label, x_title: titled(layout.across), value_title: titled(outcome), unit: outcome.unit, ...(height === undefined ? {} : { height }) };
    return is_by_levels(factors) ? draw_lines(panels_of(outcome, layout), width, told) : draw_cloud(points_of(outcome, layout), width, told);
}

/** The key to the colours of lines: the second parameter's values, from the least to the greatest. */
export function colour_key(layout: Layout): HTMLElement {
    const { colour } = layout;
    if (colour === null) {
        return element("div", {});
    }
    const levels = levels_of(colour);
    return element("div", { class: "colour-key" }, element("span", { class: "key-title" }, `${titled(colour)}:`),
        element("ul", { class: "legend" }, ...levels.map((level, at) => {
            const mark = svg("path", { class: "line", d: "M0,6H26" });
            const group = svg("g", { class: "shaded" }, mark);
            tint(group, palest + (1 - palest) * (levels.length < 2 ? 1 : at / (levels.length - 1)));
            return element("li", {}, svg("svg", { viewBox: "0 0 26 12", "aria-hidden": "true" }, group), number(level));
        })));
}

export function answer_note(factors: readonly Factor[], layout: Layout): string {
    if (!is_by_levels(factors)) {
        return "Each pale dot is the mean over the runs at one point of the sample; the bars over them are the means of bins of as many points each, with 95 % intervals. The other parameters vary too.";
    }
    const others = factors.filter((factor) => factor !== layout.across && factor !== layout.colour && factor !== layout.panels);
    return `Each dot is the mean over the runs at one point of the design, with its 95 % interval.${others.length > 0
        ? ` Averaged over ${others.map((factor) => factor.name).join(", ")}, where no interval is drawn.` : ""}`;
}

export function sweep_charts(all_factors: readonly Factor[], outcomes: readonly Outcome[], headline: Outcome | null, parting: Parting<StudyGroups>): Node[] {
    const factors = usable(all_factors);
    const names = outcomes.map((outcome) => outcome.name);
    const first = headline ?? first_outcome(outcomes);
    const chosen = { outcome: outcomes.find((one) => one.name === in_link("outcome", names)) ?? first };
    const renewals: (() => void)[] = [];
    const choose = (name: string): void => {
        chosen.outcome = outcomes.find((one) => one.name === name) ?? chosen.outcome;
        for (const renew of renewals) {
            renew();
        }
    };
    const choose_and_tell = (name: string): void => {
        choose(name);
        put_in_link("outcome", chosen.outcome === first ? null : name, true);
    };
    on_link(() => { choose(in_link("outcome", names) ?? first.name); });
    const nodes = [response_chart(factors, outcomes, chosen, choose_and_tell, renewals, parting)];
    if (factors.length > 1) {
        nodes.push(plane_chart(factors, outcomes, chosen, choose_and_tell, renewals));
    }
    return nodes;
}

interface Chosen {
    outcome: Outcome;
}

const nothing = "—";

function response_chart(factors: readonly Factor[], outcomes: readonly Outcome[], chosen: Chosen, choose: (name: string) => void, renewals: (() => void)[], parting: Parting<StudyGroups>): HTMLElement {
    const layout = laid_out(factors);
    const by_name = (name: string): Factor | null => factors.find((factor) => factor.name === name) ?? null;
    const caption = (): string => `${titled(chosen.outcome)} against ${titled(layout.across)}.`;
    const plot = drawing((width) => {
        const lines = shown_groups(parting.now, layout.across, chosen.outcome);
        return lines === null ? draw_answer(factors, chosen.outcome, layout, width, `${caption()} ${chosen.outcome.mean.length} points.`)
            : draw_value_panels([{ title: "", unit: titled(layout.across), levels: [], lines, strips: null }], width, {
                label: `${caption()} Both groups: ${lines.map((line) => line.name).join("; ")}.`, value_title: titled(chosen.outcome), unit: chosen.outcome.unit, across: null });
    });
    const key = element("div", {}, colour_key(layout));
    const refresh = (): void => {
        plot.redraw();
        const lines = shown_groups(parting.now, layout.across, chosen.outcome);
        key.replaceChildren(lines === null ? colour_key(layout) : key_to_names(lines));
        note.textContent = lines === null ? answer_note(factors, layout) : groups_note(factors.length, lines);
        for (const field of [boxes.colour, boxes.panels]) {
            field.node.hidden = lines !== null;
        }
        if (lines === null && shows_groups(parting.now)) {
            note.textContent += " Of single runs this page does not have it: these are all runs.";
        }
        box.choose(chosen.outcome.name);
        made.refresh(caption());
    };
    const box = select_field("Outcome", options(outcomes), chosen.outcome.name, choose);
    const by_levels = is_by_levels(factors) && factors.length > 1;
    const optional: Option[] = [{ value: nothing, label: "none" }, ...options(factors)];
    const give = (role: keyof Layout, name: string): void => {
        const given = by_name(name);
        const before = layout[role];
        if (role === "across") {
            layout.across = given ?? layout.across;
        } else {
            layout[role] = given;
        }
        for (const other of ["across", "colour", "panels"] as const) {
            if (other !== role && given !== null && layout[other] === given) {
                if (other === "across") {
                    layout.across = before ?? factors.find((factor) => factor !== given) ?? given;
                } else {
                    layout[other] = before;
                }
            }
        }
        boxes.across.choose(layout.across.name);
        boxes.colour.choose(layout.colour?.name ?? nothing);
        boxes.panels.choose(layout.panels?.name ?? nothing);
        refresh();
    };
    const boxes = {
        across: select_field("Parameter", options(factors), layout.across.name, (name) => { give("across", name); }),
        colour: select_field("Colours", optional, layout.colour?.name ?? nothing, (name) => { give("colour", name); }),
        panels: select_field("Panels", optional, layout.panels?.name ?? nothing, (name) => { give("panels", name); }),
    };
    const note = element("span", {}, answer_note(factors, layout));
    const both = element("div", { class: "field" });
    const made = figure({
        title: caption(),
        note: [note],
        controls: [box.node, boxes.across.node, ...(by_levels ? [boxes.colour.node] : []), ...(by_levels && factors.length > 2 ? [boxes.panels.node] : []), both],
        body: [key, plot.node],
        table: () => table_of_groups(parting.now, layout.across, chosen.outcome) ?? ({
            caption: `${titled(chosen.outcome)} at every point of the design.`,
            columns: [...factors.map((one) => ({ title: one.name, unit: one.unit, numeric: true })), ...["mean", "low", "high"].map((title) => ({ title, unit: chosen.outcome.unit, numeric: true }))],
            rows: chosen.outcome.mean.map((mean, at) => [...factors.map((one) => one.values[at]!), mean, chosen.outcome.low[at] ?? null, chosen.outcome.high[at] ?? null]),
        }),
        kind: "response",
    });
    renewals.push(refresh);
    parting.follow((now) => {
        both.replaceChildren(...(now === null ? [] : [switches("Groups", [{ value: "groups", label: "both groups of runs", on: shows_groups(now) }], (_, on) => {
            put_in_link("groups", on === now.chosen ? null : on ? "yes" : "no");
            refresh();
        })]));
        refresh();
    });
    return made.node;
}

function plane_chart(factors: readonly Factor[], outcomes: readonly Outcome[], chosen: Chosen, choose: (name: string) => void, renewals: (() => void)[]): HTMLElement {
    let across = factors[0]!;
    let up = factors[1]!;
    const raw = (): PlanePoint[] => chosen.outcome.mean.map((value, at) => ({ x: across.values[at]!, y: up.values[at]!, value, count: 1 }));
    const points = (): PlanePoint[] => averaged(raw());
    const caption = (): string => `${titled(chosen.outcome)} over ${across.name} and ${up.name}.`;
    const plot = drawing((width) => {
        const all = points();
        return (is_fine(all) ? draw_contours : is_grid(all) ? draw_heat_map : draw_scatter)(all, width, {
            label: `${caption()} From ${shown(least(all), chosen.outcome.unit)} to ${shown(greatest(all), chosen.outcome.unit)}.`,
            x_title: titled(across), y_title: titled(up), value_title: titled(chosen.outcome), unit: chosen.outcome.unit });
    });
    const refresh = (): void => {
        plot.redraw();
        box.choose(chosen.outcome.name);
        made.refresh(caption());
    };
    const box = select_field("Outcome", options(outcomes), chosen.outcome.name, choose);
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
        controls: [box.node, x_box.node, y_box.node],
        body: [plot.node],
        table: () => ({
            caption: caption(),
            columns: [across, up].map((factor) => ({ title: factor.name, unit: factor.unit, numeric: true })).concat([{ title: chosen.outcome.title, unit: chosen.outcome.unit, numeric: true }]),
            rows: points().map((point) => [point.x, point.y, point.value]),
        }),
        kind: "plane",
    });
    renewals.push(refresh);
    return made.node;
}

function least(points: readonly PlanePoint[]): number {
    return Math.min(...points.map((point) => point.value ?? Infinity));
}

function greatest(points: readonly PlanePoint[]): number {
    return Math.max(...points.map((point) => point.value ?? -Infinity));
}
