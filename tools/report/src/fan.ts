// A series over time: bands of quantiles, median, mean, single runs, what was observed, and the dated facts.
import { area, line } from "d3-shape";
import { clock, year_of } from "./clock";
import { svg } from "./dom";
import { number, percent } from "./format";
import { axis_left, axis_of_dates, axis_of_values, date_scale, declare, end_labels, frame, label_room, number_scale, type DateScale, type Frame, type NumberScale } from "./frame";
import { surface, type Stretch } from "./window";

export type Values = readonly (number | null)[];

/** One of the levels whose names a series has for its values: the share of runs on it at each point. */
export interface Rung {
    name: string;
    share: Values;
}

/** Quantiles of a series at each point of `when`. */
export interface Fan {
    when: readonly number[];
    q05: Values;
    q25: Values;
    q50: Values;
    q75: Values;
    q95: Values;
    mean?: Values;
    runs?: readonly Values[];
    /** Which runs these are, as all tables number them. */
    run_numbers?: readonly number[];
    /** Where each point stands for a stretch of time of its own, as a year: drawn as boxes, each from `when` to `until`. */
    until?: readonly number[];
    /** Of such stretches, whether the calendar has all of each. */
    whole?: readonly boolean[];
    /** From the lowest up; drawn in place of quantiles, one upon the other. */
    levels?: readonly Rung[];
}

/** Whether shares of levels are drawn, and no quantiles. */
export function has_levels(fan: Fan): boolean {
    return (fan.levels?.length ?? 0) > 0;
}

/** How dark the area of a level is: the higher, the darker. */
export function shade_of(level: number, levels: number): number {
    return levels < 2 ? 0.9 : 0.1 + 0.8 * level / (levels - 1);
}

/** The shares of levels, each upon those below it. */
export function stacked(fan: Fan): { low: Values; high: Values; shade: number }[] {
    const all = fan.levels ?? [];
    let below: Values = fan.when.map(() => 0);
    return all.map((level, at) => {
        const low = below;
        const high = level.share.map((share, moment) => share === null ? null : (low[moment] ?? 0) + share);
        below = high;
        return { low, high, shade: shade_of(at, all.length) };
    });
}

/** Whether there are quantiles but the median: of one or two runs there are none. */
export function has_bands(fan: Fan): boolean {
    return fan.q05.some((value) => value !== null);
}

export interface Observation {
    from: number;
    to: number;
    value: number;
    sd: number | null;
}

export interface Fact {
    at: number;
    text: string;
}

/** What is drawn in the place of all runs. */
export interface FanLayers {
    /** Whether it has vertical scales of its own, one above the other. */
    stacked: boolean;
    /** What of it is drawn from one moment to another. */
    values: (show: ReadonlySet<string>, from: number, to: number) => Values;
    draw: (show: ReadonlySet<string>, where: Frame, x: DateScale, y: NumberScale) => SVGElement[];
}

export interface FanOptions {
    label: string;
    unit: string;
    stretch: Stretch;
    show: ReadonlySet<string>;
    observed: readonly Observation[];
    facts: readonly Fact[];
    groups?: FanLayers | null;
    /** Where it is read; −1 where it is not. */
    cursor: number;
    height?: number;
    /** Told how far the plot stands in from left and right. */
    on_frame: (left: number, right: number) => void;
    on_hover: (at: number) => void;
    on_zoom: (to: Stretch | null) => void;
}

interface Point {
    x: number;
    y: number | null;
}

export function path_of(points: readonly Point[]): string {
    return line<Point>().defined((point) => point.y !== null).x((point) => point.x).y((point) => point.y!)(points) ?? "";
}

export function band_of(xs: readonly number[], low: Values, high: Values, y: (value: number) => number): string {
    const both = xs.map((x, at) => ({ x, low: low[at] ?? null, high: high[at] ?? null }));
    return area<(typeof both)[number]>().defined((point) => point.low !== null && point.high !== null)
        .x((point) => point.x).y0((point) => y(point.low!)).y1((point) => y(point.high!))(both) ?? "";
}

/** For points that stand for a stretch of time: a box from low to high over it, a line where these are one. */
export function boxes_of(starts: readonly number[], ends: readonly number[], low: Values, high: Values, y: (value: number) => number): string {
    return starts.map((start, at) => {
        const [bottom, top] = [low[at] ?? null, high[at] ?? null];
        const inset = Math.min(6, (ends[at]! - start) * 0.12);
        const [left, right] = [start + inset, ends[at]! - inset];
        return bottom === null || top === null ? "" : low === high ? `M${left},${y(top)}H${right}`
            : `M${left},${y(bottom)}H${right}V${y(top)}H${left}Z`;
    }).join("");
}

