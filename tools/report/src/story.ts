// What happened in a run, as a dated list: who, what, and what made it happen. One line is marked, that of the moment, and choosing a line goes there.
import { time_of } from "./adapt";
import { moment, told_moment } from "./clock";
import { element } from "./dom";
import { select_field } from "./figure";
import { number, percent, plural } from "./format";
import type { Playhead } from "./playhead";
import type { ReplayData, ReplayEvent, ReplayRun } from "./replay_data";
import { date_cell, type Table } from "./table";

export interface Happening {
    when: number;
    who: string;
    /** Both ends of a link, or the agent. */
    actors: readonly string[];
    what: string;
    cause: string;
    chance: number | null;
    count: number;
    form: ReplayEvent["form"];
}

const arrow = " -> ";

export function happenings_of(data: ReplayData, run: ReplayRun): Happening[] {
    return run.events.map((event, at) => {
        const told = data.events[event]!;
        const row = told.rows[run.rows[at]!]!;
        return {
            when: time_of(run.when[at]!), who: row.replaceAll(arrow, " → "), actors: row.split(arrow), what: told.name, cause: data.causes[run.causes[at]!]!,
            chance: run.chances[at] ?? null, count: run.counts[at]!, form: told.form,
        };
    });
}

/** What made it happen, and the chance that it had then: "drawn, chance in a week 3 %". */
export function why(happening: Happening, chance_of: string): string {
    const { cause, chance, form } = happening;
    if (chance === null) {
        return cause;
    }
    return form === "count" ? `${cause}, ${number(chance)} expected` : `${cause}, ${chance_of} ${chance >= 1 ? "100 %" : percent(chance)}`;
}

/** What is left out of a list, in a sentence. */
export function often_told(run: ReplayRun): string {
    return run.often.length === 0 ? "" : `Too frequent to be listed: ${run.often.map((one) =>
        `${one.name} ${number(one.times)} times${one.of_timeline > 0 ? `, ${number(one.of_timeline)} of them by the timeline` : ""}`).join("; ")}.`;
}

export function story_table(data: ReplayData, run: ReplayRun): Table {
    return {
        caption: `What happened in run ${run.run}. ${often_told(run)}`,
        columns: [{ title: "date" }, { title: "event" }, { title: "on" }, { title: "count", numeric: true }, { title: "cause" }, { title: data.chance_of, numeric: true }],
        rows: happenings_of(data, run).map((one) => [date_cell(one.when), one.what, one.who, one.count, one.cause, one.chance]),
    };
}

export interface StoryList {
    node: HTMLElement;
    /** Shows another run. */
    tell: (run: ReplayRun) => void;
}

/** The list in a box of its own, with what it can be narrowed to. A line happens before the moment that follows it, and is marked there. */
export function story_list(data: ReplayData, playhead: Playhead): StoryList {
    let all: Happening[] = [];
    let lines: { happening: Happening; item: HTMLElement; button: HTMLButtonElement }[] = [];
    let actor = "";
    let event = "";
    const list = element("ol", { class: "happenings" });
    const box = element("div", { class: "story" }, list);
    const filters = element("div", { class: "controls" });
    const count = element("p", { class: "story-count", role: "status" });

    const shown = (): typeof lines => lines.filter(({ item }) => !item.hidden);
    const focus_on = (line: (typeof lines)[number] | undefined): void => {
        for (const { button } of lines) {
            button.tabIndex = -1;
        }
        if (line !== undefined) {
            line.button.tabIndex = 0;
        }
    };
    const mark = (): void => {
        const now = playhead.time;
        const before = playhead.times[playhead.at - 1] ?? -Infinity;
        for (const { happening, item } of lines) {
            const state = happening.when >= now ? "to-come" : happening.when >= before ? "now" : "past";
            item.className = state;
            if (state === "now") {
                item.setAttribute("aria-current", "date");
            } else {
                item.removeAttribute("aria-current");
            }
        }
        const last = shown().filter(({ happening }) => happening.when < now).at(-1) ?? shown()[0];
        if (last !== undefined) {
            box.scrollTop = last.item.offsetTop - box.clientHeight / 2;
        }
        if (!box.contains(document.activeElement)) {
            focus_on(last);
        }
    };
    const narrow = (): void => {
        for (const { happening, item } of lines) {
            item.hidden = actor !== "" && !happening.actors.includes(actor) || event !== "" && happening.what !== event;
        }
        let date = "";
        for (const { happening, item } of shown()) {
            const own = moment(happening.when);
            item.querySelector(".date")!.classList.toggle("again", own === date);
            date = own;
        }
        const some = shown().length;
        count.textContent = some === lines.length ? plural(some, "event", "events") : `${number(some)} of ${plural(lines.length, "event", "events")}`;
        mark();
    };
    const go_to = (happening: Happening): void => {
        playhead.pause();
        playhead.set(playhead.times.findIndex((time) => time > happening.when) < 0 ? playhead.times.length - 1 : playhead.times.findIndex((time) => time > happening.when));
    };
    list.addEventListener("keydown", (pressed) => {
        const some = shown();
        const at = some.findIndex(({ button }) => button === document.activeElement);
        const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: some.length - 1, PageDown: at + 10, PageUp: at - 10 }[pressed.key];
        if (at < 0 || to === undefined) {
            return;
        }
        pressed.preventDefault();
        const line = some[Math.min(Math.max(0, to), some.length - 1)]!;
        focus_on(line);
        line.button.focus();
    });

    const tell = (run: ReplayRun): void => {
        all = happenings_of(data, run);
        const actors = [...new Set(all.flatMap((one) => one.actors))].sort((a, b) => a.localeCompare(b));
        const events = [...new Set(all.map((one) => one.what))].sort((a, b) => a.localeCompare(b));
        actor = actors.includes(actor) ? actor : "";
        event = events.includes(event) ? event : "";
        const options = (what: string, some: readonly string[]): { value: string; label: string }[] => [{ value: "", label: what }, ...some.map((one) => ({ value: one, label: one }))];
        filters.replaceChildren(
            select_field("Actor", options("all actors", actors), actor, (value) => { actor = value; narrow(); }).node,
            select_field("Event", options("all events", events), event, (value) => { event = value; narrow(); }).node);
        lines = all.map((happening) => {
            const button = element("button", { type: "button", class: "happening", tabindex: -1 },
                element("span", { class: "date" }, told_moment(happening.when)),
                element("span", { class: "what" }, element("b", {}, happening.what), happening.count === 1 ? null : ` × ${number(happening.count)}`, " ", element("span", { class: "who" }, happening.who)),
                element("span", { class: "why" }, why(happening, data.chance_of)));
            button.addEventListener("click", () => {
                focus_on(lines.find((line) => line.button === button));
                go_to(happening);
            });
            const item = element("li", {}, button);
            return { happening, item, button };
        });
        list.replaceChildren(...lines.map(({ item }) => item));
        narrow();
    };
    playhead.follow(mark);
    return { node: element("div", { class: "story-side" }, filters, count, box), tell };
}
