// Scores: pooled beside those of baselines, item by item, and whether chances are what they say.
import { scaleLinear } from "d3-scale";
import { element, svg } from "./dom";
import { drawing, figure } from "./figure";
import { number } from "./format";
import { axis_left, axis_of_numbers, declare, frame } from "./frame";
import type { ReliabilityData, ScoreData } from "./studies_data";
import { scrolling_table, type Cell } from "./table";

const figures = (...titles: string[]): { title: string; numeric: boolean }[] => titles.map((title) => ({ title, numeric: true }));

function groups_table(data: ScoreData): HTMLElement {
    const rows = data.groups.flatMap((group): Cell[][] => {
        const head: Cell[] = [group.name, group.rule, group.items, group.score];
        return group.against.length === 0 ? [[...head, "", null, null, null, null, ""]]
            : group.against.map((one) => [...head, one.baseline, one.score, one.skill, one.low, one.high, one.verdict]);
    });
    return scrolling_table({
        caption: `Scores from ${data.span}, less is better, beside those of forecasts that know nothing but the record before. Skill is 1 − score / baseline, with its 95 % interval.`,
        columns: [{ title: "of" }, { title: "score" }, ...figures("items", "forecast"), { title: "held against" }, ...figures("its score", "skill", "low", "high"), { title: "verdict" }],
        rows,
    });
}

function areas_table(data: ScoreData): HTMLElement {
    return scrolling_table({
        caption: "Area under the ROC curve: how often what came had the larger chance than what did not.",
        columns: [{ title: "of" }, ...figures("items", "came", "area", "low", "high"), { title: "gain over" }, ...figures("gain", "low", "high")],
        rows: data.areas.flatMap((area): Cell[][] => {
            const head: Cell[] = [area.name, area.items, area.came, area.area, area.low, area.high];
            return area.gains.length === 0 ? [[...head, "", null, null, null]] : area.gains.map((one) => [...head, one.baseline, one.gain, one.low, one.high]);
        }),
    });
}

/** Pooled scores, areas, and items. */
export function scores_tables(data: ScoreData): HTMLElement[] {
    const items = scrolling_table({
        caption: "What was scored: on record, and as it was forecast.",
        columns: [{ title: "item" }, { title: "since" }, { title: "until" }, { title: "on record" }, ...figures("chance", "median", "5 %", "95 %", "score")],
        rows: data.items.map((one) => [one.name, one.since, one.until, one.record, one.chance, one.median, one.low, one.high, one.score]),
    });
    return [groups_table(data), ...(data.areas.length === 0 ? [] : [areas_table(data)]), items, ...(data.items_note === "" ? [] : [element("p", {}, data.items_note)])];
}

function draw_reliability(bins: readonly ReliabilityData[], width: number): SVGSVGElement {
    const size = Math.min(width, 460);
    const label = `Reliability. ${bins.map((bin) => `Chance ${number(bin.chance)}: ${number(bin.share)} of ${bin.items} came`).join("; ")}.`;
    const where = frame(size, size * 0.9, { top: 34, right: 14, bottom: 46, left: 52 }, label);
    const x = scaleLinear([0, 1], [where.left, where.right]);
    const y = scaleLinear([0, 1], [where.bottom, where.top]);
    declare(where.root, x, y);
    where.root.append(axis_left(where, y, "share that came"), axis_of_numbers(where, x, "chance forecast"),
        svg("line", { class: "zero", x1: x(0), y1: y(0), x2: x(1), y2: y(1) }));
    for (const bin of bins) {
        const at = x(bin.chance!);
        where.root.append(
            svg("rect", { class: "bar pale s1", x: at - 7, width: 14, y: y(bin.most!), height: Math.max(1, y(bin.least!) - y(bin.most!)) }),
            svg("circle", { class: "observed", cx: at, cy: y(bin.share!), r: 4.5, "data-value": bin.share, "data-items": bin.items },
                svg("title", {}, `chance ${number(bin.chance)}: ${number(bin.share)} of ${bin.items} came`)));
    }
    return where.root;
}

function reliability(data: ScoreData): HTMLElement[] {
    const bins = data.reliability.filter((bin) => bin.items > 0 && bin.chance !== null);
    return bins.length === 0 ? [] : [figure({
        title: "Reliability: of what was given a chance, the share that came.",
        note: ["On the diagonal chances are what they say; in the bars the share would lie by luck alone in 95 of 100 cases, were they right and the items independent."],
        body: [drawing((width) => draw_reliability(bins, width)).node],
        table: () => ({
            caption: "Reliability.", columns: figures("from", "to", "items", "mean chance", "share", "least by luck", "most by luck"),
            rows: bins.map((bin) => [bin.low, bin.high, bin.items, bin.chance, bin.share, bin.least, bin.most]),
        }),
    }).node];
}

function draw_pit(data: ScoreData, width: number): SVGSVGElement {
    const wide = Math.min(width, 560);
    const where = frame(wide, 260, { top: 34, right: 14, bottom: 46, left: 52 }, `Histogram of the probability integral transform: ${data.pit.map((height) => number(height)).join(", ")}.`);
    const x = scaleLinear([0, 1], [where.left, where.right]);
    const y = scaleLinear([0, Math.max(2, ...data.pit, data.pit_high ?? 0)], [where.bottom, where.top]).nice(5);
    declare(where.root, x, y);
    where.root.append(axis_left(where, y, "density"), axis_of_numbers(where, x, "where in its forecast the record lies"));
    if (data.pit_low !== null && data.pit_high !== null) {
        where.root.append(svg("rect", { class: "bar pale s2", x: where.left, width: where.right - where.left, y: y(data.pit_high), height: Math.max(1, y(data.pit_low) - y(data.pit_high)) }));
    }
    data.pit.forEach((height, at) => {
        const left = x(at / data.pit.length);
        where.root.append(svg("rect", { class: "bar s1", x: left + 1, width: x((at + 1) / data.pit.length) - left - 2, y: y(height), height: y(0) - y(height), "data-value": height }));
    });
    where.root.append(svg("line", { class: "zero", x1: where.left, x2: where.right, y1: y(1), y2: y(1) }));
    return where.root;
}

function transforms(data: ScoreData): HTMLElement[] {
    return data.pit.length === 0 ? [] : [figure({
        title: `Where in its forecast the record of ${data.pit_items} items lies.`,
        note: ["Flat where forecasts are calibrated; U-shaped where they are too narrow, humped where too wide. In the pale band each column lies by luck alone in 95 of 100 cases."],
        body: [drawing((width) => draw_pit(data, width)).node],
        table: () => ({
            caption: "Histogram of the probability integral transform.", columns: figures("from", "to", "density"),
            rows: data.pit.map((height, at) => [at / data.pit.length, (at + 1) / data.pit.length, height]),
        }),
    }).node];
}

/** The reliability diagram and the histogram of transforms. */
export function calibration_charts(data: ScoreData): HTMLElement[] {
    return [...reliability(data), ...transforms(data)];
}