/** The moment at which the cursor stands for a point: in the middle of a stretch of time. */
export function middle_of(fan: Fan, at: number): number {
    const until = fan.until?.[at];
    return until === undefined ? fan.when[at]! : (fan.when[at]! + until) / 2;
}

/** Where the point nearest to a date stands. */
export function nearest(when: readonly number[], date: number): number {
    let best = 0;
    for (let at = 1; at < when.length; at += 1) {
        if (Math.abs(when[at]! - date) < Math.abs(when[best]! - date)) {
            best = at;
        }
    }
    return best;
}

/** A level that fewer of the runs are on has no name beside its area. */
const least_named = 0.02;

export function draw_fan(fan: Fan, width: number, options: FanOptions): SVGSVGElement {
    const narrow = width < 560;
    const rungs = (fan.levels ?? []).map((level) => ({ name: level.name, share: level.share[options.stretch.to] ?? 0 }));
    const named = rungs.filter((rung) => rung.share >= least_named).map((rung) => `${rung.name} ${percent(rung.share)}`);
    const groups = options.groups ?? null;
    const room = groups === null ? label_room(named, width) : 0;
    const where = frame(width, options.height ?? (narrow ? 300 : 400), { top: options.show.has("facts") ? 44 : 30, right: 14 + room, bottom: 34, left: 52 }, options.label);
    const { from, to } = options.stretch;
    const slice = (values: Values): Values => values.slice(from, to + 1);
    const when = fan.when.slice(from, to + 1);
    const end = fan.until?.[to] ?? when.at(-1)!;
    const x = date_scale(when[0]!, end, [where.left, where.right]);
    const observed = options.show.has("observed") && !has_levels(fan)
        ? options.observed.filter((mark) => mark.to >= when[0]! && mark.from <= when.at(-1)!) : [];
    const lines = (groups === null ? layers(fan, options.show) : []).map((layer) => ({ ...layer, values: layer.values.map(slice) }));
    const y = has_levels(fan) ? number_scale([0, 1], [where.bottom, where.top]) : number_scale([...lines.flatMap((layer) => layer.values.flat()), ...groups?.values(options.show, when[0]!, end) ?? [], ...observed.flatMap((mark) =>
        [mark.value - (mark.sd ?? 0), mark.value + (mark.sd ?? 0)])], [where.bottom, where.top]);

    const xs = when.map((date) => x(date));
    where.root.classList.add("s1", "fan");
    declare(where.root, x, y);
    options.on_frame(where.left, width - where.right);
    where.root.append(...(groups?.stacked === true ? [] : [has_levels(fan) ? axis_left(where, y, "share of runs", percent) : axis_of_values(where, y, options.unit)]), fan.until === undefined ? axis_of_dates(where, x) : axis_of_years(where, fan, options.stretch, x));
    where.root.append(...groups?.draw(options.show, where, x, y) ?? []);
    const ends = fan.until?.slice(from, to + 1).map((date) => x(date));
    for (const layer of lines) {
        const [first, second] = layer.values;
        const shape = ends !== undefined ? boxes_of(xs, ends, first!, second ?? first!, y)
            : second === undefined ? path_of(xs.map((at, index) => ({ x: at, y: first![index] === null ? null : y(first![index]!) })))
                : band_of(xs, first!, second, y);
        where.root.append(svg("path", { class: ends !== undefined && second === undefined ? `${layer.kind} level` : layer.kind, d: shape, "fill-opacity": layer.shade ?? null }));
    }
    if (room > 0) {
        let below = 0;
        const middles = rungs.map((rung) => (below += rung.share) - rung.share / 2);
        where.root.append(end_labels(where, middles.filter((_, at) => rungs[at]!.share >= least_named).map((middle) => y(middle)), named));
    }
    where.root.append(...observed.map((mark) => observation(mark, where, x, y)));
    if (options.show.has("facts")) {
        where.root.append(facts(options.facts, where, x));
    }
    where.root.append(svg("line", { class: "cursor", x1: 0, x2: 0, y1: where.top, y2: where.bottom, visibility: "hidden" }),
        surface(where, (place) => from + nearest(when.map((date, at) => fan.until === undefined ? date : (date + fan.until[from + at]!) / 2), Number(x.invert(place))), options.on_hover, options.on_zoom));
    if (options.cursor >= 0) {
        move_cursor(where.root, middle_of(fan, options.cursor));
    }
    return where.root;
}

const day = 86_400_000;

