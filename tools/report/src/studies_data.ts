// What studies of many points say. Of the data that a page bears: data.ts says how.
import type { Moment, Numbers } from "./data";
import type { DateData } from "./ensemble_data";

export interface SweepFactor {
    name: string;
    unit: string;
    values: number[];
}

export interface SweepOutcome {
    name: string;
    about: string;
    unit: string;
    mean: Numbers;
    low: Numbers;
    high: Numbers;
}

export interface SweepData {
    factors: SweepFactor[];
    outcomes: SweepOutcome[];
    runs_per_point: number;
}

export interface IndexData {
    value: number;
    low: number | null;
    high: number | null;
}

export interface SensitivityFactor {
    name: string;
    unit: string;
    /** Its distribution as it was asked for, as "normal(100, 1)", and its ends; null where there is none. */
    how: string;
    low: number | null;
    high: number | null;
}

export interface SensitivityRow {
    factor: string;
    indices: (IndexData | null)[];
}

export interface SensitivityOutcome {
    name: string;
    about: string;
    /** As "31 % of the variance of a run is chance." */
    note: string;
    rows: SensitivityRow[];
}

export interface SensitivityData {
    method: string;
    /** How the indices are to be read, in a sentence or two. */
    note: string;
    /** As ["first order", "total order"]; factors are ranked by the one at `rank_by`. */
    indices: string[];
    rank_by: number;
    unit: string;
    factors: SensitivityFactor[];
    outcomes: SensitivityOutcome[];
}

export interface ComparedMeasure {
    name: string;
    about: string;
    unit: string;
    base: number | null;
    /** Of each alternative but the base. */
    differences: (IndexData | null)[];
}

export interface BandData {
    middle: Numbers;
    low: Numbers;
    high: Numbers;
}

export interface ComparedCourse {
    name: string;
    about: string;
    unit: string;
    /** The base first. */
    alternatives: BandData[];
    /** Mean paired differences with their 95 % intervals, of each but the base. */
    differences: BandData[];
}

export interface ComparedDate {
    name: string;
    about: string;
    /** The base first. */
    alternatives: DateData[];
}

export interface ComparisonData {
    /** The base first. */
    alternatives: string[];
    note: string;
    measures: ComparedMeasure[];
    times: Moment[];
    courses: ComparedCourse[];
    /** How `middle`, `low` and `high` of the courses are to be called: "median", "5–95 % of runs". */
    middle_label: string;
    band_label: string;
    dates: ComparedDate[];
}

/** A group's score beside a baseline's. */
export interface ScoredAgainst {
    baseline: string;
    score: number | null;
    skill: number | null;
    low: number | null;
    high: number | null;
    verdict: string;
}

/** Items of one kind by one rule: less is better. */
export interface ScoredGroup {
    name: string;
    rule: string;
    items: number;
    score: number | null;
    against: ScoredAgainst[];
}

/** How much more area than a baseline's. */
export interface AreaGain {
    baseline: string;
    gain: number | null;
    low: number | null;
    high: number | null;
}

/** The area under the ROC curve, with its 95 % interval. */
export interface ScoredArea {
    name: string;
    items: number;
    came: number;
    area: number | null;
    low: number | null;
    high: number | null;
    gains: AreaGain[];
}

/** One item: what is on record, and what was forecast. */
export interface ScoredItemData {
    name: string;
    since: string;
    until: string;
    record: string;
    chance: number | null;
    median: number | null;
    low: number | null;
    high: number | null;
    score: number | null;
}

/** Items whose chance lies in a bin. */
export interface ReliabilityData {
    low: number;
    high: number;
    items: number;
    chance: number | null;
    share: number | null;
    least: number | null;
    most: number | null;
}

/** What a score says. */
export interface ScoreData {
    span: string;
    groups: ScoredGroup[];
    areas: ScoredArea[];
    items: ScoredItemData[];
    items_note: string;
    reliability: ReliabilityData[];
    pit: number[];
    pit_items: number;
    pit_low: number | null;
    pit_high: number | null;
}
