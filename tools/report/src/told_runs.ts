// The runs that a page tells, and which of them is chosen: the story, its curves and the network show that one. The choice stands in the page's
// address, as `run`.
import { in_link, on_link, put_in_link } from "./link_state";
import { times_of } from "./adapt";
import type { EnsembleData } from "./ensemble_data";
import { unpacked } from "./packed";
import type { ReplayData, ReplayField, ReplayRun } from "./replay_data";

export class ToldRuns {
    readonly data: ReplayData;
    readonly state_times: readonly number[];
    #chosen = 0;
    /** Whether the values have come. */
    is_there = false;
    readonly #followers: (() => void)[] = [];
    readonly #choosers: (() => void)[] = [];
    readonly #series = new Map<string, Float64Array>();
    readonly #fields = new Map<string, Float64Array>();
    /** Fulfilled when all values are there. */
    readonly ready: Promise<void>;

    constructor(data: ReplayData) {
        this.data = data;
        this.state_times = times_of(data.state_times);
        this.ready = this.#unpack();
        const read = (): void => {
            const named = in_link("run", data.runs.map(({ run }) => String(run)));
            this.#set(named === null ? 0 : data.runs.findIndex(({ run }) => String(run) === named));
        };
        read();
        on_link(read);
    }

    get chosen(): number {
        return this.#chosen;
    }

    get run(): ReplayRun {
        return this.data.runs[this.#chosen]!;
    }

    choose(at: number): void {
        this.#set(at);
        put_in_link("run", at === 0 ? null : String(this.run.run));
        for (const chosen of this.#choosers) {
            chosen();
        }
    }

    /** Calls back whenever the reader chooses a run, be it the same again. */
    on_choice(chosen: () => void): void {
        this.#choosers.push(chosen);
    }

    /** Calls back whenever another run is chosen, and when the values have come. */
    follow(draw: () => void): void {
        this.#followers.push(draw);
    }

    /** A measure over time in the chosen run, at each of the data's times. */
    course(name: string): (number | null)[] {
        const values = this.#series.get(name);
        const moments = this.data.times.length;
        return values === undefined ? [] : Array.from(values.subarray(this.#chosen * moments, (this.#chosen + 1) * moments), present);
    }

    /** What a row of a kind holds in the chosen run, at one of state_times; null too where it was not kept. */
    state(kind: string, field: string, row: number, at: number): number | null {
        const values = this.#fields.get(`${kind}\n${field}`);
        const rows = this.data.kinds.find((one) => one.name === kind)?.rows.length ?? 0;
        return values === undefined ? null : present(values[(this.#chosen * rows + row) * this.state_times.length + at] ?? NaN);
    }

    /** What all runs told hold of a field of a kind at all moments; empty where it was not kept. */
    values(kind: string, field: string): Float64Array {
        return this.#fields.get(`${kind}\n${field}`) ?? new Float64Array(0);
    }

    /** A field of a kind, if it was kept. */
    field(kind: string, field: string): ReplayField | null {
        return this.data.kinds.find((one) => one.name === kind)?.fields.find(({ name }) => name === field) ?? null;
    }

    #set(at: number): void {
        if (at !== this.#chosen) {
            this.#chosen = at;
            this.#tell();
        }
    }

    #tell(): void {
        for (const draw of this.#followers) {
            draw();
        }
    }

    async #unpack(): Promise<void> {
        await Promise.all([
            ...this.data.series.map(async (series) => { this.#series.set(series.name, await unpacked(series.values)); }),
            ...this.data.kinds.flatMap((kind) => kind.fields.map(async (field) => { this.#fields.set(`${kind.name}\n${field.name}`, await unpacked(field.values)); })),
        ]);
        this.is_there = true;
        this.#tell();
    }
}

const present = (value: number): number | null => Number.isNaN(value) ? null : value;

const made = new WeakMap<ReplayData, ToldRuns>();

/** The runs told of a page, the same whenever they are asked for; null where there are none. */
export function told_runs_of(data: EnsembleData): ToldRuns | null {
    if (data.replay === null) {
        return null;
    }
    const told = made.get(data.replay) ?? new ToldRuns(data.replay);
    made.set(data.replay, told);
    return told;
}
