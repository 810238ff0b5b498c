// The runs one by one, parted in two by an outcome, and what each part shows.
import { time_of } from "./adapt";
import { clock } from "./clock";
import type { PackedNumbers } from "./data";
import type { EnsembleData } from "./ensemble_data";
import type { OutcomesData } from "./outcomes_data";
import { unpacked } from "./packed";

const day = 86_400_000;

/** A series of single runs. */
export interface RunCourse {
    /** Its numbers among the series of the page. */
    series: readonly number[];
    /** When each of its points is known: moments, or the ends of years. */
    when: readonly number[];
    /** Whether it stands for years, of which the points are the last days. */
    yearly: boolean;
    /** All points of the first run, then those of the next; NaN where there is none. */
    values: Float64Array;
    /** Of each run the last value, more exactly; empty of a measure by the year. */
    last: Float64Array;
}

/** What a page knows of its single runs. Times are the page's: milliseconds, or ticks. */
export interface RunValues {
    runs: number;
    times: readonly number[];
    end: number;
    courses: readonly RunCourse[];
    /** When each date came, NaN where it did not. */
    dates: readonly Float64Array[];
    scalars: readonly { values: Float64Array; levels: readonly string[] }[];
    parameters: readonly { name: string; unit: string; values: Float64Array }[];
    /** From when on nothing is known of a run; NaN of one that did not fail. */
    failed: Float64Array;
}

async function times_unpacked(numbers: PackedNumbers): Promise<Float64Array> {
    return (await unpacked(numbers)).map((time) => Math.round(time) * (clock.dated ? day : 1));
}

export async function run_values(data: OutcomesData, ensemble: EnsembleData): Promise<RunValues> {
    const times = data.times.map(time_of);
    const [courses, dates, scalars, parameters, failed] = await Promise.all([
        Promise.all(data.courses.map(async ({ series, low, high, values, last }): Promise<RunCourse> => {
            const years = ensemble.series[series[0]!]!.years;
            const points = low.length;
            const places = await unpacked(values);
            return {
                series, yearly: years !== null, when: years === null ? times : years.map((year) => time_of(year.to) + (clock.dated ? day : 0)),
                values: places.map((place, at) => low[at % points]! * (1 - place) + high[at % points]! * place),
                last: last === null ? new Float64Array(0) : await unpacked(last),
            };
        })),
        Promise.all(data.dates.map(times_unpacked)),
        Promise.all(data.scalars.map(async ({ values, levels }) => ({ values: await unpacked(values), levels }))),
        Promise.all(data.parameters.map(async ({ name, unit, values }) => ({ name, unit, values: await unpacked(values) }))),
        times_unpacked(data.failed),
    ]);
    return { runs: data.runs, times, end: data.end * (clock.dated ? day : 1), courses, dates, scalars, parameters, failed };
}

/** How the runs are parted. */
export interface Split {
    /** Of each run 0, 1, or −1 of one that is left out: its outcome is not known. */
    side: Int8Array;
    /** When the outcome of each run was decided: at this moment and before it was open. */
    decided: Float64Array;
    /** From this moment on no outcome is open. */
    until: number;
}

export const count_of = (split: Split, side: number): number => split.side.reduce((count, own) => count + (own === side ? 1 : 0), 0);

/** Those in which it came before `until`, and those in which it had not by then. */
export function split_by_date(came: Float64Array, failed: Float64Array, until: number): Split {
    const side = Int8Array.from(came, (when, run) => when < until ? 0 : failed[run]! < until ? -1 : 1);
    return { side, decided: came.map((when, run) => side[run] === 0 ? when : until), until };
}

/** Those with a value for which it holds, and those with another, known at the end. */
export function split_by_value(values: Float64Array, holds: (value: number) => boolean, end: number): Split {
    return { side: Int8Array.from(values, (value) => Number.isNaN(value) ? -1 : holds(value) ? 0 : 1), decided: values.map(() => end), until: end };
}

/** Runs of a side whose outcome is open at a moment. */
export function open_runs(split: Split, side: number, when: number): number[] {
    const runs: number[] = [];
    for (let run = 0; run < split.side.length; run += 1) {
        if (split.side[run] === side && split.decided[run]! >= when) {
            runs.push(run);
        }
    }
    return runs;
}

/** The p-quantile of sorted values, by linear interpolation between them (type 7 of Hyndman & Fan 1996), as everywhere on the page. */
export function quantile(sorted: Float64Array, p: number): number {
    const place = (sorted.length - 1) * p;
    const below = Math.floor(place);
    const low = sorted[below]!;
    return below + 1 < sorted.length ? low + (place - below) * (sorted[below + 1]! - low) : low;
}

export interface GroupFan {
    when: readonly number[];
    q05: (number | null)[];
    q25: (number | null)[];
    q50: (number | null)[];
    q75: (number | null)[];
    q95: (number | null)[];
}

