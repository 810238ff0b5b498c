// The runs parted by an outcome, for all figures that follow: none parts them at first.
import type { FanGroup } from "./fan_groups";
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
}

export class Parting<Groups = Parted> {
    #now: Groups | null = null;
    readonly #followers: ((now: Groups | null) => void)[] = [];

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
