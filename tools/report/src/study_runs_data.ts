// What a page needs of the single runs of a study to part them by an outcome, and to rank what was varied. Of the data that a page bears: data.ts says how.
// Runs are numbered by point and replicate, the replicate fastest. Of a comparison the alternatives are the points.
import type { Moment, PackedNumbers } from "./data";

/** Numbers of few values, or of few classes of which each has the mean of its numbers. */
export interface CodedNumbers {
    /** Numbers of values or classes; where there are none of these the numbers themselves. */
    codes: PackedNumbers;
    /** Rising. */
    means: number[];
}

export interface StudyFactor {
    name: string;
    unit: string;
    /** The names of its values 0, 1, 2, …; mostly none. */
    levels: string[];
    /** By point. */
    values: CodedNumbers;
}

/** An outcome of the study that is made of a measure. */
export interface StudyMeasureOutcome {
    /** As SweepOutcome has it. */
    name: string;
    /** "value", "came" or "level"; others are not here. */
    rule: string;
    /** By "level": on which of the measure's. */
    level: number;
}

export interface StudyMeasure {
    name: string;
    about: string;
    unit: string;
    /** "date"; "end": a value at the end; "once": one of the whole run. */
    form: string;
    /** The names of its values 0, 1, 2, …; mostly none. */
    levels: string[];
    /** By run: of a date the tick in which it came, none where it did not. */
    values: CodedNumbers;
    /** Quantiles 0.1, 0.5 and 0.9; none of dates and of levels. No class lies on both sides of one. */
    marks: number[];
    outcomes: StudyMeasureOutcome[];
}

export interface StudyRunsData {
    points: number;
    /** Of each point. */
    replicates: number;
    /** So many points, one after the other, were drawn together: a base row, a trajectory. */
    together: number;
    /** Each combination of the factors' values is one point: these were set, not drawn. */
    crossed: boolean;
    /** A replicate draws the same random numbers at all points. */
    paired: boolean;
    /** As "all 20,000 runs". */
    over: string;
    /** By which a date may have come, and the number of each. */
    times: Moment[];
    ticks: number[];
    /** Ticks of the calendar. */
    end: number;
    factors: StudyFactor[];
    /** The headline's first, then dates. */
    measures: StudyMeasure[];
    /** The tick from which on nothing is known of a run; none of those of which all is. */
    failed: PackedNumbers;
    /** What is not here, in a sentence; "" where all is. */
    left_out: string;
}
