// Series over time: one large chart, and all of them small, by which the large one is chosen.
import { last_stretch, moment, year_of } from "./clock";
import { element } from "./dom";
import { draw_fan, has_bands, has_levels, middle_of, move_cursor, shade_of, type Fact, type Fan, type Observation, type Values } from "./fan";
import { cursor, drawing, figure, select_field, switches } from "./figure";
import { number, percent, with_unit } from "./format";
import { legend } from "./legend";
import { small_fan, small_multiples } from "./small";
import type { Table } from "./table";
import { zoom_buttons, type Stretch } from "./window";

export interface Series {
    name: string;
    title: string;
    /** The title under its group's heading. */
    short: string;
    unit: string;
    fan: Fan;
    observed: readonly Observation[];
    /** Under which heading the list of measures shows it. */
    group: string;
}

/** The series drawn at first: the first that moves, else the first. */
function first_of(all: readonly Series[]): Series {
    const moves = (values: Values): boolean => new Set(values.filter((value) => value !== null)).size > 1;
    return all.find((series) => moves(series.fan.q50)) ?? all[0]!;
}

/** In words which share of runs was on which level, the highest first. */
function rungs_at(fan: Fan, at: number): string {
    const taken = [...fan.levels ?? []].reverse().filter((level) => (level.share[at] ?? 0) > 0);
    return taken.length === 0 ? "no runs" : `of runs ${taken.map((level) => `${percent(level.share[at])} ${level.name}`).join(", ")}`;
}

/** The level on which most runs are at a point, and how many. */
function foremost_at(fan: Fan, at: number): string {
    const most = [...fan.levels ?? []].sort((a, b) => (b.share[at] ?? 0) - (a.share[at] ?? 0))[0];
    return most === undefined ? "" : `${most.name} ${percent(most.share[at])}`;
}

/** In words what the series was at a point. */
export function told(series: Series, at: number): string {
    const { fan, unit } = series;
    const pair = (low: Values, high: Values): string => `${number(low[at])} to ${number(high[at])}`;
    const mean = fan.mean === undefined ? "" : `, mean ${number(fan.mean[at])}`;
    const when = fan.until === undefined ? moment(fan.when[at]!) : fan.whole?.[at] === false
        ? `${year_of(fan.when[at]!)} in part (${moment(fan.when[at]!)} to ${moment(fan.until[at]!)})` : year_of(fan.when[at]!);
    if (has_levels(fan)) {
        return `${when}: ${rungs_at(fan, at)}`;
    }
    return `${when}: median ${with_unit(fan.q50[at], unit)}${typeof fan.q05[at] !== "number" ? "" : `, half of the runs ${pair(fan.q25, fan.q75)}, `
        + `90 % of them ${pair(fan.q05, fan.q95)}`}${mean}`;
}

function table_of(series: Series): Table {
    const { fan, unit } = series;
    const numeric = (title: string): { title: string; unit: string; numeric: true } => ({ title, unit, numeric: true });
    if (has_levels(fan)) {
        return {
            caption: `${series.title}, share of runs on each level.`,
            columns: [{ title: "date" }, ...fan.levels!.map((level) => ({ title: level.name, numeric: true }))],
            rows: fan.when.map((when, at) => [`${fan.until === undefined ? moment(when) : year_of(when)}${fan.whole?.[at] === false ? "*" : ""}`, ...fan.levels!.map((level) => level.share[at] ?? null)]),
        };
    }
    const mean = fan.mean;
    const runs = fan.runs ?? [];
    return {
        caption: `${series.title}, quantiles over the runs.`,
        columns: [{ title: "date" }, ...(mean === undefined ? [] : [numeric("mean")]), numeric("5 %"), numeric("25 %"), numeric("median"),
            numeric("75 %"), numeric("95 %"), ...runs.map((_, at) => numeric(`run ${fan.run_numbers?.[at] ?? at}`))],
        rows: fan.when.map((when, at) => [`${moment(when)}${fan.whole?.[at] === false ? "*" : ""}`, ...(mean === undefined ? [] : [mean[at] ?? null]), fan.q05[at] ?? null, fan.q25[at] ?? null,
            fan.q50[at] ?? null, fan.q75[at] ?? null, fan.q95[at] ?? null, ...runs.map((run) => run[at] ?? null)]),
    };
}

