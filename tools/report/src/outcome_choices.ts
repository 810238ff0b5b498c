// By which outcomes the runs of a page may be parted, and what the two groups are called.
import { moment, told_moment } from "./clock";
import type { EnsembleData } from "./ensemble_data";
import { capitalised, number, percent, spoken, with_unit } from "./format";
import { count_of, quantile, split_by_date, split_by_value, type RunValues, type Split } from "./groups";

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

function ways_of(values: Float64Array, levels: readonly string[], unit: string, name: string, end: number): Way[] {
    const present = values.filter((value) => !Number.isNaN(value)).sort();
    if (levels.length > 0) {
        return levels.map((level, at) => ({
            value: `level${at}`, label: `on ${level}`, split: () => split_by_value(values, (value) => Math.round(value) === at, end), names: [`${name}: ${level}`, "others"] as const, short: [level, "others"] as const,
            said: [`on ${level}`, "others"] as const,
        })).filter((_, at) => present.some((value) => Math.round(value) === at));
    }
    const at = (p: number): number => present.length === 0 ? NaN : quantile(present, p);
    const [tenth, half, most] = [at(0.1), at(0.5), at(0.9)];
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

/** All of them: dates, then levels and numbers at the end, then what has one value per run. Those that are the same in all runs are left out. */
export function outcomes_of(ensemble: EnsembleData, values: RunValues, titles: { series: readonly string[]; dates: readonly string[]; scalars: readonly string[] }): Outcome[] {
    const ends = values.courses.filter((course) => !course.yearly && varies(course.last)).map((course): Outcome => {
        const series = ensemble.series[course.series[0]!]!;
        const name = spoken(series.name);
        return { value: `end.${series.name}`, title: titles.series[course.series[0]!]!, group: "At the end", date: null,
            ways: ways_of(course.last, series.levels.map((level) => level.name), series.unit, name, values.end) };
    });
    return [
        ...ensemble.dates.map((date, at): Outcome => ({ value: `date.${date.name}`, title: titles.dates[at]!, group: "Whether and when", date: at, ways: [] })),
        ...ends,
        ...values.scalars.flatMap((scalar, at): Outcome[] => {
            const { name, unit } = ensemble.scalars[at]!;
            return varies(scalar.values) ? [{ value: `once.${name}`, title: titles.scalars[at]!, group: "One value per run", date: null,
                ways: ways_of(scalar.values, scalar.levels, unit, spoken(name), values.end) }] : [];
        }),
    ];
}

/** Whether a date came before a moment, by which a way is made; at the end or later, whether it came at all. */
export function way_by_date(ensemble: EnsembleData, values: RunValues, date: number, until: number): Way {
    const { name } = ensemble.dates[date]!;
    const is_whole = until >= values.end;
    const names = is_whole ? [spoken(name), "not"] as const : [`${spoken(name)} before ${told_moment(until)}`, "not by then"] as const;
    return {
        value: is_whole ? "" : moment(until), label: is_whole ? "by the end" : `before ${told_moment(until)}`,
        split: () => split_by_date(values.dates[date]!, values.failed, Math.min(until, values.end)),
        names, said: names, short: [spoken(name), "not"],
    };
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
