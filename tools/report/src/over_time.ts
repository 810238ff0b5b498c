// Series over time: one large chart, and all of them small, by which the large one is chosen.
import { clock, last_stretch, told_moment, year_of } from "./clock";
import { element } from "./dom";
import { draw_fan, has_bands, has_levels, middle_of, move_cursor, nearest, part_of_year, shade_of, type Fact, type Fan, type Observation, type Values } from "./fan";
import { key_to_groups, last_of_groups, layers_of_groups, table_of_groups, type FanGroup } from "./fan_groups";
import { cursor, drawing, figure, select_field, switches } from "./figure";
import { percent, shown, unit_words, with_unit } from "./format";
import { later } from "./lazy";
import { legend } from "./legend";
import { in_link, on_link, put_in_link } from "./link_state";
import { Parting } from "./parting";
import { small_fan, small_groups, small_multiples, type SmallItem, type SmallMultiples } from "./small";
import { date_cell, type Cell, type Table } from "./table";
import { zoom_buttons, type Stretch } from "./window";

export interface Series {
    name: string;
    /** Its number among the series of the page's data. */
    number: number;
    title: string;
    /** The title under its group's heading. */
    short: string;
    unit: string;
    fan: Fan;
    observed: readonly Observation[];
    /** Under which heading the list of measures shows it. */
    group: string;
    /** Correlation over the runs of its value at the end with what the page is about; null where there is none. */
    along: number | null;
}

/** The series drawn at first: that of the headline, else the first that moves, else the first. */
function first_of(all: readonly Series[], headline: readonly string[]): Series {
    const moves = (values: Values): boolean => new Set(values.filter((value) => value !== null)).size > 1;
    return all.find((series) => headline.includes(series.name)) ?? all.find((series) => moves(series.fan.q50)) ?? all[0]!;
}

/** So many panels stand at once; the others are folded away. */
const most_panels = 8;

/** Those of the headline, and what goes along with it most over the runs, then the others in their order. */
export function foremost(all: readonly Series[], headline: readonly string[]): Series[] {
    const rank = (series: Series): number => headline.includes(series.name) ? 2 : Math.abs(series.along ?? 0);
    return [...all].sort((a, b) => rank(b) - rank(a) || all.indexOf(a) - all.indexOf(b)).slice(0, most_panels);
}

/** Of so few runs that there are no quantiles, the runs themselves are drawn. */
const are_single = (fan: Fan): boolean => !has_bands(fan) && (fan.runs?.length ?? 0) > 0;

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
    const pair = (low: Values, high: Values): string => `${shown(low[at], unit)} to ${shown(high[at], unit)}`;
    const mean = fan.mean === undefined ? "" : `, mean ${shown(fan.mean[at], unit)}`;
    const when = fan.until === undefined ? `${told_moment(fan.when[at]!)}${at === 0 ? ", before the first tick" : ""}` : fan.whole?.[at] === false
        ? `${year_of(fan.when[at]!)} in part (${told_moment(fan.when[at]!)} to ${told_moment(fan.until[at]!)}: ${part_of_year(fan, at)})` : year_of(fan.when[at]!);
    if (has_levels(fan)) {
        return `${when}: ${rungs_at(fan, at)}`;
    }
    if (are_single(fan) && fan.runs!.length === 1) {
        return `${when}: ${with_unit(fan.q50[at], unit)}`;
    }
    return `${when}: median ${with_unit(fan.q50[at], unit)}${typeof fan.q05[at] !== "number" ? "" : `, half of the runs ${pair(fan.q25, fan.q75)}, `
        + `90 % of them ${pair(fan.q05, fan.q95)}`}${mean}`;
}

/** In words what the groups were at the points nearest to one of all runs. */
function told_groups(series: Series, groups: readonly FanGroup[], at: number): HTMLElement[] {
    return groups.map((group) => {
        const there = group.fan.until === undefined ? nearest(group.fan.when, series.fan.when[at]!) : at;
        return element("span", { class: "group-told" }, element("b", {}, group.name), `, ${told({ ...series, fan: group.fan }, there)}`);
    });
}