/** The key to those layers that are drawn. */
function key_to(series: Series, show: ReadonlySet<string>): HTMLElement {
    const { fan, observed } = series;
    if (has_levels(fan)) {
        const count = fan.levels!.length;
        return legend(fan.levels!.map((level, at) => ({ kind: "band rung", shape: "box", words: level.name, shade: shade_of(at, count) }) as const).reverse());
    }
    return legend([
        { kind: "line median", shape: "line", words: "median" } as const,
        ...(show.has("bands") && has_bands(fan) ? [{ kind: "band middle", shape: "box", words: "25–75 % of runs" } as const, { kind: "band wide", shape: "box", words: "5–95 %" } as const] : []),
        ...(show.has("mean") && fan.mean !== undefined ? [{ kind: "line mean", shape: "line", words: "mean" } as const] : []),
        ...(show.has("runs") && (fan.runs?.length ?? 0) > 0 ? [{ kind: "line run", shape: "line", words: `single runs (${(fan.run_numbers ?? []).join(", ")})` } as const] : []),
        ...(show.has("observed") && observed.length > 0 ? [{ kind: "observed", shape: "ring", words: "observed, ± 1 sd where given" } as const] : []),
    ]);
}

export function over_time(all: readonly Series[], facts: readonly Fact[], years_in_part: string, facts_note = ""): Node[] {
    let now = first_of(all);
    let last = now.fan.when.length - 1;
    let stretch: Stretch = { from: 0, to: last };
    const show = new Set(["bands", "facts", "observed"]);
    const readout = element("p", { class: "readout" });

    const facts_at = (at: number): Node[] => {
        const begin = now.fan.when[at]!;
        const end = now.fan.until?.[at] ?? now.fan.when[at + 1] ?? begin + last_stretch();
        return now.fan.until !== undefined ? [] : facts.filter((fact) => fact.at >= begin && fact.at < end)
            .map((fact) => element("span", { class: "fact-text" }, `${moment(fact.at)}: ${fact.text}`));
    };
    const plot = drawing((width) => draw_fan(now.fan, width, {
        label: `${now.title}, ${moment(now.fan.when[0]!)} to ${moment(now.fan.when[last]!)}. ${told(now, last)}.`,
        unit: now.unit, stretch, show, observed: now.observed, facts: now.fan.until === undefined ? facts : [], cursor: slider.at(),
        on_frame: (left, right) => { slider.align(left, right); },
        on_hover: (at) => { slider.move(at); },
        on_zoom: (to) => { set_stretch(to ?? { from: 0, to: last }); },
    }));
    const read = (at: number): void => {
        readout.replaceChildren(told(now, at), ...facts_at(at));
    };
    const make_slider = (): ReturnType<typeof cursor> => cursor("Date read in the chart", last + 1, last, (at) => told(now, at), (at) => {
        read(at);
        move_cursor(plot.drawn(), middle_of(now.fan, at));
    });
    let slider = make_slider();
    const slot = element("div", {}, slider.node);
    let zoom = zoom_buttons(last, () => stretch, () => slider.at(), (to) => { set_stretch(to); });
    const zoom_slot = element("div", { class: "field" }, zoom.node);

    function set_stretch(to: Stretch): void {
        stretch = to;
        slider.limit(to.from, to.to);
        zoom.show(to);
        plot.redraw();
        slider.move(slider.at());
    }

    const key = element("div", {}, key_to(now, show));
    function choose(name: string): void {
        now = all.find((series) => series.name === name) ?? now;
        last = now.fan.when.length - 1;
        slider = make_slider();
        slot.replaceChildren(slider.node);
        zoom = zoom_buttons(last, () => stretch, () => slider.at(), (to) => { set_stretch(to); });
        zoom_slot.replaceChildren(zoom.node);
        set_stretch({ from: 0, to: last });
        key.replaceChildren(key_to(now, show));
        box.choose(name);
        overview.press(name);
        tell_of_years();
        large.refresh(caption_of(now));
    }

    const box = select_field("Measure", all.map((series) => ({ value: series.name, label: series.title, group: series.group })), now.name, choose);
    const are_few = !all.some((series) => has_bands(series.fan));
    const has_runs = all.some((series) => (series.fan.runs?.length ?? 0) > 0);
    const layers = switches("Show", [
        { value: "bands", label: "quantiles", on: true },
        { value: "mean", label: "mean", on: false },
        ...(has_runs ? [{ value: "runs", label: "single runs", on: false }] : []),
        ...(facts.length > 0 ? [{ value: "facts", label: "dated facts", on: true }] : []),
        ...(all.some((series) => series.observed.length > 0) ? [{ value: "observed", label: "record", on: true }] : []),
    ], (value, on) => {
        if (on) {
            show.add(value);
        } else {
            show.delete(value);
        }
        key.replaceChildren(key_to(now, show));
        plot.redraw();
    });
    const in_part = element("span");
    function tell_of_years(): void {
        in_part.textContent = years_in_part === "" || now.fan.until === undefined ? "" : `${years_in_part}. `;
    }
    tell_of_years();
    const large = figure({
        title: caption_of(now),
        note: [all.some((series) => has_levels(series.fan)) ? "Areas are the shares of runs on each level. " : "", are_few ? "Lines are medians over the runs at each date: of so few there are no quantiles. " : "Lines and bands are quantiles over the runs at each date. ", facts.length > 0 ? `Triangles mark dated facts of the timeline. ${facts_note} ` : "",
            in_part,
            element("span", { class: "controls-note" }, "Move over the chart, or use the arrow keys on it, to read values; drag across it to zoom.")],
        controls: [box.node, layers, zoom_slot],
        body: [plot.node, slot, readout, key],
        table: () => table_of(now),
        kind: "over-time",
    });
    const overview = small_multiples("Measures", all.map((series) => {
        const end = series.fan.q50.length - 1;
        return { name: series.name, title: series.short, group: series.group, drawing: small_fan(series.fan),
            value: has_levels(series.fan) ? foremost_at(series.fan, end) : `${number(series.fan.q50[0])} → ${with_unit(series.fan.q50[end], series.unit)}` };
    }), now.name, (name) => {
        choose(name);
        large.node.scrollIntoView({ block: "nearest" });
    });
    zoom.show(stretch);
    read(last);
    if (all.length < 2) {
        return [large.node];
    }
    const small = figure({
        title: `All measures at a glance: median${are_few ? "" : ", quartiles and 5–95 % of the runs"}, each on its own scale.`,
        note: [element("span", { class: "controls-note" }, "Choosing one shows it above.")],
        body: [overview.node],
        table: () => ({
            caption: "Medians at the first and the last date, with quantiles of the last.",
            columns: [{ title: "measure" }, { title: "unit" }, ...["first", "last", "last, 5 %", "last, 95 %"].map((title) => ({ title, numeric: true }))],
            rows: all.map((series) => {
                const end = series.fan.q50.length - 1;
                return [series.title, series.unit, series.fan.q50[0] ?? null, series.fan.q50[end] ?? null, series.fan.q05[end] ?? null, series.fan.q95[end] ?? null];
            }),
        }),
        kind: "long",
    });
    return [large.node, small.node];
}

function caption_of(series: Series): string {
    return has_levels(series.fan) ? `${series.title}, share of runs on each level.` : `${series.title}${series.unit ? `, in ${series.unit}` : ""}.`;
}
