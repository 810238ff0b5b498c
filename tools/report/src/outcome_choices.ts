// By which outcomes the runs of a page may be parted, and what the two groups are called.
import { moment, told_moment } from "./clock";
import { cursor, select_field } from "./figure";
import { element } from "./dom";
import { capitalised, number, percent, spoken, with_unit } from "./format";
import { count_of, quantile, split_by_date, split_by_value, type Split } from "./groups";
import { in_link } from "./link_state";

/** A number or level of each run. */
export interface ChoosableValue {
    /** As it stands in links. */
    key: string;
    name: string;
    title: string;
    /** Under which heading the list of outcomes shows it. */
    group: string;
    unit: string;
    levels: readonly string[];
    /** By run; NaN where there is none. */
    values: Float64Array;
    /** Its quantiles 0.1, 0.5 and 0.9, where the values are too coarse to take them of; else null. */
    marks: readonly [number, number, number] | null;
}

/** What runs may be parted by. */
export interface Choosable {
    /** When each came, by run; NaN where it did not. */
    dates: readonly { name: string; title: string; came: Float64Array }[];
    values: readonly ChoosableValue[];
    /** From when on nothing is known of a run; NaN of one that did not fail. */
    failed: Float64Array;
    /** Of the calendar, on the scale of `came` and `failed`. */
    end: number;
    /** By which a date may have come: on that scale, and as the page has moments. */
    moments: readonly { at: number; when: number }[];
}

/** A way of parting the runs: what it is called, and how it is done. */
export interface Way {
    value: string;
    label: string;
    split: () => Split;
    /** What the first group is, and the other: in full, and as heads of columns. */
    names: readonly [string, string];
    short: readonly [string, string];
    /** What its runs are said to be: "recognised", "in the top tenth, 0.8 or more". */
    said: readonly [string, string];
}

/** Something by which runs may be parted. */
export interface Outcome {
    /** As it stands in links. */
    value: string;
    title: string;
    /** Under which heading the list of outcomes shows it. */
    group: string;
    /** Of a date: its number; it may be asked whether it came before any moment. */
    date: number | null;
    /** Otherwise the ways of parting, the first of which is taken first. */
    ways: readonly Way[];
}

function ways_of({ values, levels, unit, name: own_name, marks }: ChoosableValue, end: number): Way[] {
    const name = spoken(own_name);
    const present = values.filter((value) => !Number.isNaN(value)).sort();
    if (levels.length > 0) {
        return levels.map((level, at) => ({
            value: `level${at}`, label: `on ${level}`, split: () => split_by_value(values, (value) => Math.round(value) === at, end), names: [`${name}: ${level}`, "others"] as const, short: [level, "others"] as const,
            said: [`on ${level}`, "others"] as const,
        })).filter((_, at) => present.some((value) => Math.round(value) === at));
    }
    const at = (p: number): number => present.length === 0 ? NaN : quantile(present, p);
    const [tenth, half, most] = marks ?? [at(0.1), at(0.5), at(0.9)];
    const bound = (value: number): string => with_unit(value, unit);
    const above = present.some((value) => value > half);
    return [
        { value: "top", label: "in the top tenth", split: () => split_by_value(values, (value) => value >= most, end), names: [`${name}: top tenth, ${bound(most)} or more`, "others"],
            short: ["top tenth", "others"], said: [`in the top tenth, ${bound(most)} or more`, "others"] },
        { value: "bottom", label: "in the bottom tenth", split: () => split_by_value(values, (value) => value <= tenth, end), names: [`${name}: bottom tenth, ${bound(tenth)} or less`, "others"],
            short: ["bottom tenth", "others"], said: [`in the bottom tenth, ${bound(tenth)} or less`, "others"] },
        { value: "above", label: "above the median", names: above ? [`${name}: above the median, ${bound(half)}`, "at or below it"] : [`${name}: the median, ${bound(half)}, or more`, "below it"],
            short: above ? ["above median", "others"] : ["median or more", "others"], said: above ? [`above the median, ${bound(half)}`, "at or below it"] : [`at the median, ${bound(half)}, or above`, "below it"],
            split: () => split_by_value(values, above ? (value) => value > half : (value) => value >= half, end) },
    ];
}

