// What rows hold, and how often events happen, in each of the two groups of runs that are parted by an outcome.
import { time_of, times_of } from "./adapt";
import { clock } from "./clock";
import type { EnsembleData } from "./ensemble_data";
import { count_of, type RunCourse, type RunValues, type Split } from "./groups";
import { index_at } from "./moments";
import type { OutcomesData, OutcomeRows } from "./outcomes_data";
import { number } from "./format";
import { unpacked } from "./packed";

const day = 86_400_000;

/** A number of each row in single runs. */
export interface RunRows {
    /** How many runs, and how many moments of each; 1 of what a run has one value of. */
    runs: number;
    /** Rising; empty of what a run has one value of. */
    times: readonly number[];
    /** NaN where there is none. */
    at: (row: number, run: number, moment: number) => number;
}

async function rows_of(data: OutcomeRows): Promise<RunRows> {
    const { low, step, runs, values } = data;
    const steps = await unpacked(values);
    const moments = Math.max(1, data.times.length);
    const most = values.width === 1 ? 254 : 65_534;
    return { runs, times: times_of(data.times), at: (row, run, moment) => low[row]! + step[row]! * Math.round(steps[(row * runs + run) * moments + moment]! * most) };
}

/** All that a page knows of rows and events of single runs. */
export interface RunTables {
    /** By `of`, kind and name. */
    rows: ReadonlyMap<string, RunRows>;
    alike: ReadonlySet<string>;
    event_runs: number;
    /** By event: by year and run. */
    events: readonly Float64Array[];
}

export const key_of_rows = (of: string, kind: string, name: string): string => `${of}\n${kind}\n${name}`;

/** Series by row of which courses are kept run by run for the figures over time. */
function rows_of_courses(ensemble: EnsembleData, values: RunValues): [string, RunRows][] {
    const course_of = new Map<string, RunCourse>();
    for (const course of values.courses) {
        for (const number of course.series) {
            course_of.set(ensemble.series[number]!.name, course);
        }
    }
    return ensemble.by_row.flatMap((kind) => kind.measures.flatMap((measure): [string, RunRows][] => {
        const courses = kind.rows.map((row) => course_of.get(`${measure.name}[${row}]`));
        const first = courses[0];
        return first === undefined || courses.includes(undefined) ? [] : [[key_of_rows("measure", kind.kind, measure.name), {
            runs: values.runs, times: first.when,
            at: (row, run, moment) => moment === first.when.length - 1 && courses[row]!.last.length > 0 ? courses[row]!.last[run]! : courses[row]!.values[run * first.when.length + moment]!,
        }]];
    }));
}

export async function run_tables(data: OutcomesData, ensemble: EnsembleData, values: RunValues): Promise<RunTables> {
    const rows = await Promise.all(data.rows.map(async (one): Promise<[string, RunRows]> => [key_of_rows(one.of, one.kind, one.name), await rows_of(one)]));
    return {
        rows: new Map([...rows_of_courses(ensemble, values), ...rows]), alike: new Set(data.alike.map(({ of, kind, name }) => key_of_rows(of, kind, name))),
        event_runs: data.event_runs, events: await Promise.all(data.events.map(unpacked)),
    };
}

/** What a group of runs holds. */
export interface GroupRows {
    times: readonly number[];
    /** As "over the first 500 runs"; empty where it is of all that are parted. */
    over: string;
    /** The mean over the runs of a side; null where none has a number. */
    mean: (side: number, row: number, time: number) => number | null;
    /** Of dates: the share of the runs of a side in which it came before `time`. */
    share: (side: number, row: number, time: number) => number | null;
    /** The values of the runs of a side, at the end. */
    last: (side: number, row: number) => number[];
}

export function group_rows(rows: RunRows, split: Split, failed: Float64Array): GroupRows {
    const moments = Math.max(1, rows.times.length);
    const runs = Math.min(rows.runs, split.side.length);
    const of_side = [0, 1].map((side) => Array.from({ length: runs }, (_, run) => run).filter((run) => split.side[run] === side));
    const means = new Map<number, number | null>();
    const first_of = (row: number, moment: number): number => {
        for (let run = 0; run < runs; run += 1) {
            const value = rows.at(row, run, moment);
            if (!Number.isNaN(value)) {
                return value;
            }
        }
        return 0;
    };
    return {
        times: rows.times,
        over: runs < split.side.length ? `over the first ${number(runs)} runs` : "",
        mean: (side, row, time) => {
            const moment = moments === 1 ? 0 : index_at(rows.times, time);
            const key = (row * moments + moment) * 2 + side;
            const known = means.get(key);
            if (known !== undefined) {
                return known;
            }
            let [sum, count] = [0, 0];
            const origin = first_of(row, moment);  // what is the same in all runs stays the same
            for (const run of of_side[side]!) {
                const value = rows.at(row, run, moment);
                if (!Number.isNaN(value)) {
                    sum += value - origin;
                    count += 1;
                }
            }
            const mean = count === 0 ? null : origin + sum / count;
            means.set(key, mean);
            return mean;
        },
        share: (side, row, time) => {
            const sound = of_side[side]!.filter((run) => Number.isNaN(failed[run]!));
            const scale = clock.dated ? day : 1;
            return sound.length === 0 ? null : sound.filter((run) => Math.round(rows.at(row, run, 0)) * scale < time).length / sound.length;
        },
        last: (side, row) => of_side[side]!.map((run) => rows.at(row, run, moments - 1)).filter((value) => !Number.isNaN(value)),
    };
}

/** The mean number of times that an event happened in a run of each side, by year; null where that is not known run by run. */
export function events_of_sides(tables: RunTables, event: number, split: Split): readonly [number[], number[]] | null {
    const counts = tables.events[event];
    const { event_runs: runs } = tables;
    if (counts === undefined || runs === 0) {
        return null;
    }
    const years = counts.length / runs;
    return [0, 1].map((side) => Array.from({ length: years }, (_, year) => {
        let [sum, known] = [0, 0];
        for (let run = 0; run < Math.min(runs, split.side.length); run += 1) {
            const count = counts[year * runs + run]!;
            if (split.side[run] === side && !Number.isNaN(count)) {
                sum += count;
                known += 1;
            }
        }
        return known === 0 ? 0 : sum / known;
    })) as [number[], number[]];
}

/** A mean over fewer runs would say nothing of a group that has more. */
const least_runs = 5;

/** Whether both sides have some runs among the first so many, or all of theirs. */
export const has_both = (split: Split, runs: number): boolean => {
    const first = { ...split, side: split.side.subarray(0, runs) };
    return [0, 1].every((side) => count_of(first, side) >= Math.min(least_runs, count_of(split, side)));
};

/** The end of what is known, later than all dates. */
export const after_all = (ensemble: EnsembleData): number => ensemble.times.length === 0 ? Infinity : time_of(ensemble.times.at(-1)!) + (clock.dated ? day : 1);
