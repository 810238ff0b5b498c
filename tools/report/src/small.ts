// Every measure at a glance, each of which opens in the large chart.
import { element, svg } from "./dom";
import { band_of, has_levels, path_of, stacked, type Fan } from "./fan";
import type { FanGroup } from "./fan_groups";
import { number_scale } from "./frame";

export interface SmallItem {
    name: string;
    title: string;
    value: string;
    drawing: () => SVGSVGElement;
    /** Items of one group stand together under its name. */
    group?: string;
}

const width = 200;
const height = 54;

/** A fan without axes: the band of 5 to 95 %, that of the quartiles, the median. */
export function small_fan(fan: Fan): SVGSVGElement {
    const y = number_scale([...fan.q05, ...fan.q95, ...fan.q50], [height - 2, 2]);
    const xs = fan.when.map((_, at) => fan.when.length > 1 ? width * at / (fan.when.length - 1) : width / 2);
    const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", class: "s1", focusable: "false" });
    if (has_levels(fan)) {
        const share = number_scale([0, 1], [height - 2, 2]);
        root.append(...stacked(fan).map(({ low, high, shade }) => svg("path", { class: "band rung", d: band_of(xs, low, high, share), "fill-opacity": shade })));
        return root;
    }
    root.append(
        svg("path", { class: "band wide", d: band_of(xs, fan.q05, fan.q95, y) }),
        svg("path", { class: "band middle", d: band_of(xs, fan.q25, fan.q75, y) }),
        svg("path", { class: "line median", "vector-effect": "non-scaling-stroke", d: path_of(xs.map((x, at) => ({ x, y: fan.q50[at] === null ? null : y(fan.q50[at]!) }))) }));
    return root;
}

/** Groups of runs: the quartiles and the median of each; of levels the shares, one group above the other. */
export function small_groups(groups: readonly FanGroup[]): SVGSVGElement {
    const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" });
    const [from, to] = [groups[0]!.fan.when[0]!, groups[0]!.fan.when.at(-1)!];
    const place = (when: number): number => to > from ? width * (when - from) / (to - from) : width / 2;
    const y = number_scale(groups.flatMap(({ fan }) => [...fan.q25, ...fan.q75, ...fan.q50]), [height - 2, 2]);
    groups.forEach(({ style, fan }, number) => {
        const xs = fan.when.map(place);
        if (has_levels(fan)) {
            const [top, bottom] = [2 + number * height / groups.length, (number + 1) * height / groups.length - 2];
            root.append(svg("g", { class: `s${style}` }, ...stacked(fan).map(({ low, high, shade }) =>
                svg("path", { class: "band rung", d: band_of(xs, low, high, number_scale([0, 1], [bottom, top])), "fill-opacity": shade }))));
            return;
        }
        root.append(svg("g", { class: `s${style}` }, svg("path", { class: "band middle", d: band_of(xs, fan.q25, fan.q75, y) }),
            svg("path", { class: "line median curve", "vector-effect": "non-scaling-stroke", d: path_of(xs.map((x, at) => ({ x, y: fan.q50[at] === null ? null : y(fan.q50[at]!) }))) })));
    });
    return root;
}

export function small_bars(values: readonly number[]): SVGSVGElement {
    const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", class: "s1", focusable: "false" });
    const most = Math.max(...values, 1e-12);
    const wide = width / Math.max(1, values.length);
    values.forEach((value, at) => {
        const tall = (height - 2) * value / most;
        root.append(svg("rect", { class: "bar", x: at * wide + wide * 0.12, width: wide * 0.76, y: height - tall, height: tall }));
    });
    root.append(svg("line", { class: "whisker", x1: 0, x2: width, y1: height, y2: height, "vector-effect": "non-scaling-stroke" }));
    return root;
}