const varies = (values: Float64Array): boolean => new Set(values.filter((value) => !Number.isNaN(value))).size > 1;

/** All of them: dates, then levels and numbers. Those that are the same in all runs are left out. */
export function outcomes_of({ dates, values, end }: Choosable): Outcome[] {
    return [
        ...dates.map((date, at): Outcome => ({ value: `date.${date.name}`, title: date.title, group: "Whether and when", date: at, ways: [] })),
        ...values.filter((one) => varies(one.values)).map((one): Outcome => ({ value: one.key, title: one.title, group: one.group, date: null, ways: ways_of(one, end) })),
    ];
}

/** Whether a date came before a moment, by which a way is made; null: whether it came at all. */
export function way_by_date({ dates, failed, end }: Choosable, date: number, until: { at: number; when: number } | null): Way {
    const { name, came } = dates[date]!;
    const names = until === null ? [spoken(name), "not"] as const : [`${spoken(name)} before ${told_moment(until.when)}`, "not by then"] as const;
    return {
        value: until === null ? "" : moment(until.when), label: until === null ? "by the end" : `before ${told_moment(until.when)}`,
        split: () => split_by_date(came, failed, Math.min(until?.at ?? end, end)),
        names, said: names, short: [spoken(name), "not"],
    };
}

/** The controls by which a way is chosen: of a date a slider, else a list. `told` hears of every other way, and whether more are to come at once. The first
 *  is that of the page's address, or else whether the date came at all, or the first of the list. */
export function way_fields(choosable: Choosable, outcome: Outcome, told: (way: Way, soon: boolean) => void): { way: Way | null; fields: HTMLElement[] } {
    const { date } = outcome;
    if (date !== null) {
        const ways = [...choosable.moments.filter(({ at }) => at < choosable.end), null];
        const label = (at: number): string => way_by_date(choosable, date, ways[at]!).label;
        const asked = in_link("way");
        const found = asked === null ? -1 : ways.findIndex((until) => until !== null && moment(until.when) === asked);
        const start = found < 0 ? ways.length - 1 : found;
        const output = element("output", {}, label(start));
        const slider = cursor("It came", ways.length, start, label, (to) => {
            output.textContent = label(to);
            told(way_by_date(choosable, date, ways[to]!), true);
        }, true);
        return { way: way_by_date(choosable, date, ways[start]!), fields: [element("div", { class: "field until" }, slider.node, output)] };
    }
    const asked = in_link("way", outcome.ways.map((one) => one.value));
    const way = outcome.ways.find((one) => one.value === asked) ?? outcome.ways[0] ?? null;
    return { way, fields: [select_field("The runs", outcome.ways.map((one) => ({ value: one.value, label: one.label })), way?.value ?? "", (value) => {
        const chosen = outcome.ways.find((one) => one.value === value);
        if (chosen !== undefined) {
            told(chosen, false);
        }
    }).node] };
}

/** The groups' names with their shares of the runs: "recognised (42 % of runs)", "not (58 %)". */
export function names_with_shares(way: Way, split: Split): [string, string] {
    const [first, second] = [count_of(split, 0), count_of(split, 1)];
    const share = (count: number): string => percent(count / Math.max(1, first + second)).replace(" %", "\u00a0%");
    return [`${way.names[0]} (${share(first)} of runs)`, `${way.names[1]} (${share(second)})`];
}

/** In a sentence how many runs are in each group, and how many are left out: "All 1,000 runs: 420 recognised, 580 not." */
export function counted(way: Way, split: Split, over: string): string {
    const [first, second, out] = [count_of(split, 0), count_of(split, 1), count_of(split, -1)];
    return `${capitalised(over)}: ${number(first)} ${way.said[0]}, ${number(second)} ${way.said[1]}.`
        + (out === 0 ? "" : ` ${number(out)} ${out === 1 ? "is" : "are"} left out: it is not known how ${out === 1 ? "it" : "they"} would have ended.`);
}