/** How much of a year that is in the calendar in part only: `20 weeks`. */
export function part_of_year(fan: Fan, at: number): string {
    const days = Math.round((fan.until![at]! - fan.when[at]!) / day) + 1;
    return days >= 14 ? `${Math.round(days / 7)} weeks` : days === 1 ? "1 day" : `${days} days`;
}

/** A year's number below its box; where the calendar has only part of it, a star and how much. */
function axis_of_years(where: Frame, fan: Fan, stretch: Stretch, x: DateScale): SVGGElement {
    const group = svg("g", { class: "axis", "aria-hidden": "true" }, svg("line", { x1: where.left, x2: where.right, y1: where.bottom, y2: where.bottom }));
    const count = stretch.to - stretch.from + 1;
    const every = Math.max(1, Math.ceil(count * 44 / (where.right - where.left)));
    for (let at = stretch.from; at <= stretch.to; at += 1) {
        const place = (Math.max(where.left, x(fan.when[at]!)) + Math.min(where.right, x(fan.until![at]!))) / 2;
        const in_part = fan.whole?.[at] === false;
        if (in_part || (at - stretch.from) % every === 0) {
            group.append(svg("text", { x: place, y: where.bottom + 17, "text-anchor": "middle" }, `${year_of(fan.when[at]!)}${in_part ? "*" : ""}`),
                ...(in_part && clock.dated ? [svg("text", { class: "minor", x: place, y: where.bottom + 30, "text-anchor": "middle" }, part_of_year(fan, at))] : []));
        }
    }
    return group;
}

export interface Layer {
    kind: string;
    values: Values[];
    shade?: number;
}

export function layers(fan: Fan, show: ReadonlySet<string>): Layer[] {
    if (has_levels(fan)) {
        return stacked(fan).map(({ low, high, shade }) => ({ kind: "band rung", values: [low, high], shade }));
    }
    const all: Layer[] = [];
    if (show.has("bands") && has_bands(fan)) {
        all.push({ kind: "band wide", values: [fan.q05, fan.q95] }, { kind: "band middle", values: [fan.q25, fan.q75] });
    }
    if (show.has("runs")) {
        all.push(...(fan.runs ?? []).map((run) => ({ kind: has_bands(fan) ? "line run" : "line run few", values: [run] })));
    }
    all.push({ kind: "line median", values: [fan.q50] });
    if (show.has("mean") && fan.mean !== undefined) {
        all.push({ kind: "line mean", values: [fan.mean] });
    }
    return all;
}

/** Puts the cursor of a drawing that stands already at a point in time, or hides it where that is out of view. */
export function move_cursor(root: SVGSVGElement | null, when: number): void {
    const mark = root?.querySelector(".cursor");
    if (root === null || mark === null || mark === undefined) {
        return;
    }
    const pair = (text: string | undefined): [number, number] => (text ?? "0 1").split(" ").map(Number) as [number, number];
    const [from, to] = pair(root.dataset.xDomain);
    const [left, right] = pair(root.dataset.xRange);
    const x = String(left + (when - from) / (to - from) * (right - left));
    mark.setAttribute("x1", x);
    mark.setAttribute("x2", x);
    mark.setAttribute("visibility", when >= from && when <= to ? "visible" : "hidden");
}

/** What was observed: a ring at a date, or a bar over the time for which the value stands; the whisker is one standard deviation. */
export function observation(mark: Observation, where: Frame, x: DateScale, y: NumberScale): SVGGElement {
    const inside = (date: number): number => Math.min(where.right, Math.max(where.left, x(date)));
    const centre = (inside(mark.from) + inside(mark.to)) / 2;
    const group = svg("g", { "data-observed": mark.value });
    if (mark.sd !== null && mark.sd > 0) {
        group.append(svg("line", { class: "whisker", x1: centre, x2: centre, y1: y(mark.value - mark.sd), y2: y(mark.value + mark.sd) }));
    }
    if (mark.to > mark.from) {
        group.append(svg("line", { class: "whisker", x1: inside(mark.from), x2: inside(mark.to), y1: y(mark.value), y2: y(mark.value) }));
    }
    group.append(svg("circle", { class: "observed", cx: centre, cy: y(mark.value), r: 4 }), svg("title", {}, `observed: ${number(mark.value)}`));
    return group;
}

/** The dated facts as a row of marks above the plot. */
function facts(all: readonly Fact[], where: Frame, x: DateScale): SVGGElement {
    const group = svg("g", { class: "facts-row" });
    for (const fact of all) {
        const place = x(fact.at);
        if (place >= where.left - 1 && place <= where.right + 1) {
            group.append(svg("path", { class: "fact", d: `M${place - 4},${where.top - 10}h8l-4,7z`, "data-at": fact.at }, svg("title", {}, fact.text)));
        }
    }
    return group;
}
