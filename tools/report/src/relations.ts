// Who holds what toward whom, at any date.
import { element, type Child } from "./dom";
import type { Values } from "./fan";
import { cursor, drawing, figure, select_field } from "./figure";
import { number } from "./format";
import { when_near } from "./lazy";
import { draw_network, laid_out, type Arrow } from "./network";
import { date_cell, table_node, type Table } from "./table";
import { told_moment } from "./clock";
import { index_at } from "./moments";
import type { GroupRows } from "./group_rows";
import { group_styles } from "./parting";
import type { Playhead } from "./playhead";
import { whose_field, type Whose } from "./whose";

export interface RelationField {
    name: string;
    unit: string;
    about: string;
    low: number;
    high: number;
    /** For each link, its mean over the runs at each date. */
    values: readonly Values[];
}

export interface RelationKind {
    name: string;
    links: readonly (readonly [number, number])[];
    fields: readonly RelationField[];
}

/** In the table beside: the field that is drawn, and so many others of those that move. */
const most_fields_beside = 3;
export const most_arrows = 150;
const most_rows = 200;

/** What relations are looked at for first, where a scenario has it. */
const telling = ["trust", "standing", "alarm"];

/** Fields in the order in which they are offered: the telling ones, then the others as declared. */
export function in_order(fields: readonly RelationField[]): RelationField[] {
    const place = (field: RelationField): number => telling.includes(field.name) ? telling.indexOf(field.name) : telling.length;
    return [...fields].sort((a, b) => place(a) - place(b));
}

function moves(field: RelationField): boolean {
    return field.values.some((values) => values.some((value) => value !== values[0]));
}

/** The drawn field first, then others: of many those that change over time. */
export function fields_beside(kind: RelationKind, drawn: RelationField): RelationField[] {
    const others = in_order(kind.fields).filter((field) => field !== drawn);
    const some = kind.fields.length <= most_fields_beside + 1 ? others : others.filter((field) => telling.includes(field.name) || moves(field));
    return [drawn, ...some.slice(0, most_fields_beside)];
}

