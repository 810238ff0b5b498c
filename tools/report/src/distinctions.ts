// What distinguished two groups of runs, at each moment at which the outcome was open.
import { effect_of, is_apart, least_in_group, type Effect } from "./distinguish";
import { open_runs, type RunCourse, type RunValues, type Split } from "./groups";

/** Something that runs differ in. */
export interface Trait {
    title: string;
    unit: string;
    kind: "course" | "year" | "date" | "given";
    /** Of a run at a moment: what was known of it then; NaN where nothing was. `at` is the number of the moment. */
    value: (run: number, when: number, at: number) => number;
    /** Of a measure by the year: its number among the series of the page, and which of its years was over last. */
    yearly?: { series: number; point: (when: number) => number | null };
}

/** A trait's effects at the moments, null where it has none. */
export interface Distinction {
    trait: Trait;
    effects: (Effect | null)[];
    /** The number of the first moment at which the groups are told apart; null where they never are. */
    first: number | null;
}

export interface Distinctions {
    /** The moments looked at. */
    when: number[];
    /** How many runs of each group were open then. */
    open: (readonly [number, number])[];
    /** Those that differ at all at some moment; the largest difference that is told apart first. */
    rows: Distinction[];
    /** How many differences were looked at in all. */
    together: number;
}

export interface Titles {
    series: readonly { title: string; unit: string }[];
    dates: readonly string[];
}

function last_before(points: readonly number[], when: number): number | null {
    let last: number | null = null;
    for (let at = 0; at < points.length && points[at]! <= when; at += 1) {
        last = at;
    }
    return last;
}

function trait_of_course(course: RunCourse, titles: Titles): Trait {
    const { title, unit } = titles.series[course.series[0]!]!;
    const points = course.when.length;
    if (!course.yearly) {
        return { title, unit, kind: "course", value: (run, _, at) => course.values[run * points + at]! };
    }
    const point = (when: number): number | null => last_before(course.when, when);
    return { title, unit, kind: "year", yearly: { series: course.series[0]!, point }, value: (run, when) => {
        const at = point(when);
        return at === null ? NaN : course.values[run * points + at]!;
    } };
}

/** All that runs may differ in, but the date that parts them. */
export function traits_of(values: RunValues, titles: Titles, own_date: number | null): Trait[] {
    return [
        ...values.courses.map((course) => trait_of_course(course, titles)),
        ...values.dates.flatMap((came, at): Trait[] => at === own_date ? [] : [{
            title: `${titles.dates[at]!}, has happened`, unit: "share of runs", kind: "date",
            value: (run, when) => values.failed[run]! <= when && Number.isNaN(came[run]!) ? NaN : came[run]! < when ? 1 : 0,
        }]),
        ...values.parameters.map((given): Trait => ({ title: `${given.name} (given to the run)`, unit: given.unit, kind: "given", value: (run) => given.values[run]! })),
    ];
}

/** The largest size among the effects that are told apart, or else of all, less than any of those. */
export function weight_of({ effects }: Distinction, together: number): number {
    const sizes = effects.map((effect) => effect === null ? -Infinity : Math.abs(effect.size) + (is_apart(effect, together) ? 1e9 : 0));
    return Math.max(-Infinity, ...sizes);
}

/** At each moment before the outcome is decided in all runs, over those runs in which it was open then. */
export function distinctions(values: RunValues, traits: readonly Trait[], split: Split): Distinctions {
    const when: number[] = [];
    const open: (readonly [number, number])[] = [];
    const effects = traits.map((): (Effect | null)[] => []);
    values.times.forEach((time, at) => {
        const groups = [open_runs(split, 0, time), open_runs(split, 1, time)] as const;
        if (time >= split.until || Math.min(groups[0].length, groups[1].length) < least_in_group) {
            return;
        }
        when.push(time);
        open.push([groups[0].length, groups[1].length]);
        traits.forEach((trait, number) => {
            const [first, second] = groups.map((runs) => runs.map((run) => trait.value(run, time, at)).filter((value) => !Number.isNaN(value)));
            effects[number]!.push(effect_of(first!, second!));
        });
    });
    const together = Math.max(1, effects.flat().filter((effect) => effect !== null).length);
    const rows = traits.map((trait, number): Distinction => {
        const own = effects[number]!;
        const first = own.findIndex((effect) => effect !== null && is_apart(effect, together));
        return { trait, effects: own, first: first < 0 ? null : first };
    }).filter((row) => row.effects.some((effect) => effect !== null));
    const weights = new Map(rows.map((row) => [row, weight_of(row, together)]));
    rows.sort((a, b) => weights.get(b)! - weights.get(a)!);
    return { when, open, rows, together };
}

/** The rows at one moment: those told apart first, the largest before, then the others. */
export function ranked_at(all: Distinctions, at: number): { row: Distinction; effect: Effect; apart: boolean }[] {
    return all.rows.flatMap((row) => {
        const effect = row.effects[at];
        return effect === null || effect === undefined ? [] : [{ row, effect, apart: is_apart(effect, all.together) }];
    }).sort((a, b) => Number(b.apart) - Number(a.apart) || Math.abs(b.effect.size) - Math.abs(a.effect.size));
}
