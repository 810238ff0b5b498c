// Agents on a map at any moment: a number of each as the colour of its country or dot, links as arcs.
import { moment, told_moment } from "./clock";
import { element, type Child } from "./dom";
import type { NetworkData } from "./ensemble_data";
import { figure, on_width_of, select_field } from "./figure";
import { is_share, number, percent, with_unit } from "./format";
import type { GroupRows } from "./group_rows";
import { in_link, on_link, put_in_link } from "./link_state";
import { arc_fields, GroupLayer, LayerValues, RunValuesOfLayer, strongest, type ArcField, type Fill } from "./map_layers";
import { world_of_page } from "./map_shapes";
import { draw_map, is_regional, spot_of, type MapArc, type MapDrawing, type View } from "./map_view";
import { index_at, own_player } from "./moments";
import type { Playhead } from "./playhead";
import { shade_key, type Breaks } from "./shades";
import type { MapData, MapLayer } from "./spatial_data";
import { date_cell, table_node, type Cell, type Table } from "./table";
import { whose_field, type Of, type Whose } from "./whose";
import { times_of } from "./adapt";

/** So many links are drawn, those with the greatest values. */
export const most_arcs = 200;

interface Choice {
    value: string;
    kind: number;
    values: LayerValues;
    in_run: RunValuesOfLayer | null;
}