/** `notes`: over which runs means are taken, then what else is to be said. */
export function relation_network(names: readonly string[], kinds: readonly RelationKind[], when: readonly number[],
    notes: readonly string[], playhead: Playhead | null = null, whose: Whose | null = null): HTMLElement {
    const choices = kinds.flatMap((kind) => in_order(kind.fields).map((field) => ({ kind, field, value: `${kind.name}.${field.name}` })));
    let now = choices[0]!;
    let chosen: number | null = null;
    let [leads, follows] = [false, false];
    const last = when.length - 1;
    const involved = [...new Set(kinds.flatMap((kind) => kind.links.flat()))].sort((a, b) => a - b);
    const node_of = new Map(involved.map((agent, at) => [agent, at]));
    const pairs = kinds.flatMap((kind) => kind.links).map(([source, target]) => [node_of.get(source)!, node_of.get(target)!] as const);
    let places: ReturnType<typeof laid_out> | null = null;

    const told = whose?.told ?? null;
    const kept = (kind: RelationKind, field: RelationField): boolean => (told?.field(kind.name, field.name) ?? null) !== null;
    const of_run = (): boolean => whose?.of === "run" && kept(now.kind, now.field);
    /** Of the groups that are shown, where the runs are parted and the field is known run by run; "alike" where it is the same in all. */
    const groups = (field: RelationField = now.field): GroupRows | "alike" | null => whose === null || whose.of === "mean" || whose.of === "run" ? null : whose.parting.now!.rows("links", now.kind.name, field.name);
    const group_value = (both: GroupRows, row: number, time: number): number | null => {
        const [first, second] = [both.mean(0, row, time), both.mean(1, row, time)];
        return whose!.of === "with" ? first : whose!.of === "without" ? second : first === null || second === null ? null : first - second;
    };
    /** The mean over the runs or over those of a group, or what the link has in the run that is told. */
    const value_at = (field: RelationField, row: number, at: number): number | null => {
        const both = groups(field);
        return both !== null && both !== "alike" ? group_value(both, row, when[at]!) : both === "alike" && whose!.of === "apart" ? 0 : mean_or_run(field, row, at);
    };
    const mean_or_run = (field: RelationField, row: number, at: number): number | null =>
        of_run() && told !== null ? told.state(now.kind.name, field.name, row, index_at(told.state_times, when[at]!)) : field.values[row]?.[at] ?? null;
    const is_apart = (): boolean => whose?.of === "apart" && groups() !== null;
    const of_whom = (): string => {
        if (of_run() && told !== null) {
            return `run ${told.run.run}`;
        }
        const both = groups();
        if (both !== null) {
            return both === "alike" ? `${whose!.words}: the same in all runs` : [whose!.words, both.over].filter((words) => words !== "").join(", ");
        }
        return `means over the runs${whose === null || whose.of === "mean" ? "" : whose.of === "run" ? ", for of single runs this is not kept" : ", for by outcome this is not kept"}`;
    };
    const arrows = (at: number): Arrow[] => now.kind.links.map(([source, target], row) =>
        ({ row, source: node_of.get(source)!, target: node_of.get(target)!, value: value_at(now.field, row, at) }));
    const weight = (value: number | null): number => value === null ? -Infinity : is_apart() ? Math.abs(value) : value;
    const strongest = (all: readonly Arrow[]): Arrow[] => [...all].sort((a, b) => weight(b.value) - weight(a.value)).slice(0, most_arrows);
    /** How far the groups are apart at most, at any date. */
    const greatest_apart = (): number => Math.max(1e-12, ...when.flatMap((_, at) => now.kind.links.map((_link, row) => Math.abs(value_at(now.field, row, at) ?? 0))));
    const link_name = (arrow: Arrow): string => `${names[involved[arrow.source]!]!} → ${names[involved[arrow.target]!]!}`;
    const style = (): number => choices.indexOf(now) % 5 + 1 === 2 ? 3 : choices.indexOf(now) % 5 + 1;

    const choose_row = (row: number): void => {
        chosen = chosen === row ? null : row;
        refresh();
    };
    const plot = drawing((width) => draw_network(strongest(arrows(slider.at())), width, {
        label: `${now.field.name} of each ${now.kind.name} at ${told_moment(when[slider.at()]!)}: ${strongest(arrows(slider.at())).slice(0, 8).map((arrow) =>
            `${link_name(arrow)} ${number(arrow.value, 2)}`).join("; ")}.`,
        names: involved.map((agent) => names[agent]!), places: places ??= laid_out(involved.length, pairs), ...(is_apart() ? { low: 0, high: greatest_apart() } : { low: now.field.low, high: now.field.high }), style: is_apart() ? group_styles[0] : style(), chosen, on_choice: choose_row,
    }));
    const apart_note = element("span");
    const of_all = (notes[0] ?? "") === "" ? "" : ` ${notes[0]!}`;
    const means_note = element("span", {}, of_all);
    const beside = element("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Links at the chosen date" });
    const date = element("output", { class: "date" }, told_moment(when[last]!));

    const link_cell = (arrow: Arrow): { text: string; node: Child[] } => {
        const button = element("button", { type: "button", class: "row-button", "aria-pressed": chosen === arrow.row ? "true" : "false" }, link_name(arrow));
        button.addEventListener("click", () => {
            choose_row(arrow.row);
            beside.querySelector<HTMLButtonElement>("button[aria-pressed='true']")?.focus();
        });
        return { text: link_name(arrow), node: [button] };
    };
    const rows_note = (what: string): string => arrows(0).length > most_rows ? ` The ${what} ${most_rows} of ${arrows(0).length} links.` : "";
    const table_now = (at: number): Table => ({
        caption: `${now.kind.name} at ${told_moment(when[at]!)}, ${of_whom()}.${rows_note("strongest")}`,
        columns: [{ title: "link" }, ...fields_beside(now.kind, now.field).map((field) => ({ title: field.name, unit: field.unit, numeric: true }))],
        rows: [...arrows(at)].sort((a, b) => weight(b.value) - weight(a.value)).slice(0, most_rows).map((arrow) =>
            [link_cell(arrow), ...fields_beside(now.kind, now.field).map((field) => value_at(field, arrow.row, at))]),
    });
    const refresh = (): void => {
        date.textContent = told_moment(when[slider.at()]!);
        means_note.textContent = whose === null || whose.of === "mean" ? of_all : "";
        apart_note.textContent = is_apart() ? `Arrows show by how much the first group's mean is greater, or, in the other colour and with a minus, less. ` : "";
        beside.replaceChildren(table_node(table_now(slider.at())));
        plot.redraw();
    };
    const slider = cursor("Date", when.length, last, (at) => told_moment(when[at]!), (at) => {
        if (!follows && playhead !== null) {
            playhead.pause();
            leads = true;
            playhead.set_time(when[at]!);
            leads = false;
        }
        refresh();
    }, true);
    playhead?.follow(() => {
        if (!leads && index_at(when, playhead.time) !== slider.at()) {
            follows = true;
            slider.move(index_at(when, playhead.time));
            follows = false;
        }
    });
    whose?.follow_values(() => {
        refresh();
        made.refresh(caption());
    });
    const caption = (): string => `What actors hold toward each other${whose === null || whose.of === "mean" ? "" : of_run() ? ` in ${of_whom()}` : `, ${of_whom()}`}: ${now.field.name}${now.field.unit ? `, in ${now.field.unit}` : ""}`
        + `${now.field.about ? ` (${now.field.about})` : ""}.`;
    const box = select_field("Arrows show", choices.map((choice) => ({ value: choice.value, label: choice.field.name, group: choice.kind.name })), now.value, (value) => {
        now = choices.find((choice) => choice.value === value) ?? now;
        chosen = null;
        refresh();
        made.refresh(caption());
    });
    const whose_box = whose === null ? null : whose_field(whose, true);
    const many = kinds.some((kind) => kind.links.length > most_arrows);
    const made = figure({
        title: caption(),
        note: [apart_note, `An arrow points from who holds it to whom it is held toward; its width shows the value.${many ? ` The strongest ${most_arrows} links are drawn.` : ""}`,
            means_note, ...notes.slice(1).filter((sentence) => sentence !== "").map((sentence) => ` ${sentence}`)],
        controls: whose_box === null ? [box.node] : [box.node, whose_box],
        body: [element("div", { class: "slider-row" }, slider.node, date), element("div", { class: "beside" }, plot.node, beside)],
        table: () => ({
            caption: `${now.field.name} of each ${now.kind.name}, ${of_whom()}.${rows_note("first")}`,
            columns: [{ title: "date" }, ...arrows(0).slice(0, most_rows).map((arrow) => ({ title: link_name(arrow), numeric: true }))],
            rows: when.map((date, at) => [date_cell(date), ...arrows(at).slice(0, most_rows).map((arrow) => arrow.value)]),
        }),
        kind: "relations",
    });
    when_near(beside, refresh);
    return made.node;
}
