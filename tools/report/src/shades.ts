// Numbers in classes of equal colour: breaks that people can read, and a key to them.
import { scaleLinear } from "d3-scale";
import { element, svg } from "./dom";
import { number, percent } from "./format";

/** Rising bounds between which values lie: n + 1 of n classes. */
export type Breaks = readonly number[];

const most_classes = 7;

/** Steps of 1, 2, 5, 10, … up to the first that is no less than `high`, the last few of them, from 0. */
function in_ratio(high: number, shares: boolean): number[] {
    const bounds: number[] = [];
    for (let power = Math.floor(Math.log10(high)) - 3; bounds.length === 0 || bounds.at(-1)! < high; power += 1) {
        for (const digit of [1, 2, 5]) {
            if (bounds.length === 0 || bounds.at(-1)! < high) {
                bounds.push(Number(`${digit}e${power}`));
            }
        }
    }
    if (shares && bounds.at(-1)! > 1) {
        bounds[bounds.length - 1] = 1;
    }
    return [0, ...bounds.slice(-(most_classes - 1))];
}

/** Equal classes between round numbers; of values that are many times smaller than the greatest, classes that grow. Shares of large ranges run from 0 to 1. */
export function breaks_of(values: Iterable<number>, is_share = false): Breaks {
    const finite = [...values].filter(Number.isFinite).sort((a, b) => a - b);
    const low = finite[0] ?? 0;
    const high = finite.at(-1) ?? 1;
    const positive = finite.filter((value) => value > 0);
    if (low >= 0 && high > 0 && positive.length > 20 && positive[Math.floor(positive.length / 2)]! < high / 8) {
        return in_ratio(high, is_share);
    }
    if (is_share && high > 0.4) {
        return [0, 0.2, 0.4, 0.6, 0.8, 1];
    }
    if (!(high > low)) {
        const step = low === 0 ? 1 : Math.abs(low) / 2;
        return is_share ? [0, 0.2, 0.4, 0.6, 0.8, 1] : [low - step, low + step];
    }
    const from = is_share || (low >= 0 && low < high / 2) ? 0 : low;
    const inner = scaleLinear([from, high], [0, 1]).ticks(5);
    const step = inner.length > 1 ? inner[1]! - inner[0]! : high - from;
    const bounds = [...(inner[0]! > from ? [inner[0]! - step] : []), ...inner, ...(inner.at(-1)! < high ? [inner.at(-1)! + step] : [])];
    return bounds.map((bound) => Number(bound.toPrecision(12)));
}

/** Five classes around 0, that in the middle for what is hardly apart. */
export function breaks_apart(greatest: number): Breaks {
    const least = greatest > 0 ? greatest / 2.5 : 1;
    const power = 10 ** Math.floor(Math.log10(least));
    const step = [1, 2, 5, 10].map((digit) => digit * power).find((one) => one >= least * (1 - 1e-9)) ?? 10 * power;
    return [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5].map((steps) => Number((steps * step).toPrecision(12)));
}

/** The number of the class that holds the value; null where there is none. A bound belongs to the class above it, the last to the last class. */
export function class_of(breaks: Breaks, value: number | null | undefined): number | null {
    if (value === null || value === undefined || Number.isNaN(value)) {
        return null;
    }
    let at = 0;
    while (at + 2 < breaks.length && value >= breaks[at + 1]!) {
        at += 1;
    }
    return at;
}

/** Whether they lie around 0 as those of breaks_apart do: their colours then lead both ways from the middle. */
export const are_apart = (breaks: Breaks): boolean => breaks.length > 3 && breaks[0]! < 0 && breaks.every((bound, at) => bound === -breaks[breaks.length - 1 - at]!);

/** Fills a node by the class, out of so many; null: hatched. `apart`: below the middle class in one colour, above it in another. */
export function shade(node: Element & ElementCSSInlineStyle, at: number | null, classes: number, apart = false): void {
    node.classList.remove("none", "low", "high", "less", "more");
    node.classList.add("cell");
    if (at === null) {
        node.classList.add("none");
        node.removeAttribute("data-class");
        return;
    }
    if (apart) {
        const middle = (classes - 1) / 2;
        node.classList.add(at < middle ? "less" : "more");
        node.style.setProperty("--share", `${Math.round(Math.abs(at - middle) / middle * 100)}%`);
        node.setAttribute("data-class", String(at));
        return;
    }
    const share = classes > 1 ? at / (classes - 1) : 1;
    node.classList.add(share > 0.5 ? "high" : "low");
    node.style.setProperty("--share", `${Math.round((share > 0.5 ? share - 0.5 : share) * 200)}%`);
    node.setAttribute("data-class", String(at));
}

/** The colours and what they stand for, by `names` where these are given, without data last. */
export function shade_key(breaks: Breaks, is_share: boolean, without: string | null, names: readonly string[] = []): HTMLElement {
    const told = (value: number): string => is_share ? percent(value) : number(value);
    const classes = breaks.length - 1;
    return element("ul", { class: "shades" }, ...Array.from({ length: classes }, (_, at) => {
        const box = svg("rect", { width: 26, height: 12 });
        shade(box, at, classes, are_apart(breaks));
        return element("li", {}, svg("svg", { viewBox: "0 0 26 12", "aria-hidden": "true" }, box), names[at] ?? `${told(breaks[at]!)} – ${told(breaks[at + 1]!)}`);
    }), without === null ? null : element("li", {}, svg("svg", { viewBox: "0 0 26 12", "aria-hidden": "true" }, hatched(svg("rect", { width: 26, height: 12, class: "cell none" }))), without));
}

/** Strokes over what has no data, for grey and print. */
function hatched(box: SVGRectElement): SVGGElement {
    return svg("g", {}, box, svg("path", { class: "hatch", d: "M0,12L12,0M7,12L19,0M14,12L26,0" }));
}