/** The same of groups, side by side on one scale. */
export function small_grouped_bars(groups: readonly { values: readonly number[]; style: number }[]): SVGSVGElement {
    const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" });
    const most = Math.max(...groups.flatMap(({ values }) => values), 1e-12);
    const wide = width / Math.max(1, groups[0]!.values.length);
    const own = wide * 0.76 / groups.length;
    groups.forEach(({ values, style }, group) => {
        values.forEach((value, at) => {
            const tall = (height - 2) * value / most;
            root.append(svg("rect", { class: `bar s${style}`, x: at * wide + wide * 0.12 + group * own, width: own, y: height - tall, height: tall }));
        });
    });
    root.append(svg("line", { class: "whisker", x1: 0, x2: width, y1: height, y2: height, "vector-effect": "non-scaling-stroke" }));
    return root;
}

export interface SmallMultiples {
    node: HTMLElement;
    press: (name: string) => void;
    /** Another drawing and another value in the place of those that an item has. */
    redraw: (name: string, drawing: () => SVGSVGElement, value: string) => void;
}

export function small_multiples(label: string, items: readonly SmallItem[], pressed: string, on_press: (name: string) => void): SmallMultiples {
    const buttons = new Map<string, HTMLButtonElement>();
    const node = element("div", {});
    const groups = new Set(items.map((item) => item.group ?? ""));
    const lists = new Map<string, HTMLElement>();
    for (const group of groups) {
        const list = element("ul", { class: "small-multiples", "aria-label": group === "" ? label : `${label}: ${group}` });
        lists.set(group, list);
        node.append(groups.size > 1 ? element("p", { class: "small-group" }, group) : "", list);
    }
    for (const item of items) {
        const button = element("button", { type: "button", class: "small", "aria-pressed": item.name === pressed ? "true" : "false", "data-name": item.name },
            element("span", { class: "title" }, item.title), element("span", { class: "value" }, item.value), item.drawing());
        button.addEventListener("click", () => { on_press(item.name); });
        buttons.set(item.name, button);
        lists.get(item.group ?? "")!.append(element("li", {}, button));
    }
    return {
        node,
        redraw: (name, drawing, value) => {
            const button = buttons.get(name);
            if (button !== undefined) {
                button.querySelector("svg")?.replaceWith(drawing());
                button.querySelector(".value")?.replaceChildren(value);
            }
        },
        press: (name) => {
            for (const [own, button] of buttons) {
                button.setAttribute("aria-pressed", own === name ? "true" : "false");
            }
        },
    };
}

/** A curve of the share of runs in which something has come, with its interval; without axes. */
export function small_steps(curve: { when: readonly number[]; share: readonly number[]; low: readonly number[]; high: readonly number[]; style: number }, from: number, to: number): SVGSVGElement {
    const y = number_scale([0, 1], [height - 2, 2]);
    const x = (at: number): number => to > from ? width * (at - from) / (to - from) : 0;
    const steps = (values: readonly number[]): { x: number; y: number }[] => {
        const corners = [{ x: 0, y: y(0) }];
        curve.when.forEach((when, at) => { corners.push({ x: x(when), y: corners.at(-1)!.y }, { x: x(when), y: y(values[at]!) }); });
        return [...corners, { x: width, y: corners.at(-1)!.y }];
    };
    const path = (corners: readonly { x: number; y: number }[]): string => corners.map((corner) => `${corner.x.toFixed(1)},${corner.y.toFixed(1)}`).join("L");
    const root = svg("svg", { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", "aria-hidden": "true", class: `s${curve.style}`, focusable: "false" });
    root.append(svg("line", { class: "whisker faint", x1: 0, x2: width, y1: y(0), y2: y(0), "vector-effect": "non-scaling-stroke" }),
        svg("path", { class: "band wide", d: `M${path(steps(curve.low))}L${path(steps(curve.high).reverse())}Z` }),
        svg("path", { class: "line median", "vector-effect": "non-scaling-stroke", d: `M${path(steps(curve.share))}` }));
    return root;
}
