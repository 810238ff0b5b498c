// What agents and links hold in the chosen run at the moment in hand, beside its story.
import { kinds_of } from "./adapt";
import { element } from "./dom";
import type { EnsembleData } from "./ensemble_data";
import { drawing, select_field } from "./figure";
import { capitalised, number } from "./format";
import { told_moment } from "./clock";
import { index_at } from "./moments";
import { draw_network, laid_out } from "./network";
import type { Playhead } from "./playhead";
import { in_order, most_arrows } from "./relations";
import type { ReplayField, ReplayKind } from "./replay_data";
import { scrolling_table } from "./table";
import type { ToldRuns } from "./told_runs";

export function draw_run_network(ensemble: EnsembleData, told: ToldRuns, playhead: Playhead): { node: HTMLElement; refresh: () => void } | null {
    if (ensemble.network === null) {
        return null;
    }
    const kept = (kind: string, field: string): boolean => told.data.kinds.some((one) => one.is_link && one.name === kind && one.fields.some(({ name }) => name === field));
    const kinds = kinds_of(ensemble.network);
    const choices = kinds.flatMap((kind) => in_order(kind.fields).filter((field) => kept(kind.name, field.name)).map((field) => ({ kind, field, value: `${kind.name}.${field.name}` })));
    if (choices.length === 0) {
        return null;
    }
    let now = choices[0]!;
    const names = ensemble.network.agents;
    const involved = [...new Set(kinds.flatMap((kind) => kind.links.flat()))].sort((a, b) => a - b);
    const node_of = new Map(involved.map((agent, at) => [agent, at]));
    const places = laid_out(involved.length, kinds.flatMap((kind) => kind.links).map(([source, target]) => [node_of.get(source)!, node_of.get(target)!] as const));
    const at = (): number => index_at(told.state_times, playhead.time);
    const arrows = (): { row: number; source: number; target: number; value: number | null }[] => now.kind.links.map(([source, target], row) =>
        ({ row, source: node_of.get(source)!, target: node_of.get(target)!, value: told.state(now.kind.name, now.field.name, row, at()) }))
        .sort((a, b) => (b.value ?? -Infinity) - (a.value ?? -Infinity)).slice(0, most_arrows);
    const plot = drawing((width) => {
        const some = arrows();
        return draw_network(some, width, {
            label: `${now.field.name} of each ${now.kind.name} in run ${told.run.run} at ${told_moment(told.state_times[at()]!)}: ${some.slice(0, 8).map((arrow) =>
                `${names[involved[arrow.source]!]!} → ${names[involved[arrow.target]!]!} ${number(arrow.value, 2)}`).join("; ")}.`,
            names: involved.map((agent) => names[agent]!), places, low: now.field.low, high: now.field.high, style: 1, chosen: null, on_choice: () => undefined,
        });
    });
    const date = element("span", { class: "date" });
    let last = -1;
    const refresh = (): void => {
        last = at();
        date.textContent = told_moment(told.state_times[last]!);
        plot.redraw();
    };
    playhead.follow(() => {
        if (at() !== last) {
            refresh();
        }
    });
    const box = select_field("Arrows show", choices.map((choice) => ({ value: choice.value, label: choice.field.name, group: choice.kind.name })), now.value, (value) => {
        now = choices.find((choice) => choice.value === value) ?? now;
        refresh();
    });
    return { node: element("div", {}, element("div", { class: "controls" }, box.node), element("p", { class: "course-title" }, "Links of this run at ", date), plot.node), refresh };
}

/** Of agents so many rows are shown, and so many of the fields that move. */
const most_agents = 12;
const most_fields = 2;

/** What agents hold at the moment in hand: of each kind of agents a table. */
export function run_agents(told: ToldRuns, playhead: Playhead): { node: HTMLElement; refresh: () => void } {
    const node = element("div", { class: "agents-now" });
    const at = (): number => index_at(told.state_times, playhead.time);
    const moves = (kind: ReplayKind, field: ReplayField): boolean => kind.rows.some((_, row) =>
        told.state_times.some((_, moment) => told.state(kind.name, field.name, row, moment) !== told.state(kind.name, field.name, row, 0)));
    let shown: { kind: ReplayKind; fields: ReplayField[] }[] = [];
    let last = -1;
    const draw = (): void => {
        last = at();
        node.replaceChildren(...shown.map(({ kind, fields }) => scrolling_table({
            caption: `${capitalised(kind.name)} of this run at ${told_moment(told.state_times[last]!)}.${kind.rows.length > most_agents ? ` The first ${most_agents} of ${kind.rows.length}.` : ""}`,
            columns: [{ title: kind.name }, ...fields.map((field) => ({ title: field.name, unit: field.unit === "1" ? "" : field.unit, numeric: true }))],
            rows: kind.rows.slice(0, most_agents).map((name, row) => [name, ...fields.map((field) => {
                const value = told.state(kind.name, field.name, row, last);
                return value !== null && field.levels.length > 0 ? field.levels[Math.round(value)] ?? value : value;
            })]),
        })));
    };
    playhead.follow(() => {
        if (at() !== last) {
            draw();
        }
    });
    return { node, refresh: () => {
        shown = told.data.kinds.filter((kind) => !kind.is_link && kind.rows.length > 0)
            .map((kind) => ({ kind, fields: kind.fields.filter((field) => moves(kind, field)).slice(0, most_fields) })).filter(({ fields }) => fields.length > 0);
        draw();
    } };
}
