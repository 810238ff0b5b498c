// Bars: counts by year, and ranked shares with their intervals.
import { scaleBand } from "d3-scale";
import { style_of } from "./alternatives";
import { svg } from "./dom";
import { number } from "./format";
import { axis_left, axis_of_numbers, declare, frame, number_scale } from "./frame";

export interface Stack {
    name: string;
    values: readonly number[];
}

/** Columns over years, each of stacked parts. */
export function draw_columns(years: readonly string[], parts: readonly Stack[], width: number, label: string, unit: string): SVGSVGElement {
    const where = frame(width, width < 560 ? 260 : 300, { top: 34, right: 10, bottom: 30, left: 52 }, label);
    const totals = years.map((_, at) => parts.reduce((sum, part) => sum + (part.values[at] ?? 0), 0));
    const y = number_scale(totals, [where.bottom, where.top], [0]);
    const x = scaleBand(years, [where.left, where.right]).paddingInner(0.35).paddingOuter(0.2);
    where.root.append(axis_left(where, y, unit));
    where.root.setAttribute("data-y-domain", y.domain().join(" "));
    where.root.setAttribute("data-y-range", y.range().join(" "));
    years.forEach((year, at) => {
        let below = 0;
        parts.forEach((part, style) => {
            const value = part.values[at] ?? 0;
            const height = y(below) - y(below + value);
            if (height > 0) {
                where.root.append(svg("rect", {
                    class: `bar s${style_of(style)}`, x: x(year)!, width: x.bandwidth(), y: y(below + value), height: Math.max(0.5, height - (style > 0 ? 1 : 0)),
                    "data-part": part.name, "data-year": year, "data-value": value,
                }, svg("title", {}, `${part.name}, ${year}: ${number(value)}`)));
            }
            below += value;
        });
        const middle = x(year)! + x.bandwidth() / 2;
        where.root.append(svg("text", { class: "name", x: middle, y: y(totals[at]!) - 5, "text-anchor": "middle" }, number(totals[at])),
            svg("text", { x: middle, y: where.bottom + 19, "text-anchor": "middle" }, year));
    });
    where.root.append(svg("line", { class: "whisker", x1: where.left, x2: where.right, y1: where.bottom, y2: where.bottom }));
    return where.root;
}

/** Columns over years, those of the groups side by side. */
export function draw_grouped_columns(years: readonly string[], groups: readonly (Stack & { style: number })[], width: number, label: string, unit: string): SVGSVGElement {
    const where = frame(width, width < 560 ? 260 : 300, { top: 34, right: 10, bottom: 30, left: 52 }, label);
    const y = number_scale(groups.flatMap(({ values }) => values), [where.bottom, where.top], [0]);
    const x = scaleBand(years, [where.left, where.right]).paddingInner(0.35).paddingOuter(0.2);
    const wide = x.bandwidth() / groups.length;
    where.root.append(axis_left(where, y, unit));
    where.root.setAttribute("data-y-domain", y.domain().join(" "));
    where.root.setAttribute("data-y-range", y.range().join(" "));
    years.forEach((year, at) => {
        groups.forEach(({ name, values, style }, group) => {
            const value = values[at] ?? 0;
            const left = x(year)! + group * wide;
            where.root.append(svg("rect", { class: `bar s${style}`, x: left + 1, width: Math.max(1, wide - 2), y: y(value), height: Math.max(0, y(0) - y(value)),
                "data-part": name, "data-year": year, "data-value": value }, svg("title", {}, `${name}, ${year}: ${number(value)}`)));
            if (wide > 30) {
                where.root.append(svg("text", { class: "name", x: left + wide / 2, y: y(value) - 5, "text-anchor": "middle" }, number(value)));
            }
        });
        where.root.append(svg("text", { x: x(year)! + x.bandwidth() / 2, y: where.bottom + 19, "text-anchor": "middle" }, year));
    });
    where.root.append(svg("line", { class: "whisker", x1: where.left, x2: where.right, y1: where.bottom, y2: where.bottom }));
    return where.root;
}

export interface Ranked {
    name: string;
    /** The ranks that it may have: `1`, or `2–4` where these are not told apart. */
    ranks?: string;
    /** One value for each of the series, with its interval. */
    marks: ({ value: number; low: number | null; high: number | null } | null)[];
}

/** Rows in the given order: for each series a bar (or, for differences, a point) with its interval. */
export function draw_ranked(rows: readonly Ranked[], series: readonly string[], width: number, label: string, unit: string, as: "bars" | "points",
    style: (at: number) => number = style_of, format?: (value: number) => string): SVGSVGElement {
    const longest = Math.max(4, ...rows.map((row) => row.name.length));
    const ranks = rows.some((row) => row.ranks !== undefined) ? Math.max(...rows.map((row) => row.ranks?.length ?? 0)) * letter + 14 : 0;
    const left = Math.min(Math.max(90, longest * letter + 22) + ranks, width * 0.42);
    const thick = as === "bars" ? 11 : 13;
    const tall = Math.max(26, series.length * (thick + 2) + 10);
    const where = frame(width, 22 + rows.length * tall + 46, { top: 12, right: 18, bottom: 46, left }, label);
    const all = rows.flatMap((row) => row.marks.flatMap((mark) => mark === null ? [] : [mark.value, mark.low, mark.high]));
    const x = number_scale(all, [where.left, where.right], [0]);
    declare(where.root, x, number_scale([0, rows.length], [where.top, where.bottom]));
    where.root.append(axis_of_numbers(where, x, unit, format), svg("line", { class: "zero", x1: x(0), x2: x(0), y1: where.top, y2: where.bottom }));
    rows.forEach((row, rank) => {
        const top = where.top + rank * tall;
        where.root.append(svg("text", { class: "name", x: left - 10, y: top + tall / 2, dy: "0.35em", "text-anchor": "end" },
            shortened(row.name, left - ranks - 12), svg("title", {}, row.name)));
        if (row.ranks !== undefined) {
            where.root.append(svg("text", { class: "rank", x: 0, y: top + tall / 2, dy: "0.35em" }, row.ranks));
        }
        row.marks.forEach((mark, at) => {
            if (mark === null) {
                return;
            }
            const middle = top + (tall - series.length * (thick + 2)) / 2 + (at + 0.5) * (thick + 2);
            const facts = { "data-row": row.name, "data-series": series[at] ?? "", "data-value": mark.value };
            const group = svg("g", { class: `s${style(at)}`, ...facts }, svg("title", {},
                `${row.name}, ${series[at] ?? ""}: ${number(mark.value)}${mark.low === null ? "" : ` (${number(mark.low)} to ${number(mark.high)})`}`));
            if (as === "bars") {
                group.append(svg("rect", { class: "bar pale", x: Math.min(x(0), x(mark.value)), width: Math.abs(x(mark.value) - x(0)), y: middle - thick / 2, height: thick }));
            }
            if (mark.low !== null && mark.high !== null) {
                group.append(svg("path", { class: as === "points" ? "whisker own" : "whisker", d: `M${x(mark.low)},${middle - 3}v6m0,-3H${x(mark.high)}m0,-3v6` }));
            }
            if (as === "points") {
                group.append(svg("circle", { class: at % 2 === 0 ? "point" : "point hollow", cx: x(mark.value), cy: middle, r: 4 }));
            }
            where.root.append(group);
        });
    });
    return where.root;
}

const letter = 6.6;

/** A name cut to the room there is. */
export function shortened(text: string, room: number): string {
    const most = Math.max(4, Math.floor(room / letter));
    return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
