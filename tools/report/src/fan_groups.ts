// Groups of runs in the place of all runs: their bands in one chart, the words beside it, and its table.
import { fresh_id, svg } from "./dom";
import { band_of, boxes_of, has_bands, has_levels, layers, path_of, shade_of, stacked, type Fan, type FanLayers, type Values } from "./fan";
import { percent, shown } from "./format";
import { axis_left, number_scale, type DateScale, type Frame } from "./frame";
import { legend } from "./legend";
import type { Cell, Table } from "./table";

/** A part of the runs, with points in time of its own. */
export interface FanGroup {
    name: string;
    /** Which of the six colours and dashes. */
    style: number;
    fan: Fan;
}

/** A part of the drawing outside of which nothing that it holds is seen. */
function clipped(where: Frame): SVGGElement {
    const id = fresh_id("plot");
    return svg("g", { "clip-path": `url(#${id})` },
        svg("clipPath", { id }, svg("rect", { x: where.left, y: 0, width: Math.max(0, where.right - where.left), height: where.height })));
}

/** A group's bands and median; of measures by the year beside those of the other groups within the year. */
function bands_of(groups: readonly FanGroup[], number: number, show: ReadonlySet<string>, where: Frame, x: DateScale, y: (value: number) => number): SVGGElement {
    const { name, style, fan } = groups[number]!;
    const node = clipped(where);
    const starts = fan.when.map((when) => x(when));
    const ends = fan.until?.map((when) => x(when));
    const edge = (part: number): number[] => starts.map((start, at) => start + (ends![at]! - start) * part / groups.length);
    const placed = (values: Values): { x: number; y: number | null }[] => starts.map((at, index) => ({ x: at, y: typeof values[index] === "number" ? y(values[index]) : null }));
    node.classList.add(`s${style}`);
    node.setAttribute("data-group", name);
    node.append(...layers(fan, show).map(({ kind, values: [first, second] }) => ends !== undefined
        ? svg("path", { class: second === undefined ? `${kind} level` : kind, d: boxes_of(edge(number), edge(number + 1), first!, second ?? first!, y) })
        : svg("path", { class: second === undefined ? `${kind} curve` : kind, d: second === undefined ? path_of(placed(first!)) : band_of(starts, first!, second, y) })));
    return node;
}

/** The shares of levels of each group, one above the other. */
function stacks_of(groups: readonly FanGroup[], where: Frame, x: DateScale): SVGGElement[] {
    const gap = 14;
    const tall = (where.bottom - where.top - gap * (groups.length - 1)) / groups.length;
    return groups.map(({ name, style, fan }, number) => {
        const top = where.top + number * (tall + gap);
        const own = { ...where, top, bottom: top + tall };
        const y = number_scale([0, 1], [own.bottom, own.top]);
        const node = clipped(where);
        const starts = fan.when.map((when) => x(when));
        const ends = fan.until?.map((when) => x(when));
        node.append(...stacked(fan).map(({ low, high, shade }) => svg("path", { class: "band rung", "fill-opacity": shade,
            d: ends === undefined ? band_of(starts, low, high, y) : boxes_of(starts, ends, low, high, y) })));
        return svg("g", { class: `s${style}`, "data-group": name }, axis_left(own, y, "", percent), node, svg("text", { class: "name halo", x: where.left + 8, y: own.top + 17 }, name));
    });
}

/** How draw_fan draws groups. */
export function layers_of_groups(groups: readonly FanGroup[]): FanLayers | null {
    if (groups.length === 0) {
        return null;
    }
    const are_levels = has_levels(groups[0]!.fan);
    return {
        stacked: are_levels,
        values: (show, from, to) => groups.flatMap(({ fan }) => layers(fan, show).flatMap((layer) => layer.values.flatMap((values) =>
            values.filter((_, at) => (fan.until?.[at] ?? fan.when[at + 1] ?? fan.when[at]!) >= from && (fan.when[at - 1] ?? fan.when[at]!) <= to)))),
        draw: (show, where, x, y) => are_levels ? stacks_of(groups, where, x) : groups.map((_, number) => bands_of(groups, number, show, where, x, y)),
    };
}

export function table_of_groups(title: string, unit: string, groups: readonly FanGroup[], when_cell: (fan: Fan, at: number) => Cell): Table {
    const { fan } = groups[0]!;
    if (has_levels(fan)) {
        return {
            caption: `${title}, share of the runs of each group on each level.`,
            columns: [{ title: "date" }, ...groups.flatMap((group) => group.fan.levels!.map((level) => ({ title: `${group.name}: ${level.name}`, numeric: true })))],
            rows: fan.when.map((_, at) => [when_cell(fan, at), ...groups.flatMap((group) => group.fan.levels!.map((level) => level.share[at] ?? null))]),
        };
    }
    return {
        caption: `${title}, quantiles over the runs of each group.`,
        columns: [{ title: "date" }, ...groups.flatMap((group) => ["5 %", "25 %", "median", "75 %", "95 %"].map((words) => ({ title: `${group.name}: ${words}`, unit, numeric: true })))],
        rows: fan.when.map((_, at) => [when_cell(fan, at), ...groups.flatMap((group) => [group.fan.q05, group.fan.q25, group.fan.q50, group.fan.q75, group.fan.q95].map((values) => values[at] ?? null))]),
    };
}

export function key_to_groups(groups: readonly FanGroup[], show: ReadonlySet<string>, is_observed: boolean): HTMLElement {
    const { levels } = groups[0]!.fan;
    if (levels !== undefined && levels.length > 0) {
        return legend(levels.map((level, at) => ({ kind: "band rung", shape: "box", words: level.name, shade: shade_of(at, levels.length) }) as const).reverse());
    }
    return legend([...groups.flatMap(({ name, style, fan }) => [{ kind: "line median curve", shape: "line", words: `${name}: median`, style } as const,
        ...(show.has("bands") && has_bands(fan) ? [{ kind: "band middle", shape: "box", words: "25–75 %", style } as const, { kind: "band wide", shape: "box", words: "5–95 %", style } as const] : [])]),
    ...(is_observed ? [{ kind: "observed", shape: "ring", words: "observed, ± 1 sd where given" } as const] : [])]);
}

/** The last medians of the groups, or the levels on which most are. */
export function last_of_groups(groups: readonly FanGroup[], unit: string): string {
    return groups.map(({ fan }) => {
        const end = fan.when.length - 1;
        const most = [...fan.levels ?? []].sort((a, b) => (b.share[end] ?? 0) - (a.share[end] ?? 0))[0];
        return most === undefined ? shown(fan.q50[end], unit) : `${most.name} ${percent(most.share[end])}`;
    }).join(" | ");
}
