// The single runs of a study as the page has them: what may part them, what was varied, and how they hang together.
import { time_of, titles_of } from "./adapt";
import type { Design } from "./clustered";
import type { Choosable, ChoosableValue } from "./outcome_choices";
import { unpacked } from "./packed";
import type { CodedNumbers, StudyMeasure, StudyRunsData } from "./study_runs_data";

/** Something that was varied, or one of its levels: 1 at the points that are on it, 0 at others. */
export interface Varied {
    title: string;
    unit: string;
    /** By point. */
    values: Float64Array;
    /** What it is, or is a level of. */
    factor: VariedFactor;
}

export interface VariedFactor {
    title: string;
    unit: string;
    /** The names of its values 0, 1, 2, …; mostly none. */
    levels: readonly string[];
    /** By point. */
    values: Float64Array;
}

export interface StudyRuns {
    design: Design;
    choosable: Choosable;
    varied: readonly Varied[];
    factors: readonly VariedFactor[];
    /** What single runs have of an outcome of the study, by its name; null where that is not here. */
    values_of: (outcome: string) => Float64Array | null;
}

async function decoded({ codes, means }: CodedNumbers): Promise<Float64Array> {
    const numbers = await unpacked(codes);
    return means.length === 0 ? numbers : numbers.map((code) => Number.isNaN(code) ? NaN : means[Math.round(code)] ?? NaN);
}

const groups: Readonly<Record<string, string>> = { end: "At the end", once: "One value per run" };

/** Of two levels the second says all. */
function varied_of(factor: VariedFactor): Varied[] {
    const { title, unit, levels, values } = factor;
    if (levels.length === 0) {
        return [{ title, unit, values, factor }];
    }
    const present = [...levels.keys()].filter((level) => values.some((value) => Math.round(value) === level));
    return (present.length === 2 ? present.slice(1) : present).map((level) =>
        ({ title: `${title}: ${levels[level]!}`, unit: "share of runs", values: values.map((value) => Math.round(value) === level ? 1 : 0), factor }));
}

export async function study_runs(data: StudyRunsData): Promise<StudyRuns> {
    const titles = titles_of(data.measures).map((title) => title.replaceAll(" -> ", " → "));
    const [of_factors, measures, failed] = await Promise.all([
        Promise.all(data.factors.map(({ values }) => decoded(values))),
        Promise.all(data.measures.map(({ values }) => decoded(values))),
        unpacked(data.failed),
    ]);
    const factors = data.factors.map(({ name, unit, levels }, at): VariedFactor => ({ title: name, unit, levels, values: of_factors[at]! }));
    const whole = (ticks: Float64Array): Float64Array => ticks.map(Math.round);
    const dates = data.measures.flatMap((measure, at) => measure.form === "date" ? [{ name: measure.name, title: titles[at]!, came: whole(measures[at]!) }] : []);
    const values = data.measures.flatMap((measure, at): ChoosableValue[] => measure.form === "date" ? [] : [{
        key: `${measure.form}.${measure.name}`, name: measure.name, title: titles[at]!, group: groups[measure.form] ?? "", unit: measure.unit, levels: measure.levels, values: measures[at]!,
        marks: measure.marks.length === 3 ? measure.marks as [number, number, number] : null,
    }]);
    const found = (outcome: string): { measure: StudyMeasure; at: number; rule: string; level: number } | null => {
        for (const [at, measure] of data.measures.entries()) {
            const one = measure.outcomes.find(({ name }) => name === outcome);
            if (one !== undefined) {
                return { measure, at, rule: one.rule, level: one.level };
            }
        }
        return null;
    };
    const unknown = whole(failed);
    return {
        design: data,
        choosable: { dates, values, failed: unknown, end: data.end, moments: data.times.map((time, at) => ({ at: data.ticks[at]!, when: time_of(time) })) },
        varied: factors.flatMap(varied_of),
        factors,
        values_of: (outcome) => {
            const one = found(outcome);
            if (one === null) {
                return null;
            }
            const own = measures[one.at]!;
            return one.rule === "came" ? own.map((tick, run) => !Number.isNaN(tick) ? 1 : Number.isNaN(unknown[run]!) ? 0 : NaN)
                : one.rule === "level" ? own.map((value) => Number.isNaN(value) ? NaN : Math.round(value) === one.level ? 1 : 0) : own;
        },
    };
}

/** The outcome that the study is about, as it stands in links. */
export function outcome_of_headline({ measures }: StudyRunsData): string | null {
    const first = measures[0];
    return first === undefined ? null : `${first.form}.${first.name}`;
}

