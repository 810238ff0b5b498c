// The moments through which all that moves on a page goes together: the story of a run, its curves, the network, a map, a grid. A page has one
// Playhead for them, made here:
//
//     const playhead = moments_of(report.ensemble);
//     playhead.follow(() => { draw(index_at(own_times, playhead.time)); });
//
// Who has moments of its own shows the last of them that is not after the Playhead's. `player` is its slider and play button; several may stand on
// a page. Which moment is chosen stands in the page's address, as `moment`.
import { times_of } from "./adapt";
import { moment, told_moment } from "./clock";
import { element } from "./dom";
import type { EnsembleData } from "./ensemble_data";
import { cursor } from "./figure";
import { in_link, on_link, put_in_link } from "./link_state";
import { Playhead } from "./playhead";

const made = new WeakMap<EnsembleData, Playhead>();

/** All moments of several figures, rising, each once. */
export function merged_times(lists: readonly (readonly number[])[]): number[] {
    return [...new Set(lists.flat())].sort((a, b) => a - b);
}

/** The one Playhead of a page: at the moments of the runs told or, where none is, of the network, else of the series; and at those of maps and grids. It
    stands at the last. */
export function moments_of(data: EnsembleData): Playhead {
    const known = made.get(data);
    if (known !== undefined) {
        return known;
    }
    const playhead = new Playhead(merged_times([data.replay?.times ?? data.network?.times ?? data.times, data.map?.times ?? [], ...data.grids.map((grid) => grid.times)].map(times_of)));
    made.set(data, playhead);
    const last = playhead.times.length - 1;
    const read = (): void => {
        const names = playhead.times.map(moment);
        const named = in_link("moment", names);
        playhead.set(named === null ? last : names.indexOf(named));
    };
    const put = (): void => {
        put_in_link("moment", playhead.at === last ? null : moment(playhead.time));
    };
    read();
    on_link(read);
    let first = true;
    playhead.follow(() => {
        if (!first && !playhead.playing) {
            put();
        }
        first = false;
    });
    let played = false;
    playhead.watch((playing) => {
        if (played && !playing) {
            put();
        }
        played = playing;
    });
    return playhead;
}

/** Which of the times, rising, is the last that is not after `time`; the first where all are. */
export function index_at(times: readonly number[], time: number): number {
    let [from, to] = [0, times.length];
    while (to - from > 1) {
        const middle = (from + to) >> 1;
        if (times[middle]! <= time) {
            from = middle;
        } else {
            to = middle;
        }
    }
    return from;
}

function play_button(playhead: Playhead): HTMLElement {
    const button = element("button", { type: "button", class: "play" });
    button.addEventListener("click", () => {
        if (playhead.playing) {
            playhead.pause();
        } else {
            playhead.play();
        }
    });
    playhead.watch((playing) => {
        button.textContent = playing ? "Pause" : "Play";
    });
    return button;
}

/** Play button, slider and the date. */
export function player(playhead: Playhead, label: string): HTMLElement {
    return controls(playhead, label, play_button(playhead), () => { playhead.pause(); });
}

function controls(playhead: Playhead, label: string, button: HTMLElement, pause: () => void): HTMLElement {
    const told = (at: number): string => told_moment(playhead.times[at]!);
    const date = element("output", { class: "date" });
    const slider = cursor(label, playhead.times.length, playhead.at, told, (at) => {
        if (at !== playhead.at) {
            pause();
            playhead.set(at);
        }
    }, true);
    playhead.follow((at) => {
        slider.move(at);
        date.textContent = told(at);
    });
    return element("div", { class: "slider-row player" }, button, slider.node, date);
}

/** The same of a figure with moments of its own, which is drawn anew where another of them is the last that has come. */
export function own_player(label: string, times: readonly number[], playhead: Playhead, draw: (at: number) => void): HTMLElement {
    const own = new Playhead(times);
    let shown = -1;
    playhead.follow(() => {
        const at = index_at(times, playhead.time);
        own.set(at);
        if (at !== shown) {
            shown = at;
            draw(at);
        }
    });
    own.follow((at) => {
        if (at !== shown) {
            playhead.set_time(times[at]!);
        }
    });
    return controls(own, label, play_button(playhead), () => { playhead.pause(); });
}
