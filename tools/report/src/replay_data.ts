// Single runs, told. Of the data that a page bears: data.ts says how.
import type { Moment, Numbers, PackedNumbers } from "./data";

/** Something that may happen. */
export interface ReplayEvent {
    name: string;
    /** The kind on which it happens. */
    on: string;
    /** What makes it happen. */
    form: "probability" | "rate" | "choice" | "count";
    /** On which it happens in the runs told. */
    rows: string[];
}

/** What was too frequent to be told one by one. */
export interface ReplayOften {
    name: string;
    times: number;
    of_timeline: number;
}

/** A run; lists of what happened in it, in time, are of one length. */
export interface ReplayRun {
    /** Its number, as runs.csv has it. */
    run: number;
    /** Why it is told. */
    reasons: string[];
    /** The first day of the tick. */
    when: Moment[];
    /** Numbers in ReplayData.events. */
    events: number[];
    /** Numbers in ReplayEvent.rows. */
    rows: number[];
    /** Numbers in ReplayData.causes. */
    causes: number[];
    /** Of a count, how many were expected; null of what was not drawn. */
    chances: Numbers;
    counts: number[];
    /** Not in these lists. */
    often: ReplayOften[];
}

/** A measure over time in the runs told. */
export interface ReplaySeries {
    /** As SeriesData has it. */
    name: string;
    about: string;
    unit: string;
    /** Names of its values 0, 1, 2, …, where it has them. */
    levels: string[];
    /** By run and moment of ReplayData.times. */
    values: PackedNumbers;
}

/** A date in the runs told. */
export interface ReplayDate {
    name: string;
    about: string;
    /** By run; null: it does not come. */
    when: (Moment | null)[];
}

/** What rows of a kind hold in the runs told. */
export interface ReplayField {
    name: string;
    unit: string;
    about: string;
    levels: string[];
    /** By run, row and moment of ReplayData.state_times. */
    values: PackedNumbers;
}

/** A kind of links as NetworkKind has it, or of agents. */
export interface ReplayKind {
    name: string;
    is_link: boolean;
    rows: string[];
    fields: ReplayField[];
}

/** Single runs, told: the typical one first. */
export interface ReplayData {
    times: Moment[];
    /** Those of the network. */
    state_times: Moment[];
    /** As "chance in a week". */
    chance_of: string;
    causes: string[];
    events: ReplayEvent[];
    runs: ReplayRun[];
    /** The headline's first. */
    dates: ReplayDate[];
    series: ReplaySeries[];
    kinds: ReplayKind[];
    /** By which rule the runs were chosen, and what is left out. */
    note: string;
}
