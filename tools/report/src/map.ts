// Agents on a map at any moment: a number of each as the colour of its country or dot, links as arcs.
import { moment, told_moment } from "./clock";
import { element, type Child } from "./dom";
import type { NetworkData } from "./ensemble_data";
import { figure, on_width_of, select_field } from "./figure";
import { number, percent, with_unit } from "./format";
import { in_link, on_link, put_in_link } from "./link_state";
import { arc_fields, LayerValues, strongest, type ArcField } from "./map_layers";
import { world_of_page } from "./map_shapes";
import { draw_map, is_regional, spot_of, type MapArc, type MapDrawing, type View } from "./map_view";
import { index_at, own_player } from "./moments";
import type { Playhead } from "./playhead";
import { breaks_of, shade_key, type Breaks } from "./shades";
import type { MapData } from "./spatial_data";
import { table_node, type Table } from "./table";
import { times_of } from "./adapt";

/** So many links are drawn, those with the greatest values. */
export const most_arcs = 200;

interface Choice {
    value: string;
    kind: number;
    values: LayerValues;
}

const told_value = (choice: Choice, value: number | null): string => choice.values.layer.is_share ? percent(value) : with_unit(value, choice.values.layer.unit);

/** The figure; null where the page holds no shapes. */
export function map_figure(data: MapData, network: NetworkData | null, head: Playhead): HTMLElement | null {
    const world = world_of_page();
    if (world === null) {
        return null;
    }
    const times = times_of(data.times);
    const choices: Choice[] = data.kinds.flatMap((kind, at) => kind.layers.map((layer) => ({ value: `${kind.name}.${layer.name}`, kind: at, values: new LayerValues(layer, times.length) })));
    if (choices.length === 0) {
        return null;
    }
    const fields = arc_fields(data, network);
    const names = choices.map(({ value }) => value);
    let now = choices.find(({ value }) => value === in_link("map", names)) ?? choices[0]!;
    let arcs: ArcField | null = fields.find(({ value }) => value === in_link("arcs")) ?? null;
    let breaks: Breaks = [];
    let chosen: number | null = null;
    let drawn: MapDrawing | null = null;
    let at = times.length - 1;
    const kind = (): MapData["kinds"][number] => data.kinds[now.kind]!;
    const regional = (): boolean => is_regional(kind().rows.map((row) => spot_of(row, world)).filter((spot) => spot !== null));
    let view: View = in_link("view") === "world" ? "world" : regional() ? "region" : "world";

    const layer = (): LayerValues => now.values;
    const value_of = (row: number): number | null => layer().at(at, row);
    const interval_of = (row: number): [number | null, number | null] => at < times.length - 1 && layer().moves ? [null, null]
        : [layer().layer.low[row] ?? null, layer().layer.high[row] ?? null];
    const when = (): string => layer().moves ? `, ${told_moment(times[at]!)}` : "";
    const told_row = (row: number): string => {
        const [low, high] = interval_of(row);
        const range = low === null || high === null ? "" : ` (${layer().layer.is_share
            ? `95 % interval ${percent(low)} – ${percent(high)}` : `5–95 % of runs ${number(low)} – ${number(high)}`})`;
        return `${kind().rows[row]!.name}: ${value_of(row) === null ? "no data" : told_value(now, value_of(row))}${range}`;
    };
    const name_of_agent = (agent: number): string => {
        const held = data.kinds.find((one) => agent >= one.first && agent < one.first + one.rows.length);
        return held?.rows[agent - held.first]?.name ?? "";
    };

    // -- what is drawn ----------------------------------------------------------------------------------------------------------------------
    const tip = element("div", { class: "tip", hidden: true });
    const plot = element("div", { class: "plot" });
    const key = element("div", { class: "key-place" });
    const beside = element("div", { class: "scroll tall", tabindex: 0, role: "region", "aria-label": "The map's numbers" });
    const arcs_note = element("p", { class: "readout" });

    const point_at = (row: number | null, place: { x: number; y: number } | null, is_choice: boolean): void => {
        if (is_choice && row !== null) {
            choose(row);
        }
        if (row === null || place === null) {
            tip.hidden = row === null || tip.hidden;
            return;
        }
        const box = plot.getBoundingClientRect();
        tip.replaceChildren(element("b", {}, kind().rows[row]!.name),
            element("span", {}, `${layer().layer.name}${when()}: ${told_row(row).slice(kind().rows[row]!.name.length + 2)}`));
        tip.hidden = false;
        const x = place.x - box.left;
        tip.style.left = `${Math.max(0, Math.min(x + 14, box.width - tip.offsetWidth))}px`;
        tip.style.top = `${place.y - box.top + 18}px`;
    };
    const choose = (row: number): void => {
        chosen = chosen === row ? null : row;
        drawn?.choose(chosen);
        tell_table();
    };

    const arcs_now = (): MapArc[] => {
        if (arcs === null) {
            return [];
        }
        const field = arcs;
        const then = index_at(field.times, times[at]!);
        const values = field.links.map((_, link) => field.at(then, link));
        const links = strongest(values, most_arcs);
        const [least, greatest] = [values[links[0] ?? 0] ?? 0, values[links.at(-1) ?? 0] ?? 0];
        return links.map((link) => {
            const [source, target] = field.links[link]!;
            const value = values[link]!;
            return { source, target, value, share: greatest > least ? (value - least) / (greatest - least) : 1,
                words: `${name_of_agent(source)} → ${name_of_agent(target)}: ${with_unit(value, field.unit)}` };
        });
    };
    const tell_arcs = (): void => {
        const all = arcs_now();
        drawn?.arcs(all);
        arcs_note.textContent = arcs === null ? "" : `Arcs: ${arcs.name} of each ${arcs.kind}, wider where greater, bent to the left of their way.${all.length < arcs.all
            ? ` The ${number(all.length)} strongest of ${number(arcs.all)} are drawn, ${number(arcs.all - all.length)} are not.` : ""}`;
    };
    const order = (): number[] => kind().rows.map((_, row) => row).sort((one, other) => (value_of(other) ?? -Infinity) - (value_of(one) ?? -Infinity) || one - other);
    const row_cell = (row: number): { text: string; node: Child[] } => {
        const button = element("button", { type: "button", class: "row-button", "aria-pressed": chosen === row ? "true" : "false" }, kind().rows[row]!.name);
        button.addEventListener("click", () => {
            choose(row);
            beside.querySelector<HTMLButtonElement>("button[aria-pressed='true']")?.focus();
        });
        return { text: kind().rows[row]!.name, node: [button] };
    };
    const has_interval = (): boolean => kind().rows.some((_, row) => interval_of(row)[0] !== null);
    const share_cell = (value: number | null): number | null => value === null ? null : layer().layer.is_share ? 100 * value : value;
    const unit = (): string => layer().layer.is_share ? "%" : layer().layer.unit;
    const tell_table = (): void => {
        beside.replaceChildren(table_node({
            caption: `${layer().layer.name} of each ${kind().name}${when()}: ${layer().layer.what}.`,
            columns: [{ title: kind().name }, { title: layer().layer.name, unit: unit(), numeric: true },
                ...(has_interval() ? [{ title: layer().layer.is_share ? "95 % from" : "5 % of runs", numeric: true }, { title: layer().layer.is_share ? "to" : "95 %", numeric: true }] : [])],
            rows: order().map((row) => [row_cell(row), share_cell(value_of(row)), ...(has_interval() ? interval_of(row).map(share_cell) : [])]),
        }));
    };
    const label = (): string => {
        const first = order().slice(0, 5).map(told_row).join("; ");
        return `Map of ${layer().layer.name} by ${kind().name}${when()}. Highest: ${first}.`;
    };
    const tell = (): void => {
        if (!layer().is_ready(at)) {
            return;
        }
        drawn?.fill(value_of, breaks, told_row);
        drawn?.root.setAttribute("aria-label", label());
        plot.dataset.moment = moment(times[at]!);
        tell_arcs();
        tell_table();
    };
    const rescale = (): void => {
        breaks = breaks_of([...layer().known(), ...layer().ends()], layer().layer.is_share);
        key.replaceChildren(shade_key(breaks, layer().layer.is_share, kind().rows.some((_, row) => layer().layer.values[row] === null) ? "no data" : null));
    };
    const redraw = (width: number): void => {
        drawn = draw_map(world, kind(), data.kinds.filter((one) => one !== kind()), width, view, label(), point_at);
        plot.replaceChildren(drawn.root, tip);
        nowhere.textContent = drawn.nowhere.length === 0 ? "" : `Not on the map, without a known place: ${drawn.nowhere.map((row) => kind().rows[row]!.name).join(", ")}.`;
        drawn.choose(chosen);
        tell();
    };
    const nowhere = element("p", { class: "readout" });
    let width = 0;
    on_width_of(plot, (wide) => {
        width = wide;
        redraw(wide);
    });

    // -- what is chosen ---------------------------------------------------------------------------------------------------------------------
    const caption = (): string => `${layer().layer.name}${layer().layer.unit === "" ? "" : `, in ${layer().layer.unit}`}: ${layer().layer.what}`
        + `${layer().layer.about !== "" && layer().layer.about !== layer().layer.name ? ` (${layer().layer.about})` : ""}.`;
    const moments = element("div", { class: "moments-place" });
    const take = (choice: Choice): void => {
        const other_kind = choice.kind !== now.kind;
        now = choice;
        chosen = other_kind ? null : chosen;
        rescale();
        moments.hidden = !layer().moves && arcs === null;
        layer().ask(() => {
            if (layer() === choice.values) {
                rescale();
                tell();
            }
        });
        if (width > 0) {
            if (other_kind) {
                redraw(width);
            } else {
                tell();
            }
        }
    };
    const layers = choices.map((choice) => ({ value: choice.value, label: choice.values.layer.name, group: data.kinds[choice.kind]!.name }));
    const layer_box = select_field("Fill by", layers, now.value, (value) => {
        take(choices.find((choice) => choice.value === value) ?? now);
        put_in_link("map", now === choices[0] ? null : now.value);
        made.refresh(caption());
    });
    const take_arcs = (value: string): void => {
        arcs = fields.find((field) => field.value === value) ?? null;
        arcs?.ask(tell_arcs);
        moments.hidden = !layer().moves && arcs === null;
        tell_arcs();
    };
    const links = [{ value: "", label: "no links" }, ...fields.map((field) => ({ value: field.value, label: field.name, group: field.kind }))];
    const arcs_box = select_field("Arcs show", links, arcs?.value ?? "", (value) => {
        take_arcs(value);
        put_in_link("arcs", value === "" ? null : value);
    });
    const view_box = select_field("Show", [{ value: "region", label: "the region" }, { value: "world", label: "the world" }], view, (value) => {
        view = value === "world" ? "world" : "region";
        put_in_link("view", view === "world" && regional() ? "world" : null);
        redraw(width);
    });
    const table_caption = (): string => `${layer().layer.name} of each ${kind().name}: ${layer().layer.what}.`;
    const table = (): Table => layer().moves
        ? { caption: table_caption(),
            columns: [{ title: "date" }, ...kind().rows.map((row) => ({ title: row.name, unit: unit(), numeric: true }))],
            rows: times.map((time, then) => [moment(time), ...kind().rows.map((_, row) => share_cell(layer().at(then, row)))]) }
        : { caption: table_caption(), columns: [{ title: kind().name }, { title: layer().layer.name, unit: unit(), numeric: true }],
            rows: kind().rows.map((row, number) => [row.name, share_cell(layer().layer.values[number] ?? null)]) };
    const made = figure({
        title: caption(),
        note: [["Map: Natural Earth 1:110m, borders as they stand in fact, small states as dots; Equal Earth projection.", data.note].filter((sentence) => sentence !== "").join(" ")],
        controls: [layer_box.node, ...(fields.length > 0 ? [arcs_box.node] : []), ...(regional() ? [view_box.node] : [])],
        body: [moments, plot, key, arcs_note, nowhere,
            element("details", { class: "fold map-table", open: data.kinds.every((one) => one.rows.length <= 20) }, element("summary", {}, "The map's numbers"), beside)],
        table,
        kind: "map-figure",
    });
    take(now);
    take_arcs(arcs?.value ?? "");
    moments.append(own_player("Date on the map", times, head, (then) => {
        at = then;
        tell();
    }));
    on_link(() => {
        const wanted = choices.find(({ value }) => value === in_link("map", names)) ?? choices[0]!;
        layer_box.choose(wanted.value);
        take(wanted);
        arcs_box.choose(in_link("arcs") ?? "");
        take_arcs(in_link("arcs") ?? "");
        made.refresh(caption());
    });
    return made.node;
}