/** So few values have no quantiles but the median. */
const least_for_quantiles = 3;

/** Quantiles over the runs of a side, at each point of a course. */
export function fan_of_side(course: RunCourse, split: Split, side: number): GroupFan {
    const points = course.when.length;
    const fan: GroupFan = { when: course.when, q05: [], q25: [], q50: [], q75: [], q95: [] };
    const held = new Float64Array(split.side.length);
    for (let point = 0; point < points; point += 1) {
        let count = 0;
        for (let run = 0; run < split.side.length; run += 1) {
            const value = course.values[run * points + point]!;
            if (split.side[run] === side && !Number.isNaN(value)) {
                held[count] = value;
                count += 1;
            }
        }
        const sorted = held.slice(0, count).sort();
        const at = (p: number): number | null => count === 0 || (count < least_for_quantiles && p !== 0.5) ? null : quantile(sorted, p);
        fan.q05.push(at(0.05));
        fan.q25.push(at(0.25));
        fan.q50.push(at(0.5));
        fan.q75.push(at(0.75));
        fan.q95.push(at(0.95));
    }
    return fan;
}

/** The share of a side's runs on each of so many levels, at each point: [level][point]. */
export function shares_of_side(course: RunCourse, split: Split, side: number, levels: number): number[][] {
    const points = course.when.length;
    const counts = Array.from({ length: levels }, () => new Array<number>(points).fill(0));
    const present = new Array<number>(points).fill(0);
    for (let run = 0; run < split.side.length; run += 1) {
        for (let point = 0; split.side[run] === side && point < points; point += 1) {
            const value = course.values[run * points + point]!;
            const level = counts[Math.min(levels - 1, Math.max(0, Math.round(value)))];
            if (!Number.isNaN(value) && level !== undefined) {
                level[point]! += 1;
                present[point]! += 1;
            }
        }
    }
    return counts.map((level) => level.map((count, point) => present[point] === 0 ? 0 : count / present[point]!));
}

export interface Steps {
    when: number[];
    share: number[];
    low: number[];
    high: number[];
    /** At the end; null where no run was watched so long. */
    share_at_end: number | null;
    low_at_end: number;
    high_at_end: number;
}

const z = 1.959963984540054;

/** Wilson's (1927) interval of a share. */
export function wilson(hits: number, trials: number): { low: number; high: number } {
    if (trials === 0) {
        return { low: 0, high: 1 };
    }
    const share = hits / trials;
    const weight = 1 + z * z / trials;
    const centre = (share + z * z / (2 * trials)) / weight;
    const half = z / weight * Math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials));
    return { low: hits === 0 ? 0 : centre - half, high: hits === trials ? 1 : centre + half };
}

/** Kaplan & Meier's curve of the runs of a side, with Greenwood's variance on the log(−log S) scale, as the page has it of all runs. */
export function steps_of_side(came: Float64Array, failed: Float64Array, split: Split, side: number): Steps {
    const runs = [...split.side.keys()].filter((run) => split.side[run] === side);
    const arrivals = runs.flatMap((run) => Number.isNaN(came[run]!) ? [] : [came[run]!]).sort((a, b) => a - b);
    const lost = runs.flatMap((run) => Number.isNaN(came[run]!) && !Number.isNaN(failed[run]!) ? [failed[run]!] : []).sort((a, b) => a - b);
    const steps: Steps = { when: [], share: [], low: [], high: [], share_at_end: null, low_at_end: 0, high_at_end: 1 };
    let [waiting, greenwood, low, high] = [1, 0, 0, 1];
    for (let at = 0; at < arrivals.length;) {
        const when = arrivals[at]!;
        const at_risk = runs.length - at - lost.filter((failure) => failure <= when).length;
        let count = 0;
        for (; arrivals[at] === when; at += 1) {
            count += 1;
        }
        waiting *= (at_risk - count) / at_risk;
        if (count < at_risk) {
            greenwood += count / (at_risk * (at_risk - count));
            const spread = z * Math.sqrt(greenwood) / -Math.log(waiting);
            [low, high] = [1 - waiting ** Math.exp(-spread), 1 - waiting ** Math.exp(spread)];
        } else {
            high = 1;
        }
        steps.when.push(when);
        steps.share.push(1 - waiting);
        steps.low.push(low);
        steps.high.push(high);
    }
    const known = runs.length - lost.length;
    if (lost.length === 0 || arrivals.length === 0) {
        const interval = wilson(arrivals.length, known);
        return { ...steps, share_at_end: known === 0 ? null : arrivals.length / known, low_at_end: interval.low, high_at_end: interval.high };
    }
    return known > arrivals.length || waiting === 0 ? { ...steps, share_at_end: 1 - waiting, low_at_end: low, high_at_end: high } : { ...steps, low_at_end: low };
}
