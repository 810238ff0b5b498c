// The runs parted by an outcome, for all figures that follow: none parts them at first.
import type { FanGroup } from "./fan_groups";
import type { GroupRows } from "./group_rows";
import type { Steps } from "./groups";

/** What figures show of the two groups. */
export interface Parted {
    /** As "recognised (42 % of runs)" and "not (58 %)". */
    names: readonly [string, string];
    /** A series of the page by its number; null where it is not kept run by run. */
    fans: (series: number) => FanGroup[] | null;
    /** A date of the page by its number. */
    dates: (date: number) => readonly [Steps, Steps];
    /** A measure of one value per run by its number: the values of both groups, and the names of their levels. */
    scalars: (scalar: number) => { values: readonly [number[], number[]]; levels: readonly string[] };
    /** What rows of a kind hold: "alike" where all runs hold the same, null where it is not known run by run. */
    rows: (of: "links" | "places" | "measure", kind: string, name: string) => GroupRows | "alike" | null;
    /** How often an event of the page, by its number, happens in a run of each group, by year; null where that is not known run by run. */
    events: (event: number) => readonly [number[], number[]] | null;
    /** Of how many runs that is, as "over the first 1,000 runs"; empty where it is of all that are parted. */
    events_over: string;
}

export class Parting<Groups = Parted> {
    /** Whether the page has outcomes by which the runs may be parted. */
    readonly is_possible: boolean;
    #now: Groups | null = null;
    readonly #followers: ((now: Groups | null) => void)[] = [];

    constructor(is_possible = false) {
        this.is_possible = is_possible;
    }

    get now(): Groups | null {
        return this.#now;
    }

    /** Calls back whenever the runs are parted otherwise. */
    follow(show: (now: Groups | null) => void): void {
        this.#followers.push(show);
    }

    set(now: Groups | null): void {
        if (now === null && this.#now === null) {
            return;
        }
        this.#now = now;
        for (const show of this.#followers) {
            show(now);
        }
    }
}

/** The colours and dashes of the two groups. */
export const group_styles = [1, 2] as const;