/** A point of a series in its table: a date, or a year, a star behind those in part. */
function when_cell(fan: Fan, at: number): Cell {
    const in_part = fan.whole?.[at] === false;
    const cell = date_cell(fan.when[at]!, in_part ? "*" : "");
    return fan.until === undefined || typeof cell !== "object" || cell === null ? cell
        : { ...cell, node: [element("span", { class: "date", "data-iso": cell.text }, `${year_of(fan.when[at]!)}${in_part && clock.dated ? `* (${part_of_year(fan, at)})` : ""}`)] };
}

function table_of(series: Series): Table {
    const { fan, unit } = series;
    const numeric = (title: string): { title: string; unit: string; numeric: true } => ({ title, unit, numeric: true });
    if (has_levels(fan)) {
        return {
            caption: `${series.title}, share of runs on each level.`,
            columns: [{ title: "date" }, ...fan.levels!.map((level) => ({ title: level.name, numeric: true }))],
            rows: fan.when.map((_, at) => [when_cell(fan, at), ...fan.levels!.map((level) => level.share[at] ?? null)]),
        };
    }
    const mean = fan.mean;
    const runs = fan.runs ?? [];
    return {
        caption: `${series.title}, quantiles over the runs.`,
        columns: [{ title: "date" }, ...(mean === undefined ? [] : [numeric("mean")]), numeric("5 %"), numeric("25 %"), numeric("median"),
            numeric("75 %"), numeric("95 %"), ...runs.map((_, at) => numeric(`run ${fan.run_numbers?.[at] ?? at}`))],
        rows: fan.when.map((_, at) => [when_cell(fan, at), ...(mean === undefined ? [] : [mean[at] ?? null]), fan.q05[at] ?? null, fan.q25[at] ?? null,
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
        ...(are_single(fan) && fan.runs!.length === 1 ? [] : [{ kind: "line median", shape: "line", words: "median" } as const]),
        ...(show.has("bands") && has_bands(fan) ? [{ kind: "band middle", shape: "box", words: "25–75 % of runs" } as const, { kind: "band wide", shape: "box", words: "5–95 %" } as const] : []),
        ...(show.has("mean") && fan.mean !== undefined ? [{ kind: "line mean", shape: "line", words: "mean" } as const] : []),
        ...(show.has("runs") && (fan.runs?.length ?? 0) > 0 ? [{ kind: "line run", shape: "line", words: are_single(fan) ? (fan.runs!.length === 1 ? "the run" : `the ${fan.runs!.length} runs`) : `single runs (${(fan.run_numbers ?? []).join(", ")})` } as const] : []),
        ...(show.has("observed") && observed.length > 0 ? [{ kind: "observed", shape: "ring", words: "observed, ± 1 sd where given" } as const] : []),
    ]);
}

/** What of a series is drawn at first. */
const layers_at_first = (all: readonly Series[]): string[] => ["bands", "facts", "observed", ...(all.some((series) => are_single(series.fan)) ? ["runs"] : [])];

/** A stretch as the address has it: `10-40`. */
function stretch_of_link(last: number): Stretch {
    const match = /^(\d+)-(\d+)$/.exec(in_link("stretch") ?? "");
    const [from, to] = match === null ? [0, last] : [Number(match[1]), Number(match[2])];
    return from < to && to <= last ? { from, to } : { from: 0, to: last };
}

export function over_time(all: readonly Series[], facts: readonly Fact[], years_in_part: string, facts_note: string, headline: readonly string[], headline_words: string, parting = new Parting()): Node[] {
    const names = all.map((series) => series.name);
    const first = first_of(all, headline);
    const of_link = (): Series => all.find((series) => series.name === in_link("measure", names)) ?? first;
    let now = of_link();
    let last = now.fan.when.length - 1;
    let stretch: Stretch = stretch_of_link(last);
    const at_first = layers_at_first(all);
    const show = new Set(in_link("show")?.split(" ") ?? at_first);
    const readout = element("p", { class: "readout" });
    const groups = (): readonly FanGroup[] => parting.now?.fans(now.number) ?? [];

    const facts_at = (at: number): Node[] => {
        const begin = now.fan.when[at]!;
        const end = now.fan.until?.[at] ?? now.fan.when[at + 1] ?? begin + last_stretch();
        return now.fan.until !== undefined ? [] : facts.filter((fact) => fact.at >= begin && fact.at < end)
            .map((fact) => element("span", { class: "fact-text" }, `${told_moment(fact.at)}: ${fact.text}`));
    };
    const plot = drawing((width) => draw_fan(now.fan, width, {
        label: `${now.title}, ${told_moment(now.fan.when[0]!)} to ${told_moment(now.fan.when[last]!)}. ${told_at(last)}.`,
        unit: now.unit, stretch, show, groups: layers_of_groups(groups()), observed: now.observed, facts: now.fan.until === undefined ? facts : [], cursor: slider.at(),
        on_frame: (left, right) => { slider.align(left, right); },
        on_hover: (at) => { slider.move(at); },
        on_zoom: (to) => { set_stretch(to ?? { from: 0, to: last }); },
    }));
    const told_at = (at: number): string => groups().length === 0 ? told(now, at) : told_groups(now, groups(), at).map((node) => node.textContent).join("; ");
    const read = (at: number): void => {
        readout.replaceChildren(...(groups().length === 0 ? [told(now, at)] : told_groups(now, groups(), at)), ...facts_at(at));
    };
    const make_slider = (): ReturnType<typeof cursor> => cursor("Date read in the chart", last + 1, last, told_at, (at) => {
        read(at);
        move_cursor(plot.drawn(), middle_of(now.fan, at));
    });
    let slider = make_slider();
    const slot = element("div", {}, slider.node);
    let zoom = zoom_buttons(last, () => stretch, () => slider.at(), (to) => { set_stretch(to); });
    const zoom_slot = element("div", { class: "field" }, zoom.node);

    function set_stretch(to: Stretch): void {
        stretch = to;
        put_in_link("stretch", to.from === 0 && to.to === last ? null : `${to.from}-${to.to}`);
        slider.limit(to.from, to.to);
        zoom.show(to);
        plot.redraw();
        slider.move(slider.at());
    }

    const key_now = (): HTMLElement => groups().length === 0 ? key_to(now, show) : key_to_groups(groups(), show, show.has("observed") && now.observed.length > 0);
    const caption = (): string => groups().length === 0 ? caption_of(now) : `${caption_of(now).replace(/\.$/, "")}, by outcome.`;
    const key = element("div", {}, key_now());
    function choose(name: string): void {
        put_in_link("measure", name === first.name ? null : name, true);
        draw(name, { from: 0, to: all.find((series) => series.name === name)!.fan.when.length - 1 });
    }
    function draw(name: string, to: Stretch): void {
        now = all.find((series) => series.name === name) ?? now;
        last = now.fan.when.length - 1;
        slider = make_slider();
        slot.replaceChildren(slider.node);
        zoom = zoom_buttons(last, () => stretch, () => slider.at(), (to) => { set_stretch(to); });
        zoom_slot.replaceChildren(zoom.node);
        set_stretch(to);
        key.replaceChildren(key_now());
        box.choose(name);
        for (const one of overviews) {
            one.press(name);
        }
        tell_of_years();
        large.refresh(caption());
    }

    const box = select_field("Measure", all.map((series) => ({ value: series.name, label: series.title, group: series.group })), now.name, choose);
    on_link(() => { draw(of_link().name, stretch_of_link(of_link().fan.when.length - 1)); });
    const are_few = !all.some((series) => has_bands(series.fan));
    const has_runs = all.some((series) => (series.fan.runs?.length ?? 0) > 0);
    const layers = switches("Show", [
        ...(are_few ? [] : [{ value: "bands", label: "quantiles" }]),
        { value: "mean", label: "mean" },
        ...(has_runs ? [{ value: "runs", label: "single runs" }] : []),
        ...(facts.length > 0 ? [{ value: "facts", label: "dated facts" }] : []),
        ...(all.some((series) => series.observed.length > 0) ? [{ value: "observed", label: "record" }] : []),
    ].map((layer) => ({ ...layer, on: show.has(layer.value) })), (value, on) => {
        if (on) {
            show.add(value);
        } else {
            show.delete(value);
        }
        const told = [...show].sort().join(" ");
        put_in_link("show", told === [...at_first].sort().join(" ") ? null : told);
        key.replaceChildren(key_now());
        plot.redraw();
    });
    const in_part = element("span");
    const how = element("span");
    function tell_of_years(): void {
        how.textContent = has_levels(now.fan) ? "Areas are the shares of runs on each level. "
            : are_few ? "Of fewer than 20 runs there are no quantiles: each line is a run. " : "Lines and bands are quantiles over the runs at each date. ";
        const parts = (now.fan.whole ?? []).flatMap((whole, at) => whole || now.fan.until === undefined ? [] : [`${year_of(now.fan.when[at]!)}: ${part_of_year(now.fan, at)}`]);
        in_part.textContent = years_in_part === "" || parts.length === 0 ? "" : `* in part: ${parts.join("; ")}. `;
    }
    tell_of_years();
    const large = figure({
        title: caption_of(now),
        note: [how, facts.length > 0 ? `Triangles mark dated facts of the timeline. ${facts_note} ` : "",
            in_part,
            element("span", { class: "controls-note" }, "Move over the chart, or use the arrow keys on it, to read values; drag across it to zoom.")],
        controls: [box.node, layers, zoom_slot],
        body: [plot.node, slot, readout, key],
        table: () => groups().length === 0 ? table_of(now) : table_of_groups(now.title, now.unit, groups(), when_cell),
        kind: "over-time",
    });
    const small_of = (series: Series): { drawing: () => SVGSVGElement; value: string } => {
        const end = series.fan.q50.length - 1;
        const own = parting.now?.fans(series.number) ?? [];
        return own.length > 0 ? { drawing: () => small_groups(own), value: last_of_groups(own, series.unit) } : { drawing: () => small_fan(series.fan),
            value: has_levels(series.fan) ? foremost_at(series.fan, end) : `${shown(series.fan.q50[0], series.unit)} → ${with_unit(series.fan.q50[end], series.unit)}` };
    };
    const item_of = (series: Series): SmallItem => ({ name: series.name, title: series.short, group: series.group, ...small_of(series) });
    const show_above = (name: string): void => {
        choose(name);
        large.node.scrollIntoView({ block: "nearest" });
    };
    const main = foremost(all, headline);
    const rest = all.filter((series) => !main.includes(series));
    const overviews: SmallMultiples[] = [small_multiples("Measures", main.map((series) => ({ ...item_of(series), group: "" })), now.name, show_above)];
    const others = element("details", { class: "fold more" }, element("summary", {}, `All measures (${all.length})`));
    const fill = later(() => {
        const more = small_multiples("All measures", rest.map(item_of), now.name, show_above);
        overviews.push(more);
        others.append(more.node);
    });
    others.addEventListener("toggle", fill);
    zoom.show(stretch);
    read(last);
    const redraw_small = (): void => {
        for (const series of all) {
            const { drawing: draw_small, value } = small_of(series);
            for (const one of overviews) {
                one.redraw(series.name, draw_small, value);
            }
        }
    };
    let waiting: ReturnType<typeof setTimeout> | undefined;
    parting.follow(() => {
        set_stretch(stretch);
        key.replaceChildren(key_now());
        large.refresh(caption());
        clearTimeout(waiting);  // a slider that parts the runs moves faster than all of them are drawn
        waiting = setTimeout(redraw_small, 100);
    });
    if (all.length < 2) {
        return [large.node];
    }
    const small = figure({
        title: `${rest.length === 0 ? "All measures" : headline.length > 0 ? "What the page is about, and what goes along with it" : "The first measures"}: median${are_few ? "" : ", quartiles and 5–95 % of the runs"}, each on its own scale.`,
        note: [headline.length > 0 && all.some((series) => series.along !== null) ? `First the headline; then what is correlated most with “${headline_words}” over the runs at the end. ` : "", element("span", { class: "controls-note" }, "Choosing one shows it above.")],
        body: [overviews[0]!.node, ...(rest.length === 0 ? [] : [others])],
        table: () => ({
            caption: "Medians before the first tick and at the last, with quantiles of the last.",
            name: "measures",
            columns: [{ title: "measure" }, { title: "unit" }, ...["before the first tick", "at the end", "at the end, 5 %", "at the end, 95 %"].map((title) => ({ title, numeric: true }))],
            rows: all.map((series) => {
                const end = series.fan.q50.length - 1;
                return [series.title, series.unit, series.fan.q50[0] ?? null, series.fan.q50[end] ?? null, series.fan.q05[end] ?? null, series.fan.q95[end] ?? null];
            }),
        }),
        kind: "measures long",
    });
    return [large.node, small.node];
}

function caption_of(series: Series): string {
    return has_levels(series.fan) ? `${series.title}, share of runs on each level.` : `${series.title}${unit_words(series.unit) ? `, in ${unit_words(series.unit)}` : ""}.`;
}
