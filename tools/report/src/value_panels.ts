// Panels side by side, one for each parameter: what stands at each of its values or bins, with intervals, and below it where the runs of two groups lie.
import { svg } from "./dom";
import { path_of } from "./fan";
import { is_share, number, shown } from "./format";
import { axis_of_numbers, axis_of_values, declare, frame, number_scale, two_lines, type Frame, type NumberScale } from "./frame";

export interface PanelPoint {
    /** Where it stands, and between which values, where it is a bin. */
    x: number;
    from: number;
    to: number;
    value: number;
    low: number;
    high: number;
    count: number;
}

export interface PanelLine {
    name: string;
    style: number;
    points: readonly PanelPoint[];
}

/** How the values of two groups are spread: of each group its share in each of the bins. */
export interface Strips {
    bounds: readonly number[];
    shares: readonly [readonly number[], readonly number[]];
    names: readonly [string, string];
    styles: readonly [number, number];
}

export interface ValuePanel {
    /** Of the parameter, and what its values are called where they have names. */
    title: string;
    unit: string;
    levels: readonly string[];
    lines: readonly PanelLine[];
    strips: Strips | null;
}

export interface PanelOptions {
    label: string;
    value_title: string;
    unit: string;
    /** A line across: the value of all runs together. */
    across: number | null;
}

const strip_height = 74;

export function draw_value_panels(panels: readonly ValuePanel[], width: number, options: PanelOptions): SVGSVGElement {
    const columns = Math.min(panels.length, Math.max(1, Math.floor(width / 300)));
    const wide = width / columns;
    const has_strips = panels.some((panel) => panel.strips !== null);
    const plot_height = panels.length === 1 && width >= 560 ? 280 : 174;
    const tall = 82 + plot_height + (has_strips ? strip_height : 0);
    const whole = frame(width, 22 + Math.ceil(panels.length / columns) * tall, { top: 0, right: 0, bottom: 0, left: 0 }, options.label);
    const points = panels.flatMap((panel) => panel.lines.flatMap((line) => line.points));
    whole.root.append(svg("text", { class: "strong", x: 0, y: 12 }, options.value_title));
    panels.forEach((panel, at) => {
        const [left, top] = [at % columns * wide, 22 + Math.floor(at / columns) * tall];
        const right = left + wide - 16;
        const where: Frame = { ...whole, left: left + 52, right, top: top + 30, bottom: top + 30 + plot_height };
        const y = number_scale([...points.flatMap((point) => [point.value, point.low, point.high]), options.across], [where.bottom, where.top], is_share(options.unit) ? [0] : []);
        const x = number_scale([...panel.lines.flatMap((line) => line.points.flatMap((point) => [point.from, point.to])), ...(panel.strips?.bounds ?? [])], [where.left + 8, where.right - 8]);
        const group = svg("g", { "data-panel": panel.title });
        if (at === 0) {
            declare(whole.root, x, y);
        }
        group.append(axis_of_values(where, y, options.unit, ""), svg("text", { class: "name", x: left, y: top + 14 }, two_lines(panel.title, Math.floor((right - left) / 6.6))[0], svg("title", {}, panel.title)));
        if (options.across !== null) {
            group.append(svg("line", { class: "zero", x1: where.left, x2: where.right, y1: y(options.across), y2: y(options.across) }));
        }
        for (const [number_of_line, line] of panel.lines.entries()) {
            group.append(marks(line, x, y, panel, options.unit, (number_of_line - (panel.lines.length - 1) / 2) * 5));
        }
        const below: Frame = panel.strips === null ? where : { ...where, top: where.bottom + 8, bottom: where.bottom + 8 + strip_height };
        if (panel.strips !== null) {
            group.append(strips(panel.strips, below, x));
        }
        group.append(panel.levels.length > 0 ? axis_of_levels(below, x, panel) : axis_of_numbers(below, x, panel.unit));
        whole.root.append(group);
    });
    return whole.root;
}

const told_value = (panel: ValuePanel, value: number): string => panel.levels.length === 0 ? number(value) : panel.levels[Math.round(value)] ?? number(value);

function marks(line: PanelLine, x: NumberScale, y: NumberScale, panel: ValuePanel, unit: string, aside: number): SVGGElement {
    const group = svg("g", { class: `s${line.style}`, "data-line": line.name });
    const place = (point: PanelPoint): number => x(point.x) + aside;
    if (panel.levels.length === 0) {
        group.append(svg("path", { class: "line curve", d: path_of(line.points.map((point) => ({ x: place(point), y: y(point.value) }))) }));
    }
    for (const point of line.points) {
        const over = point.from < point.to ? `${number(point.from)} to ${number(point.to)}` : told_value(panel, point.x);
        const words = `${panel.title} ${over}${line.name === "" ? "" : `, ${line.name}`}: ${shown(point.value, unit)} (${shown(point.low, unit)} to ${shown(point.high, unit)}), ${number(point.count)} runs`;
        if (Number.isFinite(point.low) && Number.isFinite(point.high)) {
            group.append(svg("line", { class: "reach", x1: place(point), x2: place(point), y1: y(point.low), y2: y(point.high) }));
        }
        group.append(svg("circle", { class: "point", cx: place(point), cy: y(point.value), r: 4, "data-x": point.x, "data-value": point.value, "data-low": point.low, "data-high": point.high, "data-count": point.count },
            svg("title", {}, words)));
    }
    return group;
}

/** One group upward, the other downward, each in shares of its own runs. */
function strips({ bounds, shares, names, styles }: Strips, where: Frame, x: NumberScale): SVGGElement {
    const group = svg("g", { class: "strips" });
    const half = (where.bottom - where.top) / 2;
    const middle = where.top + half;
    const most = Math.max(...shares[0], ...shares[1]);
    shares.forEach((own, side) => {
        const bars = svg("g", { class: `s${styles[side]!}`, "data-strip": names[side] });
        own.forEach((share, at) => {
            const height = most > 0 ? share / most * (half - 3) : 0;
            const [from, to] = [x(bounds[at]!), x(bounds[at + 1]!)];
            bars.append(svg("rect", { class: "bar", x: from, width: Math.max(0.5, to - from - 1), y: side === 0 ? middle - height : middle + 1, height, "data-share": share },
                svg("title", {}, `${names[side]!}, ${number(bounds[at])} to ${number(bounds[at + 1])}: ${shown(share, "share")} of its runs`)));
        });
        group.append(bars);
    });
    group.append(svg("line", { class: "whisker", x1: where.left, x2: where.right, y1: middle + 0.5, y2: middle + 0.5 }));
    return group;
}

function axis_of_levels(where: Frame, x: NumberScale, panel: ValuePanel): SVGGElement {
    const group = svg("g", { class: "axis", "aria-hidden": "true" }, svg("line", { x1: where.left, x2: where.right, y1: where.bottom, y2: where.bottom }));
    const room = Math.floor((where.right - where.left) / Math.max(1, panel.levels.length) / 6.6);
    panel.levels.forEach((level, at) => {
        group.append(svg("text", { x: x(at), y: where.bottom + 19, "text-anchor": "middle" }, level.length > room ? `${level.slice(0, Math.max(1, room - 1))}…` : level, svg("title", {}, level)));
    });
    return group;
}
