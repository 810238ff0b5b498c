// What a page needs of each run to part the runs by an outcome. Of the data that a page bears: data.ts says how.
import type { Moment, PackedNumbers } from "./data";

/** A series run by run: at the `times` of OutcomesData or, of a measure by the year, for each of its years. */
export interface OutcomeCourse {
    /** Which of EnsembleData's series: those that are the same in every run stand together. */
    series: number[];
    /** By point: bounds of all runs' values there … */
    low: number[];
    high: number[];
    /** … and where between them each is, from 0 to 1: all points of the first run, then those of the next. */
    values: PackedNumbers;
    /** Each run's last value, finer; null of a measure by the year. */
    last: PackedNumbers | null;
}

/** A measure of which each run has one value, run by run. */
export interface OutcomeScalar {
    values: PackedNumbers;
    /** The names of its values 0, 1, 2, …; mostly none. */
    levels: string[];
}

/** What was given to each run, as by a posterior. */
export interface OutcomeParameter {
    name: string;
    unit: string;
    values: PackedNumbers;
}

/** What rows of a kind hold in single runs. */
export interface OutcomeRows {
    /** As NetworkKind, MapKind or RowsData has them. */
    of: "links" | "places" | "measure";
    /** Its name there. */
    kind: string;
    /** Of the field or measure there. */
    name: string;
    /** Of how many it is here: the first ones. */
    runs: number;
    /** Empty of what each run has one value of: the last, of a date when it came. */
    times: Moment[];
    /** By row: what step 0 stands for … */
    low: number[];
    /** … and how far it is from one step to the next. */
    step: number[];
    /** Steps, over 254 or, at two bytes, 65,534: by row, run and time. A run's are rounded up or down so that means over runs are right. */
    values: PackedNumbers;
}

/** A field or measure as OutcomeRows names it. */
export interface OutcomeRowsName {
    of: "links" | "places" | "measure";
    kind: string;
    name: string;
}

/** Times within are days since 1970-01-01, or ticks where the calendar is undated. */
export interface OutcomesData {
    /** Of how many all is here: the first ones. */
    runs: number;
    /** As "the first 400 of 10,000 runs", "all 1,000 runs". */
    over: string;
    /** At which courses are here, thinned. */
    times: Moment[];
    /** Of the calendar. */
    end: number;
    courses: OutcomeCourse[];
    /** As EnsembleData's dates: when each came, run by run; none where it did not. */
    dates: PackedNumbers[];
    /** As EnsembleData's scalars. */
    scalars: OutcomeScalar[];
    parameters: OutcomeParameter[];
    /** From when on nothing is known of a run; none of those that did not fail. */
    failed: PackedNumbers;
    /** Which series are not here, in a sentence; "" where all are. */
    left_out: string;
    /** As many as there is room for. */
    rows: OutcomeRows[];
    /** What is the same in all runs. */
    alike: OutcomeRowsName[];
    /** Of how many runs `events` are: the first ones. */
    event_runs: number;
    /** As EventsData's events: how often each happened, by year and run; empty where they were not counted. */
    events: PackedNumbers[];
}
