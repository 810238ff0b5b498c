// What parameters fitted to a record say. Of the data that a page bears: data.ts says how.
import type { Numbers } from "./data";

export interface NinetyData {
    median: number | null;
    low: number | null;
    high: number | null;
}

export interface FittedParameter {
    name: string;
    unit: string;
    /** Its prior as it was asked for. */
    how: string;
    prior: NinetyData;
    posterior: NinetyData;
    /** The posterior's, as quantiles of the prior. */
    by_prior: NinetyData;
    mean: number | null;
    sd: number | null;
    contraction: number | null;
    shift: number | null;
    informed: boolean;
    /** Shares of the posterior in each tenth of the prior, the lowest first. */
    tenths: Numbers;
    /** Some of the posterior, equally weighted; those of all parameters belong together. */
    draws: Numbers;
}

export interface FittedPair {
    first: string;
    second: string;
    correlation: number | null;
}

export interface RecordedNumber {
    name: string;
    unit: string;
    record: number | null;
    prior: NinetyData;
    posterior: NinetyData;
    chance: number | null;
}

export interface GenerationData {
    /** By abc. */
    tolerance: number | null;
    /** By likelihood: to which power of it particles are weighed, and the log evidence of the record so far. */
    temperature: number | null;
    log_evidence: number | null;
    runs: number;
    acceptance: number | null;
    effective: number | null;
}

export interface RankedTruth {
    name: string;
    /** By bin of ranks. */
    counts: Numbers;
    expected: number | null;
    /** In which a count lies with 99 %. */
    low: number | null;
    high: number | null;
    chance: number | null;
    /** Share of the fits whose central 90 % hold the truth, with its 95 % interval. */
    held: number | null;
    held_low: number | null;
    held_high: number | null;
}

export interface CalibrationData {
    /** Why it ended, in a sentence. */
    end: string;
    parameters: FittedParameter[];
    pairs: FittedPair[];
    record: RecordedNumber[];
    generations: GenerationData[];
    /** Of fits of simulated records; then there is nothing else. */
    ranks: RankedTruth[];
}