/** The figure; null where the page holds no shapes. */
export function map_figure(data: MapData, network: NetworkData | null, head: Playhead, whose: Whose): HTMLElement | null {
    const world = world_of_page();
    if (world === null) {
        return null;
    }
    const times = times_of(data.times);
    const choices: Choice[] = data.kinds.flatMap((kind, at) => kind.layers.map((layer) => ({ value: `${kind.name}.${layer.name}`, kind: at, values: new LayerValues(layer, times.length),
        in_run: whose.told === null ? null : new RunValuesOfLayer(kind.name, layer, times, whose.told) })));
    if (choices.length === 0) {
        return null;
    }
    const fields = arc_fields(data, network, whose.told);
    const names = choices.map(({ value }) => value);
    let now = choices.find(({ value }) => value === in_link("map", names)) ?? choices[0]!;
    let arcs: ArcField | null = fields.find(({ value }) => value === in_link("arcs")) ?? null;
    let breaks: Breaks = [];
    let names_of_classes: readonly string[] = [];
    let chosen: number | null = null;
    let drawn: MapDrawing | null = null;
    let at = times.length - 1;
    const kind = (): MapData["kinds"][number] => data.kinds[now.kind]!;
    const regional = (): boolean => is_regional(kind().rows.map((row) => spot_of(row, world)).filter((spot) => spot !== null));
    let view: View = in_link("view") === "world" ? "world" : regional() ? "region" : "world";

    const layer = (): MapLayer => now.values.layer;
    /** Of which runs the fill is: of all, where what is chosen was not kept. */
    const of = (): Of => whose.of === "run" ? now.in_run?.is_kept ? "run" : "mean" : whose.of !== "mean" && groups() !== null ? whose.of : "mean";
    const fill = (): Fill => of() === "run" ? now.in_run! : of() === "mean" ? now.values : group_fill();
    const groups = (): GroupRows | null => {
        const rows = whose.parting.now?.rows(layer().is_state ? "places" : "measure", kind().name, layer().name) ?? null;
        return rows === "alike" ? null : rows;
    };
    let filled: { by: GroupRows; of: Of; fill: GroupLayer } | null = null;
    const group_fill = (): GroupLayer => {
        if (filled?.by !== groups() || filled.of !== whose.of) {
            filled = { by: groups()!, of: whose.of, fill: new GroupLayer(layer(), groups()!, times, whose.of, now.values) };
        }
        return filled.fill;
    };
    const value_of = (row: number): number | null => fill().at(at, row);
    const interval_of = (row: number): [number | null, number | null] => of() !== "mean" || at < times.length - 1 && fill().moves ? [null, null]
        : [layer().low[row] ?? null, layer().high[row] ?? null];
    const when = (): string => fill().moves ? `, ${told_moment(times[at]!)}` : "";
    /** The date on which it came in the run that is shown, if it had come by then. */
    const came = (row: number): number | null => value_of(row) === 1 ? now.in_run!.came(row) : null;
    const told_value = (row: number): string => {
        const value = value_of(row);
        return value === null ? "no data" : of() === "run" && layer().is_share ? value === 1 ? `came on ${told_moment(came(row)!)}` : "not yet"
            : names_of_classes[value] ?? (of() === "apart" && value > 0 ? "+" : "") + (layer().is_share ? percent(value) : with_unit(value, layer().unit));
    };
    const what = (): string => of() === "mean" ? layer().what : of() !== "run" ? [layer().is_share ? whose.words.replaceAll("mean", "share") : whose.words, group_fill().over].filter((words) => words !== "").join(", ") : layer().is_share ? `whether it has come in run ${whose.told!.run.run}` : fill().moves ? `in run ${whose.told!.run.run}` : `in the whole of run ${whose.told!.run.run}`;
    const told_row = (row: number): string => {
        const [low, high] = interval_of(row);
        const range = low === null || high === null ? "" : ` (${layer().is_share
            ? `95 % interval ${percent(low)} – ${percent(high)}` : `5–95 % of runs ${number(low)} – ${number(high)}`})`;
        return `${kind().rows[row]!.name}: ${told_value(row)}${range}`;
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
            element("span", {}, `${layer().name}${when()}: ${told_row(row).slice(kind().rows[row]!.name.length + 2)}`));
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

    const of_arcs = (): Of => whose.of === "run" && arcs?.is_kept ? "run" : "mean";
    /** Of links that the network shows both groups may be known; their difference is told by the network alone. */
    const arc_groups = (): GroupRows | null => {
        const rows = arcs === null || whose.of !== "with" && whose.of !== "without" ? null : whose.parting.now?.rows("links", arcs.kind, arcs.name) ?? null;
        return rows === "alike" ? null : rows;
    };
    const told_arcs = (): string => of_arcs() === "run" ? `in run ${whose.told!.run.run}` : arc_groups() !== null ? whose.words
        : whose.of === "run" ? "in the mean over runs: of single runs they are not kept" : "in the mean over all runs";
    const arcs_now = (): MapArc[] => {
        if (arcs === null) {
            return [];
        }
        const field = arcs;
        const then = index_at(field.times, times[at]!);
        const both = arc_groups();
        const values = field.links.map((_, link) => both !== null ? both.mean(whose.of === "without" ? 1 : 0, link, field.times[then]!) : of_arcs() === "run" ? field.in_run(then, link) : field.at(then, link));
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
        arcs_note.textContent = arcs === null ? "" : `Arcs: ${arcs.name} of each ${arcs.kind}, wider where greater, bent to the left of their way${whose.of === "mean" ? "" : `, ${told_arcs()}`}.${all.length < arcs.all
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
    const share_cell = (value: number | null): number | null => value === null ? null : layer().is_share ? 100 * value : value;
    const unit = (): string => layer().is_share ? "%" : layer().unit;
    /** A value as a cell of a table, under a head. */
    const cell_of = (row: number, then = at): Cell => {
        const value = fill().at(then, row);
        return of() === "run" && layer().is_share ? value === 1 ? date_cell(now.in_run!.came(row)) : "not yet" : names_of_classes[value ?? -1] ?? share_cell(value);
    };
    const head_of_values = (): Table["columns"][number] => of() === "run" && layer().is_share ? { title: `${layer().name} on` }
        : names_of_classes.length > 0 ? { title: layer().name } : { title: layer().name, unit: unit(), numeric: true };
    const tell_table = (): void => {
        beside.replaceChildren(table_node({
            caption: `${layer().name} of each ${kind().name}${when()}: ${what()}.`,
            columns: [{ title: kind().name }, head_of_values(),
                ...(has_interval() ? [{ title: layer().is_share ? "95 % from" : "5 % of runs", numeric: true }, { title: layer().is_share ? "to" : "95 %", numeric: true }] : [])],
            rows: order().map((row) => [row_cell(row), cell_of(row), ...(has_interval() ? interval_of(row).map(share_cell) : [])]),
        }));
    };
    const label = (): string => {
        const first = order().slice(0, 5).map(told_row).join("; ");
        return `Map of ${layer().name} by ${kind().name}${when()}, ${what()}. Highest: ${first}.`;
    };
    const tell = (): void => {
        if (!fill().is_ready(at)) {
            return;
        }
        plot.dataset.of = of() === "run" ? String(whose.told!.run.run) : of();
        drawn?.fill(value_of, breaks, told_row);
        drawn?.root.setAttribute("aria-label", label());
        plot.dataset.moment = moment(times[at]!);
        tell_arcs();
        tell_table();
    };
    const rescale = (): void => {
        ({ breaks, names: names_of_classes } = fill().scale());
        key.replaceChildren(shade_key(breaks, layer().is_share || is_share(layer().unit), kind().rows.some((_, row) => layer().values[row] === null) ? "no data" : null, names_of_classes));
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
    const caption = (): string => `${layer().name}${layer().unit === "" || is_share(layer().unit) ? "" : `, in ${layer().unit}`}: ${what()}`
        + `${layer().about !== "" && layer().about !== layer().name ? ` (${layer().about})` : ""}.${whose.of === "mean" || of() !== "mean" ? "" : whose.of === "run" ? " Of single runs it is not kept." : is_alike() ? " It is the same in all runs." : " By outcome it is not kept."}`;
    const is_alike = (): boolean => whose.parting.now?.rows(layer().is_state ? "places" : "measure", kind().name, layer().name) === "alike";
    const moments = element("div", { class: "moments-place" });
    const show = (): void => {
        moments.hidden = !fill().moves && arcs === null;
        const asked = fill();
        asked.ask(() => {
            if (fill() === asked) {
                show();
            }
        });
        if (asked.is_ready(at)) {
            rescale();
        }
        if (width > 0) {
            tell();
        }
    };
    const take = (choice: Choice): void => {
        const other_kind = choice.kind !== now.kind;
        now = choice;
        chosen = other_kind ? null : chosen;
        if (other_kind && width > 0) {
            redraw(width);
        }
        show();
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
        moments.hidden = !fill().moves && arcs === null;
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
    const table_caption = (): string => `${layer().name} of each ${kind().name}: ${what()}.`;
    const table = (): Table => fill().moves && !(of() === "run" && layer().is_share)
        ? { caption: table_caption(),
            columns: [{ title: "date" }, ...kind().rows.map((row) => ({ ...head_of_values(), title: row.name }))],
            rows: times.map((time, then) => [moment(time), ...kind().rows.map((_, row) => cell_of(row, then))]) }
        : { caption: table_caption(), columns: [{ title: kind().name }, head_of_values()],
            rows: kind().rows.map((row, number) => [row.name, cell_of(number, times.length - 1)]) };
    const whose_box = whose_field(whose, true);
    const made = figure({
        title: caption(),
        note: [["Map: Natural Earth 1:110m, borders as they stand in fact, small states as dots; Equal Earth projection.", data.note].filter((sentence) => sentence !== "").join(" ")],
        controls: [layer_box.node, ...(whose_box === null ? [] : [whose_box]), ...(fields.length > 0 ? [arcs_box.node] : []), ...(regional() ? [view_box.node] : [])],
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
    whose.follow_values(() => {
        show();
        tell_arcs();
        made.refresh(caption());
    });
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
