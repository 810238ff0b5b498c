// One moment for all that moves with it: the story of a run, the network, the map, a grid. Whoever draws follows; whoever has a slider sets.

/** So long each step is shown while it plays, in milliseconds, unless all steps together would take longer than `longest`. */
const step = 250;
const longest = 20_000;

export class Playhead {
    /** Milliseconds since 1970, or the numbers of ticks, rising. */
    readonly times: readonly number[];
    #at: number;
    #timer: ReturnType<typeof setInterval> | null = null;
    readonly #followers: ((at: number) => void)[] = [];
    readonly #watchers: ((playing: boolean) => void)[] = [];

    constructor(times: readonly number[], at = Math.max(0, times.length - 1)) {
        this.times = times;
        this.#at = at;
    }

    get at(): number {
        return this.#at;
    }

    get time(): number {
        return this.times[this.#at] ?? 0;
    }

    get playing(): boolean {
        return this.#timer !== null;
    }

    /** Calls back at once, and whenever the moment changes. */
    follow(draw: (at: number) => void): void {
        this.#followers.push(draw);
        draw(this.#at);
    }

    /** Calls back when it begins or ends to play. */
    watch(told: (playing: boolean) => void): void {
        this.#watchers.push(told);
        told(this.playing);
    }

    set(at: number): void {
        const within = Math.min(Math.max(0, at), this.times.length - 1);
        if (within === this.#at) {
            return;
        }
        this.#at = within;
        for (const draw of this.#followers) {
            draw(within);
        }
    }

    /** To the last of the moments that is not after `time`. */
    set_time(time: number): void {
        let at = 0;
        while (at + 1 < this.times.length && this.times[at + 1]! <= time) {
            at += 1;
        }
        this.set(at);
    }

    /** From here on, or, at the end, from the start. */
    play(): void {
        if (this.playing || this.times.length < 2) {
            return;
        }
        if (this.#at === this.times.length - 1) {
            this.set(0);
        }
        const pause = Math.min(step, longest / this.times.length);
        const began = performance.now();
        const first = this.#at;
        this.#timer = setInterval(() => {
            this.set(first + Math.floor((performance.now() - began) / pause));
            if (this.#at === this.times.length - 1) {
                this.pause();
            }
        }, Math.max(pause, 16));
        this.#tell();
    }

    pause(): void {
        if (this.#timer !== null) {
            clearInterval(this.#timer);
            this.#timer = null;
            this.#tell();
        }
    }

    #tell(): void {
        for (const told of this.#watchers) {
            told(this.playing);
        }
    }
}
