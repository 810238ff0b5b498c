// What happened in one run: its story, the curves of its measures beside those of all runs, and its network, moving together.
import { draw_course } from "./course";
import { time_of, times_of, titles_of } from "./adapt";
import { told_moment } from "./clock";
import { element } from "./dom";
import type { EnsembleData, SeriesData } from "./ensemble_data";
import { move_cursor } from "./fan";
import { drawing, figure } from "./figure";
import { capitalised, in_words, is_share, number, share_in_percent, unit_words } from "./format";
import { draw_run_network, run_agents } from "./run_state";
import { moments_of, player } from "./moments";
import type { ReplaySeries } from "./replay_data";
import { often_told, story_list, story_table } from "./story";
import { told_runs_of } from "./told_runs";

/** So many measures are drawn beside the story: the headline's first, of those that move. */
const most_courses = 4;

export function replay_section(ensemble: EnsembleData): Node[] {
    const told = told_runs_of(ensemble);
    if (told === null) {
        return ensemble.no_replay === "" ? [] : [element("p", {}, ensemble.no_replay)];
    }
    const { data } = told;
    const playhead = moments_of(ensemble);
    const story = story_list(data, playhead);
    const times = times_of(data.times);
    const all_times = times_of(ensemble.times);
    const titles = titles_of(data.series);
    const of_all = (name: string): SeriesData | undefined => ensemble.series.find((one) => one.name === name && one.group === "" && one.years === null);

    const cards = data.runs.map((run, at) => {
        const button = element("button", { type: "button", class: "told-run", "data-run": run.run },
            element("b", {}, `Run ${run.run}`), ...run.reasons.map((reason) => element("span", {}, in_words(capitalised(reason)))));
        button.addEventListener("click", () => { told.choose(at); });
        return element("li", {}, button);
    });

    const value_of = (series: ReplaySeries, value: number | null | undefined): string =>
        value === null || value === undefined || series.levels.length === 0 ? is_share(series.unit) ? share_in_percent(value) : number(value) : series.levels[Math.round(value)] ?? number(value);
    const courses = element("div", { class: "courses" });
    let is_there = false;
    let drawn: { plot: ReturnType<typeof drawing>; tell: () => void }[] = [];
    const draw_courses = (): void => {
        const dates = data.dates.flatMap((date, at) => {
            const when = date.when[told.chosen] ?? null;
            return when === null ? [] : [{ when: time_of(when), name: titles_of(data.dates)[at]! }];
        });
        const moving = data.series.filter((series) => new Set(told.course(series.name).filter((value) => value !== null)).size > 1);
        drawn = moving.slice(0, most_courses).map((series) => {
            const values = told.course(series.name);
            const around = of_all(series.name);
            const title = titles[data.series.indexOf(series)]!;
            const now = element("output", {});
            const plot = drawing((width) => draw_course({
                label: `${title} in run ${told.run.run}: from ${value_of(series, values[0])} to ${value_of(series, values.at(-1))}.`,
                unit: series.unit, times, values, dates, levels: series.levels, now: playhead.time,
                around: around === undefined ? null : { times: all_times, low: around.q05, high: around.q95, middle: around.q50 },
                on_hover: (time) => {
                    playhead.pause();
                    playhead.set_time(time);
                },
            }, width), is_there);
            courses.append(element("div", { class: "course", "data-name": series.name },
                element("p", { class: "course-title" }, title, unit_words(series.unit) === "" ? "" : `, ${unit_words(series.unit)}`, " ", now), plot.node));
            return { plot, tell: () => {
                now.textContent = value_of(series, values[playhead.at]);
                move_cursor(plot.drawn(), playhead.time);
            } };
        });
    };
    const show_courses = (): void => {
        courses.replaceChildren();
        draw_courses();
        for (const one of drawn) {
            one.tell();
        }
    };
    playhead.follow(() => {
        for (const one of drawn) {
            one.tell();
        }
    });

    const network = draw_run_network(ensemble, told, playhead);
    const agents = run_agents(told, playhead);
    const dates_list = element("ul", { class: "run-dates", "aria-label": "Dates in this run" });
    const tell_dates = (): void => {
        dates_list.replaceChildren(...data.dates.map((date, at) => {
            const when = date.when[told.chosen] ?? null;
            return element("li", { class: when === null ? "not" : null }, element("span", { class: "date" }, when === null ? "does not come" : told_moment(time_of(when))), titles_of(data.dates)[at]);
        }));
    };
    const title = (): string => `What happened in run ${told.run.run}${told.run.reasons.length === 0 ? "" : ` – ${in_words(told.run.reasons[0]!)}`}.`;
    const often = element("p", { class: "story-often" });
    const band = data.series.some((series) => (of_all(series.name)?.q05 ?? []).some((value) => value !== null));
    const made = figure({
        title: title(),
        note: [`${data.note} `, band ? "Curves show this run upon the 5–95 % of all runs and their median; upright lines are dates that came. " : "",
            element("span", { class: "controls-note" }, "Choose an event, or move the slider, to see the state after it.")],
        body: [
            element("ul", { class: "told-runs", "aria-label": "Runs" }, ...cards),
            player(playhead, "Moment of the run"),
            element("div", { class: "replay-beside" }, element("div", {}, story.node, often), courses, element("div", {}, data.dates.length === 0 ? null : dates_list, network?.node ?? null, agents.node)),
        ],
        table: () => story_table(data, told.run),
        kind: "replay long",
    });
    const refresh = (): void => {
        cards.forEach((card, at) => { card.firstElementChild!.setAttribute("aria-pressed", at === told.chosen ? "true" : "false"); });
        often.textContent = often_told(told.run);
        story.tell(told.run);
        show_courses();
        network?.refresh();
        agents.refresh();
        tell_dates();
        made.refresh(title());
    };
    refresh();
    told.follow(refresh);
    void told.ready.then(() => {
        is_there = true;
        made.node.dataset.values = "there";
    });
    return [made.node];
}

